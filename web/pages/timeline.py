"""The timeline of a search: one bar for each month, or for each year where months would be too many."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from searchidx import Results
from web.pages.facets import toggled
from web.pages.templating import period_name
from web.search_address import Search
from web.urls import results_href

HEIGHT = 40
"""The height of the drawing, in its own units."""

SLOT = 12
"""The width of each bar with the gap next to it, in units of the drawing."""

_MOST_MONTHS = 60
_MOST_YEARS = 120
_LOWEST = 3  # the height of the smallest bar: one hit must be visible next to a thousand
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
        """The place of its upper end."""
        return HEIGHT - self.height


@dataclass(frozen=True, slots=True)
class Timeline:
    """The bars from the first period with a hit to the last; periods without a hit too, unless there are many."""

    unit: str  # month, year
    bars: tuple[Bar, ...]
    height: int = HEIGHT

    @property
    def width(self) -> int:
        """The width of the drawing."""
        return len(self.bars) * SLOT

    @property
    def bar_width(self) -> int:
        """The width of each bar."""
        return SLOT - _GAP


def build_timeline(results: Results, search: Search) -> Timeline | None:
    """The timeline of the hits; None when they have no dates, or all fall into one period."""
    months = _counts(results, "month")
    years = _counts(results, "year")
    if len(months) < 2 and len(years) < 2:
        return None
    periods = _months_between(min(months), max(months)) if months else []
    if 2 <= len(periods) <= _MOST_MONTHS and {each[:4] for each in periods} >= set(years):
        return Timeline("month", _bars(search, "month", periods, months))
    if len(years) < 2:
        return None
    every = [f"{year:04d}" for year in range(int(min(years)), int(max(years)) + 1)]
    shown = every if len(every) <= _MOST_YEARS else sorted(years)
    return Timeline("year", _bars(search, "year", shown, years))


def _counts(results: Results, name: str) -> dict[str, int]:
    return {each.value: each.count for each in results.facets.get(name, ())}


def _months_between(first: str, last: str) -> list[str]:
    start, end = (int(each[:4]) * 12 + int(each[5:7]) - 1 for each in (first, last))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(start, end + 1)]


def _bars(search: Search, unit: str, periods: list[str], counts: Mapping[str, int]) -> tuple[Bar, ...]:
    highest = max(counts.values())
    chosen = search.options.filters.get(unit, ())
    bars = []
    for place, period in enumerate(periods):
        count = counts.get(period, 0)
        height = max(_LOWEST, round(count / highest * HEIGHT)) if count else 0
        href = results_href(toggled(search, unit, period))
        bars.append(Bar(period_name(period), count, href, period in chosen, place * SLOT + _GAP // 2, height))
    return tuple(bars)
