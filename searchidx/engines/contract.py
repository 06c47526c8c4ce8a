"""What is an engine? Something that keeps terms under row ids and answers engine queries; nothing more.

An engine never analyses, fetches text or highlights. Terms come to it joined by one space, and it splits on
spaces only; no term holds a space, a tab or a line end. It may be thrown away at any time: the store can build it
again.
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
    """What an engine keeps of one document or of one paragraph."""

    level: Level
    row: int  # of the document or the paragraph: never reused, unique within its level
    document: int  # the row of the document it belongs to; at document level equal to `row`
    terms: Mapping[str, str]  # text field → terms joined by one space; one without terms is absent
    keywords: Mapping[str, str] = field(default_factory=dict)  # one without a value is absent
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class EngineRequest:
    """One search: which entries, in which order, which slice of them, and what to count."""

    level: Level
    query: EngineQuery
    sort: Sort = "relevance"  # ties, and undated entries at the end, by ascending row
    offset: int = 0
    limit: int = 10
    facets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineResult:
    """The slice asked for, and facts about all matching entries."""

    total: int  # exact
    hits: tuple[tuple[int, float], ...]  # (row, score), in the order asked for; sorted by date all scores are 0
    facets: Mapping[str, Mapping[str, int]]  # facet → value → count; entries without a value are not counted


@dataclass(frozen=True, slots=True)
class BestParagraphs:
    """The paragraphs of one document that a query matches."""

    rows: tuple[int, ...]  # best first, as many as were asked for
    total: int


class Change(Protocol):
    """A change of an engine in the making, one at a time. It ends with `commit`, or with `forget`, which is also
    called when a commit has failed."""

    def remove(self, documents: Iterable[int]) -> None:
        """Take away all entries of these documents; of an unknown one there are none."""
        ...

    def add(self, entries: Iterable[Entry]) -> None:
        """Add entries, in the place of all that their documents had before the change."""
        ...

    def commit(self) -> None:
        """Make the change durable. Readers see either the state before or the state after, level by level."""
        ...

    def rollback(self) -> None:
        """Leave everything as it was before the change, as far as it was not committed; never raises."""
        ...


class Engine(Protocol):
    """The seam. Every error that leaves an engine is an `EngineError`."""

    batch_characters: int
    """Text worth one change: so much is lost to a crash, and waits to be searchable."""

    def begin(self) -> Change:
        """A change, to be made while it is being told."""
        ...

    def search(self, request: EngineRequest) -> EngineResult:
        """The entries that match, from the newest state that was committed."""
        ...

    def best_paragraphs(
        self, query: EngineQuery, documents: Sequence[int], limit: int
    ) -> Mapping[int, BestParagraphs]:
        """For each of these documents that has any, its best paragraphs for `query`."""
        ...

    def scores(self, level: Level, query: EngineQuery, rows: Sequence[int]) -> Mapping[int, float]:
        """The score of those of these rows that match: to explain a result, not to find one."""
        ...

    def rows(self, level: Level) -> Sequence[int]:
        """The rows of all entries of a level, ascending: to compare with the store."""
        ...

    def close(self) -> None:
        """Let go of files; the object is not used afterwards."""
        ...
