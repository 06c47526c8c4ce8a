"""Filters of a search by field values and dates, and the facets that are counted without one of them.

A hit must have one of the values of each filtered field. Year and month are one field, `date`, in which a month
replaces its year: *2024*, *2025* and *2025-11* mean the year 2024 and November 2025. A facet is counted without
the filter of its own field, so that its other values can be chosen too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from unicodedata import normalize

from searchidx.engines.query import (
    NOTHING,
    Bool,
    DateRange,
    EngineQuery,
    Keyword,
)
from searchidx.errors import QueryError, UnknownFieldError
from searchidx.query.dates.periods import (
    Days,
    period_days,
)
from searchidx.schema import FACETS, FILTERS, PERIODS

_DATE = "date"  # the field of the filters by year and month

_SHOWN_LENGTH = 20  # characters of a value that an error shows


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of one search, all of which its hits must pass."""

    values: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of `FILTERS` → values, any of them
    since: dt.date | None = None  # included
    until: dt.date | None = None  # included

    def check(self) -> None:
        """Raise UnknownFieldError for an unknown filter, QueryError for a year or month that cannot be read."""
        for name in self.values:
            if name not in FILTERS:
                raise UnknownFieldError("filters", name, FILTERS)
        for name, pattern in PERIODS.items():
            for value in self.values.get(name, ()):
                if len(value) != len(pattern) or period_days(value) is None:
                    raise QueryError(name, f"{value[:_SHOWN_LENGTH]!r} is not a {name}, written {pattern}")

    def queries(self, ignored: str | None = None) -> list[EngineQuery]:
        """The engine queries that every hit must match; without the filter of the field `ignored`."""
        queries: list[EngineQuery] = [
            Keyword(name, tuple(normalize("NFC", value) for value in values))  # NFC, as they are stored
            for name, values in self.values.items()
            if name not in PERIODS and name != ignored
        ]
        if ignored != _DATE and not PERIODS.keys().isdisjoint(self.values):
            periods = [DateRange(*days) for days in self._periods()]
            queries.append(Bool(should=tuple(periods)) if periods else NOTHING)
        if self.since and self.until and self.since > self.until:
            queries.append(NOTHING)
        elif self.since or self.until:
            queries.append(DateRange(self.since, self.until))
        return queries

    def _periods(self) -> Iterator[Days]:
        """The days of the chosen months, and of the chosen years without a chosen month."""
        months = self.values.get("month", ())
        years_of_months = {month[:4] for month in months}
        years = [year for year in self.values.get("year", ()) if year not in years_of_months]
        for value in (*years, *months):
            if days := period_days(value):
                yield days

    def facets_by_ignored_filter(self, facets: Sequence[str]) -> dict[str | None, tuple[str, ...]]:
        """The field whose filter is ignored → the facets that are counted so; None → those with all filters."""
        filtered = {_field_of(name) for name in self.values}
        groups: dict[str | None, tuple[str, ...]] = {None: ()}
        for name in facets:
            own_field = _field_of(name)
            ignored = own_field if own_field in filtered else None
            groups[ignored] = (*groups.get(ignored, ()), name)
        return groups


def _field_of(name: str) -> str:
    """The field that a filter or facet belongs to."""
    return _DATE if name in PERIODS else name


def check_facets(names: Sequence[str]) -> None:
    """Raise UnknownFieldError for a field that is no facet."""
    for name in names:
        if name not in FACETS:
            raise UnknownFieldError("facets", name, FACETS)
