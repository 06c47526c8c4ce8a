"""The operators inside a word: wildcards `*` and `?`, fuzzy `~`, exact `=`.

A `?` is a wildcard only inside a word or before one. At the end of a word it is a question mark, and so is one
before a word when a question ends further on (`?Quién es Putin?`). A web address has no operators.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import groupby

from searchidx.analysis.languages.es.spanish import SPANISH
from searchidx.analysis.tokens import tokenize
from searchidx.query.parsing.tokens import OPERATORS, TokenKind

DISTANCES = (1, 2)
"""The edit distances that may be written after `~`."""

MAX_STARS = 4
"""Each further star multiplies the ways to match a word; nobody needs the fifth."""

_address = re.compile(r"://|^www\.|[/?&][\w-]+=")
_operator = re.compile(r"[*?~]|^=")
_distance = re.compile(r"~([0-9]*(?:[.,][0-9]+)?)[^\w*~]*\Z")
_question_end = re.compile(r"[^\W_][\"”»)\].!]*\?+(?![\w*])")
_stars = re.compile(r"[*?]*\*[*?]*")


@dataclass(frozen=True, slots=True)
class ChunkTerm:
    """One term of a chunk; `start` and `end` are characters of the chunk."""

    kind: TokenKind
    text: str  # without its operators, but for the wildcards inside it
    start: int
    end: int
    number: int = 0  # the distance of a FUZZY, 0 when none was typed


@dataclass(frozen=True, slots=True)
class ChunkWarning:
    """The code of a warning and the characters of the chunk that it is about."""

    code: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class ChunkContent:
    """The terms of one chunk of a query, in their order, and the warnings about it."""

    terms: tuple[ChunkTerm, ...]
    warnings: tuple[ChunkWarning, ...]


def read_chunk(chunk: str, following: str) -> ChunkContent:
    """The terms of a chunk: a part of the query without spaces, or a word that Spanish writes with a space.

    `following` is the query after the chunk: it shows whether a question ends there.
    """
    reader = _ChunkReader()
    if not _operator.search(chunk) or _address.search(chunk):
        reader.add_words(chunk, 0, len(chunk))
    else:
        reader.read(_without_question_marks(chunk, following), chunk)
    return ChunkContent(tuple(reader.terms), tuple(reader.warnings))


class _ChunkReader:
    """Collects the terms and warnings of one chunk."""

    def __init__(self) -> None:
        self.terms: list[ChunkTerm] = []
        self.warnings: list[ChunkWarning] = []

    def read(self, text: str, chunk: str) -> None:
        """Read `text`, which is the chunk with spaces in place of question marks."""
        start = len(text) - len(text.lstrip("~"))
        tilde = text.find("~", start)
        distance = _distance.match(text, tilde) if tilde >= 0 else None
        end = tilde if tilde >= 0 else len(text)
        is_exact = text[start:end].startswith("=")
        if re.search(r"[*?]", text[start:end]):
            if is_exact:
                self._ignore(start, start + 1)
            if distance:
                self._ignore(tilde, distance.end(1))
            self._add_patterns(text, start, end)
        elif is_exact:
            if distance:
                self._ignore(tilde, distance.end(1))
            self._add_exact(chunk, start, end)
        elif distance:
            self._add_fuzzy(text, start, distance)
        else:
            self.add_words(chunk, 0, end)
        if tilde >= 0 and not distance:
            self._ignore(tilde, tilde + 1)
            self.add_words(_without_operators(text), tilde, len(text))

    def _ignore(self, start: int, end: int) -> None:
        self.warnings.append(ChunkWarning("ignored_sign", start, end))

    def add_words(self, text: str, start: int, end: int) -> None:
        """Add a part of the chunk as plain words."""
        # What is not an operator here must not become one when the tree is written as text.
        words = [word.lstrip("-+=~") for word in text[start:end].split()]
        plain = [word.lower() if word in OPERATORS else word for word in words if has_letter_or_digit(word)]
        if plain:
            self.terms.append(ChunkTerm(TokenKind.WORD, " ".join(plain), start, end))

    def _add_patterns(self, text: str, start: int, end: int) -> None:
        """Add the words with wildcards, each part of a compound by itself."""
        patterns = []
        for is_word, group in groupby(range(start, end), key=lambda index: _is_pattern_char(text[index])):
            if is_word:
                indexes = list(group)
                patterns.append(self._pattern(text, indexes[0], indexes[-1] + 1))
        terms = [term for term in patterns if term]
        if all(term.kind is TokenKind.WORD for term in terms):
            self.add_words(_without_operators(text), start, end)
        else:
            self.terms += terms

    def _pattern(self, text: str, start: int, end: int) -> ChunkTerm | None:
        pattern = _stars.sub(lambda run: "?" * run[0].count("?") + "*", text[start:end])
        first = min((index for index in (pattern.find("*"), pattern.find("?")) if index >= 0), default=-1)
        if first >= 0:
            code = _pattern_error(pattern, first)
            if not code:
                is_prefix = pattern.find("*") == first == len(pattern) - 1
                kind = TokenKind.PREFIX if is_prefix else TokenKind.WILDCARD
                return ChunkTerm(kind, pattern[:first] if is_prefix else pattern, start, end)
            self.warnings.append(ChunkWarning(code, start, end))
        plain = " ".join(_without_operators(pattern).split())
        return ChunkTerm(TokenKind.WORD, plain, start, end) if plain else None

    def _add_exact(self, chunk: str, start: int, end: int) -> None:
        indexes = [index for index in range(start, end) if _is_word_char(chunk[index])]
        if has_letter_or_digit(chunk[start:end]):
            last = indexes[-1] + 1
            self.terms.append(ChunkTerm(TokenKind.EXACT, chunk[indexes[0] : last], start, last))

    def _add_fuzzy(self, text: str, start: int, distance: re.Match[str]) -> None:
        """Add the words before the tilde; a word of fewer than three letters is a plain word."""
        number = self._distance(distance)
        tokens = list(tokenize(text[start : distance.start()], SPANISH))
        for index, token in enumerate(tokens):
            is_long = sum(map(str.isalpha, token.text)) >= 3
            end = distance.end(1) if index == len(tokens) - 1 else start + token.end
            kind = TokenKind.FUZZY if is_long else TokenKind.WORD
            self.terms.append(ChunkTerm(kind, token.text, start + token.start, end, number if is_long else 0))
        if tokens and not any(term.kind is TokenKind.FUZZY for term in self.terms):
            self.warnings.append(ChunkWarning("short_fuzzy", start, distance.end(1)))

    def _distance(self, distance: re.Match[str]) -> int:
        """The typed distance, or the nearest possible one with a warning; 0 when none was typed."""
        typed = distance[1].replace(",", ".")
        if not typed or typed in map(str, DISTANCES):
            return int(typed or 0)
        self.warnings.append(ChunkWarning("bad_distance", distance.start(), distance.end(1)))
        return DISTANCES[0] if float(typed) < DISTANCES[-1] else DISTANCES[-1]


def has_letter_or_digit(text: str) -> bool:
    """Whether a text has anything to search for."""
    return any(map(str.isalnum, text))


def _pattern_error(pattern: str, first: int) -> str:
    """The code of the warning about a pattern whose first wildcard is at `first`; "" when it can be searched."""
    letters = sum(map(str.isalnum, pattern))
    if letters < 3 and sum(map(str.isalnum, pattern[:first])) < 2:
        return "short_prefix"
    return "too_many_stars" if pattern.count("*") > MAX_STARS else ""


def _without_question_marks(chunk: str, following: str) -> str:
    """The chunk with a space in place of each `?` that is not a wildcard."""
    chars = list(chunk)
    for run in re.finditer(r"\?+", chunk):
        before, after = chunk[: run.start()], chunk[run.end() :]
        is_before_word = after[:1].isalnum() or after[:1] == "*"
        is_after_word = any(map(_is_pattern_char, before[-1:]))
        if not is_before_word or not (is_after_word or not _question_end.search(after + following)):
            chars[run.start() : run.end()] = " " * len(run[0])
    return "".join(chars)


def _is_word_char(char: str) -> bool:
    return (char.isalnum() and char not in "ªº") or unicodedata.category(char)[0] == "M"


def _is_pattern_char(char: str) -> bool:
    return char in "*?" or _is_word_char(char)


def _without_operators(text: str) -> str:
    """The text, as long as before, with spaces for operators, so that it can be read again without a warning."""
    return re.sub(r"[*?~=:]", " ", text)
