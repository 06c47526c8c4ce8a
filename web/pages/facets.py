"""Facets of a page of results, with a box for each value, and the filters that are on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from searchidx import FacetValue, Results
from web.pages.templating import field_label, long_date, month_name, period_name
from web.search_address import Search
from web.urls import results_href

_VALUE_FACETS = ("source", "place")  # fields whose values are listed; the dates follow as years and months

PAGE_FACETS = (*_VALUE_FACETS, "year", "month")
"""The facets of the search page; years and months are shown as one."""

CONTROLS = frozenset((*PAGE_FACETS, "from", "to"))
"""Parameters that have a control of their own on the page."""

_FEW_YEARS = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to filter by; `inner` are the months of a year."""

    field: str
    value: str
    label: str
    count: int
    chosen: bool
    inner: tuple[Choice, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether a value inside is chosen."""
        return any(choice.chosen for choice in self.inner)


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one field in all hits."""

    field: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that is on, and the address of the search without it."""

    label: str
    value: str
    href: str


def build_facets(results: Results, search: Search) -> list[Facet]:
    """The facets in which a choice would change the results, or has changed them."""
    facets = [Facet(name, field_label(name), _choices(results, search, name)) for name in _VALUE_FACETS]
    facets.append(Facet("date", field_label("date"), _years(results, search)))
    return [facet for facet in facets if _divides(facet, results.total)]


def _divides(facet: Facet, total: int) -> bool:
    choices = facet.choices
    return len(choices) > 1 or any(each.chosen or each.inner or each.count != total for each in choices)


def _choices(results: Results, search: Search, name: str) -> tuple[Choice, ...]:
    """The values of a facet, and those that are chosen although no hit has them."""
    chosen = search.options.filters.get(name, ())
    values = results.facets.get(name, ())
    found = {value.value for value in values}
    missing = [FacetValue(value, 0) for value in chosen if value not in found]
    return tuple(
        Choice(name, each.value, _label(name, each.value), each.count, each.value in chosen)
        for each in (*values, *missing)
    )


def _label(name: str, value: str) -> str:
    return month_name(value) if name == "month" else value


def _years(results: Results, search: Search) -> tuple[Choice, ...]:
    """The years from the newest; with the months of each while years are few, else of those that are chosen."""
    years = {choice.value: choice for choice in _choices(results, search, "year")}
    months = sorted(_choices(results, search, "month"), key=lambda each: each.value, reverse=True)
    for month in months:
        year = month.value[:4]
        years.setdefault(year, Choice("year", year, year, 0, chosen=False))
    are_few = len(years) <= _FEW_YEARS
    return tuple(_with_months(years[year], months, are_few) for year in sorted(years, reverse=True))


def _with_months(year: Choice, months: list[Choice], are_few: bool) -> Choice:
    inner = tuple(each for each in months if each.value.startswith(f"{year.value}-"))
    is_divided = any(each.chosen for each in inner) or (len(inner) > 1 and (are_few or year.chosen))
    return Choice("year", year.value, year.label, year.count, year.chosen, inner if is_divided else ())


def active_filters(search: Search) -> Iterator[Filter]:
    """The filters that are on, each with the address of the search without it."""
    for name, values in search.options.filters.items():
        for value in values:
            shown = period_name(value) if name in ("year", "month") else value
            yield Filter(field_label(name), shown, results_href(toggled(search, name, value)))
    since, until = search.options.since, search.options.until
    if since:
        yield Filter(field_label("from"), long_date(since), results_href(search.with_options(since=None)))
    if until:
        yield Filter(field_label("to"), long_date(until), results_href(search.with_options(until=None)))


def toggled(search: Search, name: str, value: str) -> Search:
    """The search filtered by a value too, or without that filter where it is on already."""
    values = tuple(search.options.filters.get(name, ()))
    changed = tuple(each for each in values if each != value) if value in values else (*values, value)
    others = {key: each for key, each in search.options.filters.items() if key != name}
    return search.with_options(filters={**others, name: changed} if changed else others)
