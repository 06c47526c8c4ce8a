"""What are the pieces of a query called, before they are a tree?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class TokenKind(Enum):
    """What a token is to the parser."""

    WORD = auto()
    PHRASE = auto()  # its text is "" when nothing stands between the quotes
    PREFIX = auto()  # pre*
    WILDCARD = auto()  # ka?a*
    FUZZY = auto()  # word~1
    EXACT = auto()  # =word
    DATE = auto()  # a date field with its value
    AND = auto()
    OR = auto()
    NOT = auto()  # NO or -
    REQUIRED = auto()  # +
    FIELD = auto()
    OPEN = auto()
    CLOSE = auto()


TERMS = (TokenKind.WORD, TokenKind.PHRASE, TokenKind.PREFIX, TokenKind.WILDCARD, TokenKind.FUZZY, TokenKind.EXACT)
"""What is looked for; with dates, the clauses of a query."""

OPERATORS = {
    "Y": TokenKind.AND,
    "AND": TokenKind.AND,
    "O": TokenKind.OR,
    "OR": TokenKind.OR,
    "NO": TokenKind.NOT,
    "NOT": TokenKind.NOT,
}
"""Operators written as words. Not E and U: a lone capital E or U is far more often an initial."""


@dataclass(frozen=True, slots=True)
class Boost:
    """A factor written after a token; `end` is where it ends, in code points of the query."""

    factor: float
    end: int


_SMALLEST, _LARGEST = 0.1, 10.0


def bounded_boost(factor: float) -> float:
    """The nearest factor that a part of a query may have."""
    return round(min(max(factor, _SMALLEST), _LARGEST), 3)


@dataclass(frozen=True, slots=True)
class QueryToken:
    """One piece of a query; `start` and `end` are code points of it, a boost not among them."""

    kind: TokenKind
    text: str  # of a term without its signs, of a date its value; of an operator or field name as typed
    start: int
    end: int
    field: str = ""  # the canonical name, of FIELD and DATE
    number: int = 0  # the slop of a PHRASE; the distance of a FUZZY, 0 when none was typed
    boost: Boost | None = None  # of a term or CLOSE
