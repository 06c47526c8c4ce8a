"""How is a search narrowed to values and days, and which counts must not feel it?

Values of one field are alternatives, different fields all hold. A year and a month both say when, so they are one
field, `date`, in which a chosen month stands for its year: *2024* and *2025* and *2025-11* are the year 2024 and
November 2025. A facet is counted without the filter of its own field, so that a second value of it can be chosen.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from searchidx.engines.query import (
    NOTHING,
    DateRange,
    EngineQuery,
    Keyword,
)
from searchidx.errors import QueryError, UnknownFieldError
from searchidx.query.dates.periods import (
    Days,
    period_days,
)
from searchidx.query.planning.term_clauses import any_of
from searchidx.schema import FACETS, FILTERS, PERIODS

_DATE = "date"  # the field of year and month

_SHOWN = 20  # characters of a value that an error tells


@dataclass(frozen=True, slots=True)
class Filters:
    """What the hits of a search must be besides answering the query."""

    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of `FILTERS` → the values that pass
    since: dt.date | None = None
    until: dt.date | None = None

    def check(self) -> None:
        """Raise UnknownFieldError for a filter that is not there, QueryError for days that are not."""
        for name in self.filters:
            if name not in FILTERS:
                raise UnknownFieldError("filters", name, FILTERS)
        for name, written in PERIODS.items():
            for value in self.filters.get(name, ()):
                if len(value) != len(written) or period_days(value) is None:
                    raise QueryError(name, f"{value[:_SHOWN]!r} is not a {name}, written {written}")

    def queries(self, without: str | None = None) -> list[EngineQuery]:
        """What every hit must match; without the filter of one field, if it is named."""
        kept: list[EngineQuery] = [
            Keyword(name, tuple(normalize("NFC", value) for value in values))  # as they are stored
            for name, values in self.filters.items()
            if name not in PERIODS and name != without
        ]
        if without != _DATE and not PERIODS.keys().isdisjoint(self.filters):
            periods = [DateRange(*days) for days in self._periods()]
            kept.append(any_of(periods) if periods else NOTHING)
        if self.since and self.until and self.since > self.until:
            kept.append(NOTHING)
        elif self.since or self.until:
            kept.append(DateRange(self.since, self.until))
        return kept

    def _periods(self) -> Iterator[Days]:
        months = self.filters.get("month", ())
        refined = {month[:4] for month in months}
        for value in (*(year for year in self.filters.get("year", ()) if year not in refined), *months):
            if days := period_days(value):
                yield days

    def facets_by_filter(self, facets: Sequence[str]) -> dict[str | None, tuple[str, ...]]:
        """Facets by the one field whose filter they must not feel; under None those that feel all filters."""
        filtered = {_field_of(name) for name in self.filters}
        groups: dict[str | None, tuple[str, ...]] = {None: ()}
        for name in facets:
            own = _field_of(name)
            key = own if own in filtered else None
            groups[key] = (*groups.get(key, ()), name)
        return groups


def _field_of(name: str) -> str:
    return _DATE if name in PERIODS else name


def check_facets(names: Sequence[str]) -> None:
    """Raise UnknownFieldError for what cannot be counted."""
    for name in names:
        if name not in FACETS:
            raise UnknownFieldError("facets", name, FACETS)
