"""How can a search be narrowed or widened from its page? Facets and filters as plain links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for

from searchidx.model import FacetValue, Results
from web.parameters import SearchParameters
from web.spanish import FIELD_LABELS

PAGE_FACETS = ("source", "place", "year")
"""The facets that the search page shows, in this order."""

FACET_VALUES = 8
"""Values of a facet that are shown at once; the others are a click away."""

_year_operator = re.compile(r"(?<!\S)fecha:([0-9]{4})(?!\S)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Choice:
    """One value to filter by, or, when it is chosen, to filter by no longer."""

    value: str
    count: int
    href: str
    chosen: bool


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


def results_href(parameters: SearchParameters) -> str:
    """The address of a search."""
    return f"{url_for('searchidx_pages.search')}?{parameters.query_string()}"


def facets_of(results: Results, parameters: SearchParameters) -> list[Facet]:
    """The facets in which a choice would change the results, or has."""
    facets = []
    for name in PAGE_FACETS:
        values = results.facets.get(name, ())
        choices = tuple(_choice(parameters, name, value) for value in values)
        divides = any(choice.chosen or choice.count < results.total for choice in choices)
        if divides:
            facets.append(Facet(name, FIELD_LABELS[name], choices))
    return facets


def _choice(parameters: SearchParameters, name: str, facet: FacetValue) -> Choice:
    if name == "year":
        chosen = facet.value in _year_operator.findall(parameters.query)
        query = _without_year(parameters.query) if chosen else _with_year(parameters.query, facet.value)
        other = parameters.but(query=query)
    else:
        chosen = facet.value in parameters.filters.get(name, ())
        other = _without(parameters, name, facet.value) if chosen else _with(parameters, name, facet.value)
    return Choice(facet.value, facet.count, results_href(other), chosen)


def filters_of(parameters: SearchParameters) -> Iterator[Filter]:
    """The filters that are on; a year is one that stands in the query, and is seen there."""
    for name, values in parameters.filters.items():
        for value in values:
            yield Filter(FIELD_LABELS[name], value, results_href(_without(parameters, name, value)))


def _with(parameters: SearchParameters, name: str, value: str) -> SearchParameters:
    values = (*parameters.filters.get(name, ()), value)
    return parameters.but(filters={**parameters.filters, name: values})


def _without(parameters: SearchParameters, name: str, value: str) -> SearchParameters:
    values = tuple(each for each in parameters.filters.get(name, ()) if each != value)
    others = {key: each for key, each in parameters.filters.items() if key != name}
    return parameters.but(filters={**others, name: values} if values else others)


def _with_year(query: str, year: str) -> str:
    # A query in capitals is read in a way of its own, which a small letter would end.
    field = "fecha" if any(letter.islower() for letter in query) else "FECHA"
    return f"{_without_year(query)} {field}:{year}".strip()


def _without_year(query: str) -> str:
    return " ".join(_year_operator.sub("", query).split())
