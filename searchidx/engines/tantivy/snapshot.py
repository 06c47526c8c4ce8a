"""Snapshot: one committed state of a tantivy index, for searching."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tantivy import DocAddress, Order, Query, Schema, Searcher

from searchidx.engines.contract import (
    BestParagraphs,
    EngineRequest,
    EngineResult,
)
from searchidx.engines.query import EngineQuery
from searchidx.engines.tantivy.compiler import (
    MAX_ROW,
    all_of,
    between,
    compile_query,
    is_scored,
    of_documents,
)
from searchidx.model.document import Level
from searchidx.model.results import Sort

_ROWS_AT_ONCE = 50_000
_MOST_JOINT_HITS = 1_000  # paragraphs that one search for several documents may find
_MOST_VALUES = 65_000  # of a facet; tantivy refuses to count more buckets


_EXTRA_HITS: Mapping[Level, int] = {"document": 8, "paragraph": 64}
"""Hits fetched in addition to the requested ones, to find the end of a tie. Paragraphs often repeat word for word:
of 450 queries on 962,077 paragraphs of laws, 49 needed a second search with 16 (p99 15.5 ms), 21 with 64 (11.9
ms)."""

_Ranked = tuple[tuple[int, float], ...]
"""(row, score), best first."""


class LevelSnapshot:
    """One committed state of the tantivy index of one level."""

    def __init__(self, searcher: Searcher, schema: Schema) -> None:
        self._searcher = searcher
        self._schema = schema

    def search(self, request: EngineRequest) -> EngineResult:
        """See `Engine.search`."""
        query = compile_query(request.query, self._schema)
        last = request.offset + request.limit
        if request.sort == "relevance" and is_scored(request.query):
            total, hits = self._by_score(query, last, request.level)
        else:
            total, hits = self._by_key(query, request.sort, last)
        facets = {name: self._count(query, name) for name in request.facets}
        return EngineResult(total, hits[request.offset : last], facets)

    def _by_score(self, query: Query, last: int, level: Level = "document") -> tuple[int, _Ranked]:
        """The total, and the best `last` entries.

        tantivy breaks ties in its own way, so that all entries that tie at the cut are fetched.
        """
        limit = last + _EXTRA_HITS[level]
        while True:
            total, hits = self._top(query, limit)
            lowest = hits[:last][-1][0] if hits[:last] else math.inf
            if len(hits) == total or hits[-1][0] < lowest:
                break
            limit *= 32
        return total, tuple(self._ranked([hit for hit in hits if hit[0] >= lowest])[:last])

    def _ranked(self, hits: Sequence[tuple[float, DocAddress]]) -> list[tuple[int, float]]:
        """(row, score), best first, ties by row."""
        scored = zip(self._numbers("row", hits), (score for score, _ in hits), strict=True)
        return sorted(scored, key=lambda hit: (-hit[1], hit[0]))

    def _numbers(self, field: str, hits: Sequence[tuple[float, DocAddress]]) -> list[Any]:
        return self._searcher.fast_field_values(field, [address for _, address in hits])

    def _top(self, query: Query, limit: int, key: str | None = None) -> tuple[int, list[tuple[Any, DocAddress]]]:
        """The total, and the first `limit` entries by score, or by the numeric field `key`, ascending."""
        most = max(1, min(limit, self._searcher.num_docs))  # tantivy allocates memory for the whole limit
        found: Any = self._searcher.search(query, most, order_by_field=key, order=Order.Asc)
        return found.count, found.hits

    def _by_key(self, query: Query, sort: Sort, last: int) -> tuple[int, _Ranked]:
        total, hits = self._top(query, last, _SORT_KEYS[sort])
        return total, tuple((key & MAX_ROW, 0.0) for key, _ in hits[:last])

    def _count(self, query: Query, facet: str) -> Mapping[str, int]:
        field = "month" if facet == "year" else facet
        aggregation = {"values": {"terms": {"field": field, "size": _MOST_VALUES, "segment_size": _MOST_VALUES}}}
        counts: Counter[str] = Counter()
        for bucket in self._searcher.aggregate(query, aggregation)["values"]["buckets"]:
            counts[_facet_value(facet, bucket["key"])] += bucket["doc_count"]
        return dict(counts)

    def best_paragraphs(
        self, query: EngineQuery, documents: Sequence[int], limit: int
    ) -> Mapping[int, BestParagraphs]:
        """See `Engine.best_paragraphs`: one search for all when few paragraphs match, else one for each."""
        compiled = compile_query(query, self._schema)
        if not documents:
            return {}
        total, hits = self._top(all_of([compiled, of_documents(self._schema, documents)]), _MOST_JOINT_HITS)
        if total > len(hits):
            found = {document: self._best_of(compiled, document, limit) for document in documents}
            return {document: best for document, best in found.items() if best.total}
        document_of = dict(zip(self._numbers("row", hits), self._numbers("document", hits), strict=True))
        by_document: dict[int, list[int]] = {}
        for row, _ in self._ranked(hits):
            by_document.setdefault(document_of[row], []).append(row)
        return {each: BestParagraphs(tuple(rows[:limit]), len(rows)) for each, rows in by_document.items()}

    def _best_of(self, compiled: Query, document: int, limit: int) -> BestParagraphs:
        total, hits = self._by_score(all_of([compiled, of_documents(self._schema, [document])]), limit)
        return BestParagraphs(tuple(row for row, _ in hits), total)

    def scores(self, query: EngineQuery, rows: Sequence[int]) -> Mapping[int, float]:
        """See `Engine.scores`."""
        compiled = compile_query(query, self._schema)
        found = (self._by_score(all_of([compiled, between(self._schema, "row", row, row)]), 1)[1] for row in rows)
        return dict(hit for hits in found for hit in hits)

    def rows(self) -> Iterator[int]:
        """Every row, ascending."""
        last = -1
        while True:
            remaining = between(self._schema, "row", last + 1, MAX_ROW)
            _, found = self._top(remaining, _ROWS_AT_ONCE, "row")
            if not found:
                return
            yield from (row for row, _ in found)
            last = found[-1][0]


_SORT_KEYS: Mapping[Sort, str] = {"relevance": "row", "date": "oldest", "-date": "newest"}


def _facet_value(facet: str, key: Any) -> str:
    if facet == "year":
        return f"{int(key) // 100:04}"
    if facet == "month":
        return f"{int(key) // 100:04}-{int(key) % 100:02}"
    return str(key)
