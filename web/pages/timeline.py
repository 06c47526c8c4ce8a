"""When do the hits fall? One bar a month, or a year where months would be too many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from searchidx import Results
from web.pages.facets import toggled
from web.pages.formatting import period_name
from web.search_params import SearchParameters
from web.urls import results_href

HEIGHT = 40
"""Of the drawing, in its own units; a bar's slot is `SLOT` wide."""

SLOT = 12

_MOST_MONTHS = 60
_MOST_YEARS = 120
_LOWEST = 3  # what a bar measures at least: one hit must be seen beside a thousand
_GAP = 2


@dataclass(frozen=True, slots=True)
class Bar:
    """The hits of one period; place and size are in units of the drawing."""

    label: str
    count: int
    href: str
    chosen: bool
    x: int
    height: int

    @property
    def y(self) -> int:
        """Where its upper end is."""
        return HEIGHT - self.height


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars from the first period with a hit to the last, those without one among them while they are few."""

    unit: str  # month, year
    bars: tuple[Bar, ...]

    @property
    def width(self) -> int:
        """Of the drawing."""
        return len(self.bars) * SLOT

    @property
    def bar_width(self) -> int:
        """Of each bar."""
        return SLOT - _GAP


def timeline_of(results: Results, parameters: SearchParameters) -> Timeline | None:
    """The timeline of the hits; None where they fall in one period or bear no date."""
    months = _counts(results, "month")
    years = _counts(results, "year")
    if len(months) < 2 and len(years) < 2:
        return None
    periods = _months_between(min(months), max(months)) if months else []
    if 2 <= len(periods) <= _MOST_MONTHS and {each[:4] for each in periods} >= set(years):
        return Timeline("month", _bars(parameters, "month", periods, months))
    if len(years) < 2:
        return None
    every = [f"{year:04d}" for year in range(int(min(years)), int(max(years)) + 1)]
    shown = every if len(every) <= _MOST_YEARS else sorted(years)
    return Timeline("year", _bars(parameters, "year", shown, years))


def _counts(results: Results, name: str) -> dict[str, int]:
    return {each.value: each.count for each in results.facets.get(name, ())}


def _months_between(first: str, last: str) -> list[str]:
    start, end = (int(each[:4]) * 12 + int(each[5:7]) - 1 for each in (first, last))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(start, end + 1)]


def _bars(
    parameters: SearchParameters, unit: str, periods: list[str], counts: Mapping[str, int]
) -> tuple[Bar, ...]:
    highest = max(counts.values())
    chosen = parameters.filters.get(unit, ())
    return tuple(
        Bar(
            period_name(period),
            count,
            results_href(toggled(parameters, unit, period)),
            period in chosen,
            place * SLOT + _GAP // 2,
            max(_LOWEST, round(count / highest * HEIGHT)) if count else 0,
        )
        for place, period in enumerate(periods)
        for count in (counts.get(period, 0),)
    )
