"""Snapshot: one committed state of a Whoosh index, its postings, lengths, rows and dates read block by block.

The attributes with an underscore are those of Whoosh 2.7.5, which is pinned.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from heapq import nsmallest
from typing import Any

from whoosh.codec.whoosh3 import LENGTHS_COLUMN
from whoosh.columns import NumericColumn
from whoosh.formats import Positions
from whoosh.util.numeric import byte_to_length

from searchidx.engines.bm25 import K1, B
from searchidx.engines.whoosh.term_at_a_time import Scores
from searchidx.model.results import Sort

ROW_COLUMN = NumericColumn("q")
DATE_COLUMN = NumericColumn("i")
"""YYYYMMDD, 0 for undated."""


def date_as_number(day: dt.date) -> int:
    """YYYYMMDD."""
    return day.year * 10_000 + day.month * 100 + day.day


class LevelSnapshot:
    """One committed state of the Whoosh index of one level, as `Postings`.

    Entry numbers are Whoosh's global document numbers.
    """

    def __init__(self, reader: Any, generation: int) -> None:
        self.reader = reader
        self.generation = generation
        self._leaves = [(leaf, base) for leaf, base in reader.leaf_readers() if leaf.doc_count_all()]
        self._size = sum(leaf.doc_count_all() for leaf, _ in self._leaves)
        self._norms: dict[str, list[float]] = {}

    @cached_property
    def _deleted(self) -> frozenset[int]:
        return frozenset(number + base for leaf, base in self._leaves for number in leaf.deleted_docs_set)

    @cached_property
    def live(self) -> Collection[int]:
        """See `Postings`."""
        if not self._deleted:
            return range(self._size)
        return dict.fromkeys(number for number in range(self._size) if number not in self._deleted)

    @cached_property
    def rows(self) -> Sequence[int]:
        """By entry number, the row."""
        return self._numbers("row", ROW_COLUMN)

    @cached_property
    def _dates(self) -> Sequence[int]:
        return self._numbers("date", DATE_COLUMN)

    def _numbers(self, name: str, column: Any) -> list[int]:
        """A whole numeric column, unpacked at once, which is 30 times as fast as value by value."""
        numbers: list[int] = []
        for leaf, _ in self._leaves:
            perdoc = leaf._perdoc
            values: tuple[int, ...] = ()
            if perdoc.has_column(name):
                reader = perdoc.column_reader(name, column)
                data = reader._dbfile.get(reader._basepos, reader._count * reader._fixedlen)
                values = struct.unpack(f"!{reader._count}{reader._typecode}", data)
            numbers.extend(values)
            numbers.extend([0] * (leaf.doc_count_all() - len(values)))  # defaults at the end are not written
        return numbers

    def _matchers(self, field: str, term: str) -> Iterator[tuple[Any, int]]:
        """For each segment that has the term, a posting list and the segment's first entry number."""
        key = (field, term.encode("utf-8"))
        for leaf, base in self._leaves:
            if key in leaf._terms:
                yield leaf._terms.matcher(*key, leaf.schema[field].format), base

    def frequencies(self, field: str, term: str) -> Mapping[int, float]:
        """See `Postings`."""
        found: dict[int, float] = {}
        for matcher, base in self._matchers(field, term):
            for ids in _blocks(matcher):
                matcher._read_weights()
                found.update(zip([number + base for number in ids], matcher._weights, strict=True))
        for number in self._deleted & found.keys() if self._deleted else ():
            del found[number]
        return found

    def positions(self, field: str, term: str, entries: Collection[int]) -> Mapping[int, Sequence[int]]:
        """See `Postings`."""
        found = {}
        decode: Callable[[bytes], list[int]] = Positions().decode_positions
        for matcher, base in self._matchers(field, term):
            for ids in _blocks(matcher):
                wanted = [index for index, number in enumerate(ids) if number + base in entries]
                if wanted:
                    matcher._read_values()
                    found.update({ids[index] + base: decode(matcher._values[index]) for index in wanted})
        return found

    def length_norms(self, field: str) -> Sequence[float]:
        """See `Postings`. Whoosh keeps a length in one byte, so that there are 256 different norms."""
        if field not in self._norms:
            total = sum(leaf.field_length(field) for leaf, _ in self._leaves)
            average = total / self._size if total else 1.0
            by_byte = [K1 * (1 - B + B * byte_to_length(byte) / average) for byte in range(256)]
            self._norms[field] = [by_byte[byte] for byte in self._numbers(f"_{field}_len", LENGTHS_COLUMN)]
        return self._norms[field]

    def keyword(self, field: str, value: str) -> Collection[int]:
        """See `Postings`."""
        return self.frequencies(field, value)

    def date_range(self, first: dt.date | None, last: dt.date | None) -> Collection[int]:
        """See `Postings`."""
        low, high = date_as_number(first or dt.date.min), date_as_number(last or dt.date.max)
        return [number for number in self.live if low <= self._dates[number] <= high]

    def best(self, scores: Scores, sort: Sort, count: int) -> list[int]:
        """The first `count` entries in this order; ties by row, undated entries last."""
        rows, dates = self.rows, self._dates
        if sort == "relevance":
            return nsmallest(count, scores, key=lambda entry: (-scores[entry], rows[entry]))
        sign = -1 if sort == "-date" else 1
        return nsmallest(count, scores, key=lambda entry: (not dates[entry], sign * dates[entry], rows[entry]))

    def count(self, facet: str, entries: Iterable[int]) -> Mapping[str, int]:
        """How many of `entries` have each value of a facet."""
        if facet in ("year", "month"):
            days = Counter(self._dates[entry] for entry in entries)
            return _by_period(days, facet)
        columns = [value for leaf, _ in self._leaves for value in leaf.column_reader(facet)]
        counts = Counter(columns[entry] for entry in entries)
        del counts[""]
        return dict(counts)


def _by_period(days: Mapping[int, int], facet: str) -> dict[str, int]:
    """Counts of days (YYYYMMDD, 0 for undated) as counts of years (YYYY) or months (YYYY-MM)."""
    counts: Counter[str] = Counter()
    for day, count in days.items():
        if day:
            year, month = f"{day // 10_000:04}", f"{day // 100 % 100:02}"
            counts[year if facet == "year" else f"{year}-{month}"] += count
    return dict(counts)


def _blocks(matcher: Any) -> Iterator[Sequence[int]]:
    """The document numbers of a posting list, block by block; the matcher stays at the latest block."""
    while matcher.is_active():
        matcher._read_ids()
        yield matcher._ids
        matcher._next_block()
