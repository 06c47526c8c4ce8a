"""The contract of an engine, which keeps terms under row ids and answers engine queries.

An engine never analyses, fetches text or highlights. It receives terms joined by one space and splits them at
spaces only; no term has a space, a tab or a line end in it. An engine can always be rebuilt from the store.

A file of more than 1 MiB (`indexing.batches.REWRITTEN_BYTES`) is never written again: a change writes new files.
So a large file needs one checksum in its life. A change that is committed survives a power cut: the engine syncs
its files and their folder before `Change.commit` returns.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from searchidx.engines.query import EngineQuery
from searchidx.model.document import Level
from searchidx.model.results import Sort


@dataclass(frozen=True, slots=True)
class Entry:
    """The terms and values of one document or one paragraph."""

    level: Level
    row: int  # of the document or the paragraph; unique within its level and never reused
    document: int  # row of the document that it belongs to; equal to `row` at document level
    terms: Mapping[str, str]  # text field → terms joined by one space; a field without terms is absent
    keywords: Mapping[str, str] = field(
        default_factory=dict
    )  # keyword field → value; a field without a value is absent
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """One search: the entries to find, their order, the slice to return, and the facets to count."""

    level: Level
    query: EngineQuery
    sort: Sort = "relevance"  # ties by ascending row; undated entries come last when sorted by date
    offset: int = 0
    limit: int = 10
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineResult:
    """The requested slice, and counts over all matching entries."""

    total: int  # exact
    hits: tuple[tuple[int, float], ...]  # (row, score) in the requested order; by date, all scores are 0
    facets: Mapping[str, Mapping[str, int]]  # facet → value → count; entries without a value are not counted


@dataclass(frozen=True, slots=True)
class BestParagraphs:
    """The paragraphs of one document that a query matches."""

    rows: tuple[int, ...]  # best first, at most as many as requested
    total: int


class Change(Protocol):
    """An open transaction of an engine, one at a time.

    It ends with `commit`, or with `rollback`, which is also called after a commit that failed.
    """

    def remove(self, documents: Iterable[int]) -> None:
        """Remove all entries of these documents; an unknown document has none."""
        ...

    def add(self, entries: Iterable[Entry]) -> None:
        """Add entries, which replace all entries that their documents had before the change."""
        ...

    def commit(self) -> None:
        """Make the change durable. At each level, readers see either the state before or the state after it."""
        ...

    def rollback(self) -> None:
        """Undo what was not committed; never raises."""
        ...


class Engine(Protocol):
    """A search engine. Every error that leaves it is an `EngineError`."""

    batch_characters: int
    """Characters of text that one change should hold: so much is indexed again after a crash."""

    def begin(self) -> Change:
        """A new change; the engine may index its entries as they arrive."""
        ...

    def search(self, request: EngineRequest) -> EngineResult:
        """The entries that match in the newest committed state."""
        ...

    def best_paragraphs(
        self, query: EngineQuery, documents: Sequence[int], limit: int
    ) -> Mapping[int, BestParagraphs]:
        """Document → its best paragraphs for `query`, for those of these documents that have any."""
        ...

    def scores(self, level: Level, query: EngineQuery, rows: Sequence[int]) -> Mapping[int, float]:
        """Row → score, for those of these rows that match; used to explain results."""
        ...

    def rows(self, level: Level) -> Sequence[int]:
        """The rows of all entries of a level, ascending; used to compare an engine with the store."""
        ...

    def close(self) -> None:
        """Close all files; the object is not used afterwards."""
        ...
