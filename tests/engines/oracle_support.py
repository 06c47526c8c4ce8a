"""The oracle: an engine that implements the whole contract by brute force.

It shares nothing with searchidx but the values of the contract: BM25, phrases and the logic of `Bool`
are written again here from their definitions, so that an engine that agrees with this one is right twice.
"""

from __future__ import annotations

import json
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from itertools import product
from pathlib import Path

from searchidx.engines.contract import (
    BestParagraphs,
    EngineRequest,
    EngineResult,
    Entry,
)
from searchidx.engines.query import (
    All,
    Bool,
    Constant,
    DateRange,
    DisMax,
    EngineQuery,
    Keyword,
    Phrase,
    Term,
)
from searchidx.errors import EngineError
from searchidx.model.document import Level
from searchidx.model.results import Sort

K1 = 1.2
B = 0.75


class OracleChange:
    """Gathered, and written at once."""

    def __init__(self, engine: OracleEngine) -> None:
        self._engine = engine
        self._gone: set[int] = set()
        self._added: list[Entry] = []

    def remove(self, documents: Iterable[int]) -> None:
        self._gone.update(documents)

    def add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._gone.add(entry.document)
            self._added.append(entry)

    def commit(self) -> None:
        self._engine.write(self._gone, self._added)

    def rollback(self) -> None:
        pass


class OracleEngine:
    """Entries in one JSON file, read anew for every call; every query looks at every entry."""

    batch_characters = 1

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "oracle.json"

    def begin(self) -> OracleChange:
        return OracleChange(self)

    def write(self, gone: set[int], added: list[Entry]) -> None:
        kept = [entry for entry in self._load() if entry.document not in gone]
        written = self._file.with_suffix(".new")
        written.write_text(json.dumps([asdict(entry) for entry in kept + added], default=date.isoformat))
        written.replace(self._file)

    def search(self, request: EngineRequest) -> EngineResult:
        found = self._matches(request.level, request.query)
        ordered = sorted(found, key=lambda match: _sort_key(match[0], match[1], request.sort))
        page = ordered[request.offset : request.offset + request.limit]
        facets = {
            facet: dict(Counter(value for entry, _ in found if (value := _facet_value(entry, facet))))
            for facet in request.facets
        }
        ranked = request.sort == "relevance"
        return EngineResult(
            len(found), tuple((entry.row, score if ranked else 0.0) for entry, score in page), facets
        )

    def best_paragraphs(
        self, query: EngineQuery, documents: Sequence[int], limit: int
    ) -> Mapping[int, BestParagraphs]:
        found: dict[int, list[tuple[float, int]]] = defaultdict(list)
        for entry, score in self._matches("paragraph", query):
            if entry.document in documents:
                found[entry.document].append((-score, entry.row))
        return {
            document: BestParagraphs(tuple(row for _, row in sorted(scored)[:limit]), len(scored))
            for document, scored in found.items()
        }

    def scores(self, level: Level, query: EngineQuery, rows: Sequence[int]) -> Mapping[int, float]:
        return {entry.row: score for entry, score in self._matches(level, query) if entry.row in rows}

    def rows(self, level: Level) -> Sequence[int]:
        return sorted(entry.row for entry in self._load() if entry.level == level)

    def close(self) -> None:
        pass

    def _matches(self, level: Level, query: EngineQuery) -> list[tuple[Entry, float]]:
        statistics = _Statistics([entry for entry in self._load() if entry.level == level])
        scored = ((entry, statistics.score(query, entry)) for entry in statistics.entries)
        return [(entry, score) for entry, score in scored if score is not None]

    def _load(self) -> list[Entry]:
        if not self._file.exists():
            return []
        try:
            return [
                Entry(**{**stored, "date": date.fromisoformat(stored["date"]) if stored["date"] else None})
                for stored in json.loads(self._file.read_text())
            ]
        except ValueError as error:
            raise EngineError(str(error)) from error


class _Statistics:
    """Where each term stands, and how long each field is, in the entries of one level."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self._postings: dict[tuple[str, str], dict[int, list[int]]] = defaultdict(dict)
        self._length: dict[tuple[str, int], int] = {}
        self._total_length: Counter[str] = Counter()
        for entry in entries:
            for field, text in entry.terms.items():
                terms = [term for term in text.split(" ") if term]
                self._length[field, entry.row] = len(terms)
                self._total_length[field] += len(terms)
                for position, term in enumerate(terms):
                    self._postings[field, term].setdefault(entry.row, []).append(position)

    def score(self, query: EngineQuery, entry: Entry) -> float | None:
        """The score of an entry, None where it does not match."""
        match query:
            case Term(field, term, boost):
                return self._phrase(Phrase(field, (term,), 0, boost), entry)
            case Phrase():
                return self._phrase(query, entry)
            case Bool():
                return self._bool(query, entry)
            case DisMax(queries):
                return max(self._scores(queries, entry), default=None)
            case Constant(inner, constant):
                return None if self.score(inner, entry) is None else constant
            case Keyword(field, values):
                value = entry.keywords.get(field)
                return 0.0 if value and value in values else None
            case DateRange(first, last):
                dated = entry.date and (first or date.min) <= entry.date <= (last or date.max)
                return 0.0 if dated else None
            case All():
                return 0.0

    def _scores(self, queries: Iterable[EngineQuery], entry: Entry) -> list[float]:
        return [score for query in queries if (score := self.score(query, entry)) is not None]

    def _bool(self, query: Bool, entry: Entry) -> float | None:
        must = self._scores(query.must, entry)
        should = self._scores(query.should, entry)
        needed = query.minimum_should
        if query.should and not query.must and not query.filter:
            needed = max(1, needed)
        if (
            len(must) < len(query.must)
            or len(self._scores(query.filter, entry)) < len(query.filter)
            or self._scores(query.must_not, entry)
            or len(should) < needed
        ):
            return None
        return sum(must) + sum(should)

    def _phrase(self, query: Phrase, entry: Entry) -> float | None:
        postings = [self._postings.get((query.field, term), {}) for term in query.terms]
        frequency = _count_places([having.get(entry.row, []) for having in postings], query.slop)
        if not frequency:
            return None
        average = self._total_length[query.field] / len(self.entries)
        norm = K1 * (1 - B + B * self._length[query.field, entry.row] / average)
        idf = sum(_idf(len(self.entries), len(having)) for having in postings)
        return query.boost * idf * frequency * (K1 + 1) / (frequency + norm)


def _idf(entries: int, having: int) -> float:
    return math.log(1 + (entries - having + 0.5) / (having + 0.5))


def _count_places(standing: Sequence[Sequence[int]], slop: int) -> int:
    """How many positions a phrase begins at; each place needs its words at positions of their own."""
    begins = set()
    for place in product(*standing):
        moved = [position - index for index, position in enumerate(place)]
        if place and len(set(place)) == len(place) and max(moved) - min(moved) <= slop:
            begins.add(min(place))
    return len(begins)


def _sort_key(entry: Entry, score: float, sort: Sort) -> tuple[bool, float, int]:
    if sort == "relevance":
        return (False, -score, entry.row)
    day = entry.date.toordinal() if entry.date else 0
    return (entry.date is None, -day if sort == "-date" else day, entry.row)


def _facet_value(entry: Entry, facet: str) -> str:
    if facet in ("year", "month"):
        return entry.date.isoformat()[: 4 if facet == "year" else 7] if entry.date else ""
    return entry.keywords.get(facet, "")
