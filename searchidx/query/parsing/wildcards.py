"""What do `*`, `?`, `~` and `=` in or about a word ask for, and which of them are only punctuation?

A `?` is a letter only inside a word or before one: at the end it is a question's, and so is one before a word when
a question ends further on (`?Quién es Putin?`). In an address no sign has a meaning.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby

from searchidx.analysis.languages.es.spanish import SPANISH
from searchidx.analysis.tokenizer import tokenize
from searchidx.query.parsing.tokens import (
    OPERATORS,
    TokenKind,
)

DISTANCES = (1, 2)
MOST_STARS = 4
"""Each star more multiplies the ways to match a word; nobody needs the fifth."""

_address = re.compile(r"://|^www\.|[/?&][\w-]+=")
_sign = re.compile(r"[*?~]|^=")
_distance = re.compile(r"~([0-9]*(?:[.,][0-9]+)?)[^\w*~]*\Z")
_question_ends = re.compile(r"[^\W_][\"”»)\].!]*\?+(?![\w*])")
_stars = re.compile(r"[*?]*\*[*?]*")


@dataclass(frozen=True, slots=True)
class Piece:
    """One term of a chunk; `start` and `end` are characters of the chunk."""

    kind: TokenKind
    text: str
    start: int
    end: int
    number: int = 0


@dataclass(frozen=True, slots=True)
class Misreading:
    """A warning to come, about characters of the chunk."""

    code: str
    start: int
    end: int


class WildcardReader:
    """One chunk of a query, read: the terms in it, in their order, and what could not be read."""

    def __init__(self, chunk: str, following: str) -> None:
        """`following` is the query after the chunk, which tells whether a question ends there."""
        self.pieces: list[Piece] = []
        self.misread: list[Misreading] = []
        if not _sign.search(chunk) or _address.search(chunk):
            self._plain(chunk, 0, len(chunk))
            return
        self._read(_without_punctuation(chunk, following), chunk)

    def _read(self, signs: str, chunk: str) -> None:
        start = len(signs) - len(signs.lstrip("~"))
        tilde = signs.find("~", start)
        distance = _distance.match(signs, tilde) if tilde >= 0 else None
        end = tilde if tilde >= 0 else len(signs)
        is_exact = signs[start:end].startswith("=")
        if re.search(r"[*?]", signs[start:end]):
            if is_exact:
                self._ignore(start, start + 1)
            if distance:
                self._ignore(tilde, distance.end(1))
            self._patterns(signs, start, end)
        elif is_exact:
            if distance:
                self._ignore(tilde, distance.end(1))
            self._exact(chunk, start, end)
        elif distance:
            self._fuzzy(signs, start, distance)
        else:
            self._plain(chunk, 0, end)
        if tilde >= 0 and not distance:
            self._ignore(tilde, tilde + 1)
            self._plain(_bare(signs), tilde, len(signs))

    def _ignore(self, start: int, end: int) -> None:
        self.misread.append(Misreading("ignored_sign", start, end))

    def _plain(self, text: str, start: int, end: int) -> None:
        """Takes a part of the chunk as words."""
        # What is no operator here must not become one when the tree is written as text.
        words = [word.lstrip("-+=~") for word in text[start:end].split()]
        said = " ".join(word.lower() if word in OPERATORS else word for word in words if _says(word))
        if said:
            self.pieces.append(Piece(TokenKind.WORD, said, start, end))

    def _patterns(self, signs: str, start: int, end: int) -> None:
        """Takes the words with stars and question marks, each part of a compound by itself."""
        found = []
        for is_word, run in groupby(range(start, end), key=lambda place: _is_of_pattern(signs[place])):
            if is_word:
                places = list(run)
                found.append(self._pattern(signs, places[0], places[-1] + 1))
        pieces = [piece for piece in found if piece]
        if all(piece.kind is TokenKind.WORD for piece in pieces):
            self._plain(_bare(signs), start, end)
        else:
            self.pieces += pieces

    def _pattern(self, signs: str, start: int, end: int) -> Piece | None:
        text = _stars.sub(lambda run: "?" * run[0].count("?") + "*", signs[start:end])
        first = min((place for place in (text.find("*"), text.find("?")) if place >= 0), default=-1)
        code = ""
        if first >= 0:
            letters = sum(map(str.isalnum, text))
            is_short = letters < 3 and sum(map(str.isalnum, text[:first])) < 2
            code = "short_prefix" if is_short else "too_many_stars" if text.count("*") > MOST_STARS else ""
            if not code:
                is_prefix = text.find("*") == first == len(text) - 1
                kind = TokenKind.PREFIX if is_prefix else TokenKind.WILDCARD
                return Piece(kind, text[:first] if is_prefix else text, start, end)
            self.misread.append(Misreading(code, start, end))
        bare = " ".join(_bare(text).split())
        return Piece(TokenKind.WORD, bare, start, end) if bare else None

    def _exact(self, chunk: str, start: int, end: int) -> None:
        places = [place for place in range(start, end) if _is_of_word(chunk[place])]
        if _says(chunk[start:end]):
            self.pieces.append(Piece(TokenKind.EXACT, chunk[places[0] : places[-1] + 1], start, places[-1] + 1))

    def _fuzzy(self, signs: str, start: int, distance: re.Match[str]) -> None:
        """Takes the tokens before the tilde; those with too few letters for it as plain words."""
        number = self._number(distance)
        tokens = list(tokenize(signs[start : distance.start()], SPANISH))
        for index, token in enumerate(tokens):
            is_long = sum(map(str.isalpha, token.text)) >= 3
            end = distance.end(1) if index == len(tokens) - 1 else start + token.end
            kind = TokenKind.FUZZY if is_long else TokenKind.WORD
            self.pieces.append(Piece(kind, token.text, start + token.start, end, number if is_long else 0))
        if tokens and not any(piece.kind is TokenKind.FUZZY for piece in self.pieces):
            self.misread.append(Misreading("short_fuzzy", start, distance.end(1)))

    def _number(self, distance: re.Match[str]) -> int:
        typed = distance[1].replace(",", ".")
        if not typed or typed in map(str, DISTANCES):
            return int(typed or 0)
        self.misread.append(Misreading("bad_distance", distance.start(), distance.end(1)))
        return DISTANCES[0] if float(typed) < DISTANCES[-1] else DISTANCES[-1]


def _without_punctuation(chunk: str, following: str) -> str:
    """The chunk with a space in place of each `?` that stands for no letter."""
    signs = list(chunk)
    for run in re.finditer(r"\?+", chunk):
        before, after = chunk[: run.start()], chunk[run.end() :]
        is_before_word = after[:1].isalnum() or after[:1] == "*"
        is_after_word = any(map(_is_of_pattern, before[-1:]))
        if not is_before_word or not (is_after_word or not _question_ends.search(after + following)):
            signs[run.start() : run.end()] = " " * len(run[0])
    return "".join(signs)


def _is_of_word(char: str) -> bool:
    return (char.isalnum() and char not in "ªº") or unicodedata.category(char)[0] == "M"


def _is_of_pattern(char: str) -> bool:
    return char in "*?" or _is_of_word(char)


def _says(text: str) -> bool:
    return any(map(str.isalnum, text))


def _bare(text: str) -> str:
    """The text, as long as before, with spaces for signs: a text that is read again without a warning."""
    return re.sub(r"[*?~=:]", " ", text)
