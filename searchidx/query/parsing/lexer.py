"""Lexer: splits a query into tokens with their ranges.

Operators are whole words in capitals (`Y AND O OR NO NOT`), `-` and `+` directly before a term, known field names
before a colon, quotes and parentheses, `~5` after a phrase and `^2` after a term or group. Every other chunk with
a letter or digit is a term: a word, unless it has operators inside (`term_operators`). Chunks without any letter
or digit (dashes, bullets, emoji) are dropped. Whether an operator has its operands is checked later (`repair`).

Control characters count as spaces; invisible ones (zero-width, bidi, soft hyphen) are ignored.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace

from searchidx.model.results import QueryWarning
from searchidx.query.parsing.term_operators import has_letter_or_digit, read_chunk
from searchidx.query.parsing.tokens import (
    OPERATORS,
    TERMS,
    Boost,
    QueryToken,
    TokenKind,
    bounded_boost,
    is_in_capitals,
)
from searchidx.query.warnings import LIMITS, warning
from searchidx.schema import DATE_QUERY_FIELDS, field_of_query_name

_RAW_LIMIT = 5 * LIMITS["too_long"]
"""Characters read before NFC, which joins at most four into one and is quadratic in a run of accents."""

_surrogates = re.compile("[\ud800-\udfff]")

_QUOTE_CHARS = '"“”„‟＂«»'
QUOTES = frozenset(_QUOTE_CHARS)
_CLOSING = dict.fromkeys('"“”„‟＂', '"“”„‟＂') | dict.fromkeys("«»", "»")
"""Opening quote → the quotes that may close it: keyboards and editors mix straight and curly ones."""

_BREAKS = rf"\s(){_QUOTE_CHARS}"
_chunk = re.compile(rf"[^{_BREAKS}^]+")
_slop = re.compile(r"~([0-9]+)(?![.,]?[^\W_])")
_boost = re.compile(r"\^([0-9]*[.,]?[0-9]+)(?![.,]?[^\W_]|[.,]*\^)")
_not_a_boost = re.compile(r"\^+(?:[-+.,^0-9]+(?![^\W_]))?")
_field = re.compile(r"([^\W\d_]{2,}):(?!//)")
_unary_operator = re.compile(rf"[-+](?=[({_QUOTE_CHARS}]|[^{_BREAKS}+-]*[^\W_])")
_one_word_with_spaces = re.compile(
    r"""=*(?:([A-ZÑ])\1\.\s([A-ZÑ])\2\.?(?!\w)  # EE. UU., FF. AA., JJ. OO.
    |   [A-ZÑ]\.(?:\s?[A-ZÑ]\.)+  # J. L., S. A.
    |   [0-9]{1,3}(?:\s[0-9]{3})+(?!\w))   # 30 000
    """,
    re.VERBOSE,
)
"""Words that Spanish writes with a space; the analyzer also makes one token of each."""

_bracketed = re.compile(r"\[[^\]]*\]|\([^()]*\)")
_open_bracket = re.compile(r"\[?\s*")
_date_ends = re.compile(rf"([.,;]?)(?:[{_BREAKS}^]|\Z)")
_after_date = re.compile(r"(?<!\.)[.,;]\Z")
_NOT_FIELDS = frozenset({"http", "https", "ftp", "mailto", "urn", "doi", "tel", "data"})
"""Words before the colon of an address, which nobody means as a field."""


def normalize_query(text: str) -> str:
    """The text as NFC without lone surrogates; only the beginning of a text far beyond the limit."""
    return unicodedata.normalize("NFC", _surrogates.sub("\ufffd", text[:_RAW_LIMIT]))


def cut_query(query: str) -> tuple[str, list[QueryWarning]]:
    """The beginning of a query up to the limit of length, cut between words where possible, and the warnings."""
    limit = LIMITS["too_long"]
    if len(query) <= limit:
        return query, []
    kept = query[:limit]
    if not query[limit].isspace() and len(words := kept.rsplit(maxsplit=1)) == 2 and not kept[-1].isspace():
        kept = kept[: limit - len(words[1])]
    return kept, [warning("too_long", len(kept), len(query))]


def lex(text: str) -> tuple[list[QueryToken], list[QueryWarning]]:
    """The tokens and warnings of a query that is NFC and within the limit of length, in their order."""
    lexer = _Lexer(text)
    lexer.run()
    return lexer.tokens, lexer.warnings


class _Lexer:
    """One pass over one query; `position` is in the visible text, ranges of tokens are in the query."""

    def __init__(self, text: str) -> None:
        self.visible, self.offsets = _visible(text)
        self._is_in_capitals = is_in_capitals(self.visible)
        self.position = 0
        self.last_end = 0  # where the last token ends
        self.after_unary = False  # a unary operator stands directly before the position
        self.tokens: list[QueryToken] = []
        self.warnings: list[QueryWarning] = []

    def run(self) -> None:
        while self.position < len(self.visible):
            char = self.visible[self.position]
            if char.isspace():
                self.position += 1
                self.after_unary = False
            elif char in "()":
                self._emit(TokenKind.OPEN if char == "(" else TokenKind.CLOSE, char, self.position + 1)
            elif char in QUOTES:
                self._quote()
            elif char == "^":
                self._boost()
            elif self._at_unary_operator():
                self._emit(TokenKind.NOT if char == "-" else TokenKind.REQUIRED, char, self.position + 1)
                self.after_unary = True
            else:
                self._word_or_field()

    def _range(self, start: int, end: int) -> tuple[int, int]:
        """A range of the visible text, not empty, as a range of the query."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def _emit(self, kind: TokenKind, text: str, end: int, field: str = "") -> None:
        """Add the text from the position to `end` as one token."""
        self._add(QueryToken(kind, text, *self._range(self.position, end), field), end)

    def _add(self, token: QueryToken, end: int) -> None:
        self.tokens.append(token)
        self.position = self.last_end = end
        self.after_unary = False

    def _skip(self, code: str, end: int) -> None:
        """Skip the text from the position to `end`, with a warning."""
        self._warn(code, end, self.visible[self.position : end])
        self.position = end
        self.after_unary = False

    def _warn(self, code: str, end: int, text: str = "", start: int | None = None) -> None:
        start = self.position if start is None else start
        self.warnings.append(warning(code, *self._range(start, end), text))

    def _boost(self) -> None:
        last = self.tokens[-1] if self.tokens and self.last_end == self.position else None
        boost = _boost.match(self.visible, self.position)
        if not boost or not last or last.boost or last.kind not in (*TERMS, TokenKind.CLOSE):
            misread = _not_a_boost.match(self.visible, self.position)
            assert misread is not None  # a ^ stands here
            self._skip("bad_boost", misread.end())
            return
        typed = float(boost[1].replace(",", "."))
        factor = bounded_boost(typed)
        if factor != typed:
            self._warn("boost_limit", boost.end(), boost[0])
        self.tokens[-1] = replace(last, boost=Boost(factor, self._range(self.position, boost.end())[1]))
        self.position = boost.end()

    def _at_unary_operator(self) -> bool:
        """Whether a - or + stands here, directly before a term and not directly after one."""
        before = self.visible[self.position - 1] if self.position else " "
        return (before.isspace() or before == "(" or self.after_unary) and bool(
            _unary_operator.match(self.visible, self.position)
        )

    def _closing_quote(self, opening: int) -> int:
        """The position of the quote that closes the one at `opening`; -1 when there is none."""
        closing = _CLOSING[self.visible[opening]]
        positions = (self.visible.find(quote, opening + 1) for quote in closing)
        return min((position for position in positions if position >= 0), default=-1)

    def _quote(self) -> None:
        closing = self._closing_quote(self.position)
        if closing < 0:
            self._warn("unbalanced_quote", self.position + 1)
            self.position += 1
            return
        text = _tidy(self.visible[self.position + 1 : closing])
        if not has_letter_or_digit(text):
            text = ""
            self._warn("empty_quotes", closing + 1)
        phrase = QueryToken(TokenKind.PHRASE, text, *self._range(self.position, closing + 1))
        self._add(phrase, closing + 1)
        if self.visible[closing + 1 : closing + 2] == "~":
            self._slop(phrase)

    def _slop(self, phrase: QueryToken) -> None:
        slop = _slop.match(self.visible, self.position)
        if not slop:
            self._skip("ignored_sign", self.position + 1)
            return
        limit = LIMITS["bad_slop"]
        number = int(slop[1])
        if number > limit:
            self._warn("bad_slop", slop.end(), slop[0])
        end = self._range(self.position, slop.end())[1]
        self.tokens[-1] = replace(phrase, number=min(number, limit), end=end)
        self.position = self.last_end = slop.end()

    def _word_or_field(self) -> None:
        field = _field.match(self.visible, self.position)
        name = field_of_query_name(field[1]) if field else None
        if field and name:
            self._known_field(field, name)
            return
        if field:
            self._unknown_field(field)
        end = self._chunk_end()
        chunk = self.visible[self.position : end]
        is_operator = chunk in OPERATORS and not self._is_in_capitals and not self.after_unary
        if is_operator and self.visible[end : end + 1] != "^":
            self._emit(OPERATORS[chunk], chunk, end)
        else:
            self._terms(chunk, end)

    def _chunk_end(self) -> int:
        """The end of the chunk here: a text without spaces, after a word that is written with a space, if any."""
        joined = _one_word_with_spaces.match(self.visible, self.position)
        start = joined.end() if joined else self.position
        chunk = _chunk.match(self.visible, start)
        return chunk.end() if chunk else start

    def _terms(self, chunk: str, end: int) -> None:
        """Add the terms of a chunk; several of them are a group, since they are one compound word."""
        start = self.position
        content = read_chunk(chunk, self.visible[end:])
        for found in content.warnings:
            self._warn(found.code, start + found.end, chunk[found.start : found.end], start + found.start)
        is_group = len(content.terms) > 1
        if is_group:
            self._add(QueryToken(TokenKind.OPEN, "(", *self._range(start, end)), end)
        for term in content.terms:
            text = _tidy(term.text)
            text = text.lower() if term.kind is TokenKind.WORD and text in OPERATORS else text
            term_range = self._range(start + term.start, start + term.end)
            self._add(QueryToken(term.kind, text, *term_range, number=term.number), end)
        if is_group:
            self._add(QueryToken(TokenKind.CLOSE, ")", *self._range(start, end)), end)
        self.position = end

    def _known_field(self, field: re.Match[str], name: str) -> None:
        if name in DATE_QUERY_FIELDS and self._date(field, name):
            return
        self._emit(TokenKind.FIELD, field[1], field.end(), name)
        self.after_unary = True

    def _date(self, field: re.Match[str], name: str) -> bool:
        """Add a date field with its value as one token; False when no value follows."""
        start = field.end()
        while start < len(self.visible) and self.visible[start].isspace():
            start += 1
        value, end = self._date_text(start)
        is_operator = start > field.end() and (value in OPERATORS or bool(_field.match(value)))
        if is_operator or not re.search(r"[^\W_]|\*", value):
            return False
        self._emit(TokenKind.DATE, value, end, name)
        return True

    def _date_text(self, start: int) -> tuple[str, int]:
        """The value of a date field that begins at `start`, without quotes or brackets, and where it ends."""
        if self.visible[start : start + 1] in _CLOSING:
            closing = self._closing_quote(start)
            return (_tidy(self.visible[start + 1 : closing]), closing + 1) if closing > 0 else ("", start)
        end = self._unquoted_date_end(start)
        return _tidy(_after_date.sub("", self.visible[start:end]).strip("[]()")), end

    def _unquoted_date_end(self, start: int) -> int:
        """The end of a text in brackets, of a date or range of several words, or else of the chunk."""
        if bracketed := _bracketed.match(self.visible, start):
            return bracketed.end()
        bracket = _open_bracket.match(self.visible, start)
        assert bracket is not None  # it may be empty
        from searchidx.query.dates.date_ranges import unquoted_end  # few queries have a date

        end = unquoted_end(self.visible, bracket.end())
        if end > bracket.end() and (after := _date_ends.match(self.visible, end)):
            return after.end(1)
        chunk = _chunk.match(self.visible, start)
        return chunk.end() if chunk else start

    def _unknown_field(self, field: re.Match[str]) -> None:
        """Warn of a name directly before a colon and a value, which a user may have meant as a field."""
        value = self.visible[field.end() : field.end() + 1]
        if field[1].lower() not in _NOT_FIELDS and (
            value.isalnum() or (value and (value == "(" or value in QUOTES))
        ):
            self._warn("unknown_field", field.end(), field[1])


def _visible(text: str) -> tuple[str, list[int]]:
    """The text without invisible characters and with spaces for controls, and the offset of each character."""
    chars, offsets = [], []
    for offset, char in enumerate(text):
        category = unicodedata.category(char)
        if category != "Cf":
            chars.append(" " if category == "Cc" else char)
            offsets.append(offset)
    return "".join(chars), offsets


def _tidy(text: str) -> str:
    """The text with single spaces; NFC again, in case an invisible character stood between letter and accent."""
    return unicodedata.normalize("NFC", " ".join(text.split()))
