"""The tokens of a query, which the lexer makes and the parser reads."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class TokenKind(Enum):
    """Kinds of tokens: six kinds of terms, dates, operators between or before operands, and parentheses."""

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
"""Kinds of the tokens that are searched for; they and dates are the clauses of a query."""

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
    """A weight typed after a token, such as `^2`; `end` is where it ends, in code points of the query."""

    factor: float
    end: int


_MIN_BOOST, _MAX_BOOST = 0.1, 10.0


def bounded_boost(factor: float) -> float:
    """The nearest boost from 0.1 to 10, rounded to three digits."""
    return round(min(max(factor, _MIN_BOOST), _MAX_BOOST), 3)


@dataclass(frozen=True, slots=True)
class QueryToken:
    """One token; `start` and `end` are code points of the query, without the boost."""

    kind: TokenKind
    text: str  # a term without its operators, the value of a date, or an operator or field name as typed
    start: int
    end: int
    field: str = ""  # of FIELD and DATE: the canonical name
    number: int = 0  # of PHRASE: the slop; of FUZZY: the distance, 0 when none was typed
    boost: Boost | None = None  # of terms and CLOSE


_CAPITALS_FROM = 4
"""Words, apart from the operators, from which a query in capitals has no operators. On the summaries in capitals
of `infoleg-summaries` operators cost 0.06 of MRR@10; fewer words may be acronyms (OTAN Y UE)."""


def is_in_capitals(text: str) -> bool:
    """Whether a query of several words is all in capitals, where Y, O and NO are words like the others."""
    words = [word for word in text.split() if word not in OPERATORS]
    return len(words) >= _CAPITALS_FROM and not any(char.islower() for char in text)
