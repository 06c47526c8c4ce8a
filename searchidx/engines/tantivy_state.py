"""What does one state of a tantivy index answer?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tantivy import DocAddress, Order, Query, Schema, Searcher

from searchidx.engines.base import Answer, BestParagraphs, Request
from searchidx.engines.tantivy_queries import MAX_ROW, all_of, among, between, compiled, is_scored
from searchidx.model import Sort
from searchidx.query.engine_query import EngineQuery

_ROWS_AT_ONCE = 50_000
_MOST_VALUES = 65_000  # of a facet; tantivy refuses to count more buckets than this


class State:
    """One state of one index."""

    def __init__(self, searcher: Searcher, schema: Schema) -> None:
        self._searcher = searcher
        self._schema = schema

    def search(self, request: Request) -> Answer:
        """See `Engine.search`."""
        query = compiled(request.query, self._schema)
        last = request.offset + request.limit
        if request.sort == "relevance" and is_scored(request.query):
            total, hits = self._by_score(query, last)
        else:
            total, hits = self._by_key(query, request.sort, last)
        facets = {name: self._count(query, name) for name in request.facets}
        return Answer(total, hits[request.offset : last], facets)

    def _by_score(self, query: Query, last: int) -> tuple[int, tuple[tuple[int, float], ...]]:
        """The best `last` entries. tantivy breaks ties in its own way: all that tie at the cut are fetched."""
        limit = last + 16
        while True:
            total, hits = self._found(query, min(limit, self._searcher.num_docs + 1))
            if last == 0 or len(hits) == total or hits[-1][0] < hits[last - 1][0]:
                break
            limit *= 8
        rows: list[Any] = self._searcher.fast_field_values("row", [address for _, address in hits])
        ordered = sorted(zip(rows, (score for score, _ in hits), strict=True), key=lambda hit: (-hit[1], hit[0]))
        return total, tuple(ordered[:last])

    def _found(self, query: Query, limit: int, key: str | None = None) -> tuple[int, list[tuple[Any, DocAddress]]]:
        """How many entries match, and the first `limit` (from 1) by score, or by a number of theirs, ascending."""
        found: Any = self._searcher.search(query, limit, order_by_field=key, order=Order.Asc)
        return found.count, found.hits

    def _by_key(self, query: Query, sort: Sort, last: int) -> tuple[int, tuple[tuple[int, float], ...]]:
        total, hits = self._found(query, max(1, min(last, self._searcher.num_docs)), _SORT_KEYS[sort])
        return total, tuple((key & (MAX_ROW), 0.0) for key, _ in hits[:last])

    def _count(self, query: Query, facet: str) -> Mapping[str, int]:
        field = "month" if facet == "year" else facet
        wanted = {"values": {"terms": {"field": field, "size": _MOST_VALUES, "segment_size": _MOST_VALUES}}}
        counts: Counter[str] = Counter()
        for bucket in self._searcher.aggregate(query, wanted)["values"]["buckets"]:
            counts[_facet_value(facet, bucket["key"])] += bucket["doc_count"]
        return dict(counts)

    def best_of(self, query: EngineQuery, document: int, limit: int) -> BestParagraphs:
        """The best paragraphs of one document."""
        within = all_of([compiled(query, self._schema), among(self._schema, "document", [document])])
        total, hits = self._by_score(within, limit)
        return BestParagraphs(tuple(row for row, _ in hits), total)

    def scores(self, query: EngineQuery, rows: Sequence[int]) -> Mapping[int, float]:
        """See `Engine.scores`."""
        asked = compiled(query, self._schema)
        found = (self._by_score(all_of([asked, between(self._schema, "row", row, row)]), 1)[1] for row in rows)
        return dict(hit for hits in found for hit in hits)

    def rows(self) -> Iterator[int]:
        """Every row, ascending."""
        last = -1
        while True:
            rest = between(self._schema, "row", last + 1, MAX_ROW)
            _, found = self._found(rest, _ROWS_AT_ONCE, "row")
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
