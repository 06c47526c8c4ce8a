"""What may a plan ask of an engine? Eight small nodes, over terms; all that an engine must compile.

A query matches a set of entries and gives each a score. What a node scores is BM25 of its terms
(`ranking.bm25_idf`, `ranking.K1`, `ranking.B`) times its boost; filters and keywords score nothing.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Entries that have this term in this text field."""

    field: str
    term: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Entries where the terms stand in this order, at most `slop` moves away from side by side.

    Slop is Lucene's: the sum of moves that bring the terms together, so a swap of neighbours costs 2.
    """

    field: str
    terms: tuple[str, ...]
    slop: int = 0
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Bool:
    """All of `must` and `filter`, none of `must_not`, and at least `minimum_should` of `should`.

    The score is the sum over `must` and the matching `should`. Where neither `must` nor `filter` says which
    entries are meant, `should` does: at least one of it must match then, whatever `minimum_should`. Where
    nothing but `must_not` is given, it is taken from all entries.
    """

    must: tuple[EngineQuery, ...] = ()
    should: tuple[EngineQuery, ...] = ()
    must_not: tuple[EngineQuery, ...] = ()
    filter: tuple[EngineQuery, ...] = ()
    minimum_should: int = 0


@dataclass(frozen=True, slots=True)
class DisMax:
    """Any of the queries; the score is the best one's, plus `tie` times the others'."""

    queries: tuple[EngineQuery, ...]
    tie: float = 0.0


@dataclass(frozen=True, slots=True)
class Constant:
    """The entries that match the query, each with this score, whatever its own would be."""

    query: EngineQuery
    score: float


@dataclass(frozen=True, slots=True)
class Keyword:
    """Entries whose keyword field has one of these values, exactly."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateRange:
    """Entries dated from `first` to `last`, both included; None leaves that end open. Undated ones never match."""

    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class All:
    """Every entry, with score 0."""


EngineQuery = Term | Phrase | Bool | DisMax | Constant | Keyword | DateRange | All

NOTHING = Bool(must_not=(All(),))
"""No entry at all."""
