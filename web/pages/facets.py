"""How can a search be narrowed or widened from its page? Facets to tick, and filters to take off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from searchidx import FacetValue, Results
from web.pages.formatting import (
    FIELD_LABELS,
    long_date,
    month_alone,
    period_name,
)
from web.search_params import SearchParameters
from web.urls import results_href

PAGE_FACETS = ("source", "place", "year", "month")
"""The facets that the search page asks for; years and months are shown as one."""

TICKED = frozenset((*PAGE_FACETS, "from", "to"))
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
    """The values of one field among all hits."""

    field: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that is on, and the way to be rid of it."""

    label: str
    value: str
    href: str


def facets_of(results: Results, parameters: SearchParameters) -> list[Facet]:
    """The facets in which a choice would change the results, or has."""
    found = [
        Facet(name, str(FIELD_LABELS[name]), _choices(results, parameters, name)) for name in ("source", "place")
    ]
    found.append(Facet("date", str(FIELD_LABELS["date"]), _years(results, parameters)))
    return [facet for facet in found if _divides(facet, results.total)]


def _divides(facet: Facet, total: int) -> bool:
    choices = facet.choices
    return len(choices) > 1 or any(each.chosen or each.inner or each.count != total for each in choices)


def _choices(results: Results, parameters: SearchParameters, name: str) -> tuple[Choice, ...]:
    """The values of a facet; those that are chosen are among them even where nothing has them."""
    chosen = parameters.filters.get(name, ())
    values = results.facets.get(name, ())
    found = {value.value for value in values}
    missing = [FacetValue(value, 0) for value in chosen if value not in found]
    return tuple(
        Choice(name, each.value, _label(name, each.value), each.count, each.value in chosen)
        for each in (*values, *missing)
    )


def _label(name: str, value: str) -> str:
    return month_alone(value) if name == "month" else value


def _years(results: Results, parameters: SearchParameters) -> tuple[Choice, ...]:
    """The years from the newest; with the months of each while years are few, else of those that are chosen."""
    years = {choice.value: choice for choice in _choices(results, parameters, "year")}
    months = sorted(_choices(results, parameters, "month"), key=lambda each: each.value, reverse=True)
    for month in months:
        year = month.value[:4]
        years.setdefault(year, Choice("year", year, year, 0, chosen=False))
    are_few = len(years) <= _FEW_YEARS
    return tuple(_with_months(years[year], months, are_few) for year in sorted(years, reverse=True))


def _with_months(year: Choice, months: list[Choice], are_few: bool) -> Choice:
    inner = tuple(each for each in months if each.value.startswith(f"{year.value}-"))
    is_divided = any(each.chosen for each in inner) or (len(inner) > 1 and (are_few or year.chosen))
    return Choice("year", year.value, year.label, year.count, year.chosen, inner if is_divided else ())


def filters_of(parameters: SearchParameters) -> Iterator[Filter]:
    """The filters that are on, each with the address of the search without it."""
    for name, values in parameters.filters.items():
        for value in values:
            shown = period_name(value) if name in ("year", "month") else value
            yield Filter(str(FIELD_LABELS[name]), shown, results_href(toggled(parameters, name, value)))
    since, until = parameters.since, parameters.until
    if since:
        yield Filter(str(FIELD_LABELS["from"]), long_date(since), results_href(parameters.between(None, until)))
    if until:
        yield Filter(str(FIELD_LABELS["to"]), long_date(until), results_href(parameters.between(since, None)))


def toggled(parameters: SearchParameters, name: str, value: str) -> SearchParameters:
    """The search with a value filtered by, or no longer where it is already."""
    values = parameters.filters.get(name, ())
    other = tuple(each for each in values if each != value) if value in values else (*values, value)
    others = {key: each for key, each in parameters.filters.items() if key != name}
    return parameters.but(filters={**others, name: other} if other else others)


def without_filters(parameters: SearchParameters) -> SearchParameters:
    """The search in the whole archive."""
    return parameters.but(filters={}).between(None, None)
