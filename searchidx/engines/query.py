"""Engine queries: eight kinds of node over terms, which every engine must compile.

A query matches a set of entries and gives each a score: the BM25 of its terms (`engines.bm25`) times the boost.
Filters, keywords and dates score 0.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """Matches the entries that have this term in this text field."""

    field: str
    term: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Matches the entries where the terms stand in this order, at most `slop` moves away from adjacent.

    Slop is Lucene's: the sum of the moves that make the terms adjacent, so that a swap of neighbours costs 2.
    """

    field: str
    terms: tuple[str, ...]
    slop: int = 0
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Bool:
    """Matches all of `must` and `filter`, none of `must_not`, and at least `minimum_should` of `should`.

    The score is the sum over `must` and the matching `should`. Without `must` and `filter`, at least one of
    `should` must match, whatever `minimum_should`. With `must_not` alone, all other entries match.
    """

    must: tuple[EngineQuery, ...] = ()
    should: tuple[EngineQuery, ...] = ()
    must_not: tuple[EngineQuery, ...] = ()
    filter: tuple[EngineQuery, ...] = ()
    minimum_should: int = 0


@dataclass(frozen=True, slots=True)
class DisMax:
    """Matches any of the queries; the score is the highest of theirs."""

    queries: tuple[EngineQuery, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """Matches what the query matches, and gives every entry the same score."""

    query: EngineQuery
    score: float


@dataclass(frozen=True, slots=True)
class Keyword:
    """Matches the entries whose keyword field has exactly one of these values."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DateRange:
    """Matches the entries dated from `first` to `last`, both included; None leaves that end open.

    Undated entries never match.
    """

    first: dt.date | None
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class All:
    """Matches every entry, with score 0."""


EngineQuery = Term | Phrase | Bool | DisMax | Constant | Keyword | DateRange | All

NOTHING = Bool(must_not=(All(),))
"""Matches no entry."""
