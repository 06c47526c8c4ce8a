"""Which search does a request ask for? The one place where the parameters of an address are read, and refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from werkzeug.datastructures import MultiDict

from searchidx.index import Index
from searchidx.model import LEVELS, SORTS, Level, Results, Sort
from searchidx.narrowing import period_days
from web.problems import ParameterError

FILTERS = ("source", "place", "author", "language", "year", "month")
"""Parameters that keep the hits of one value; repeated, of any of several."""

MAX_QUERY = 4_096
"""Characters: a query beyond the parser's own limit is cut with a warning, one beyond this was no query."""

MAX_FILTER_VALUES = 100

_Choice = TypeVar("_Choice", bound=str)

_whole_number = re.compile(r"[0-9]{1,9}\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class SearchParameters:
    """One search, as an address says it."""

    query: str
    level: Level = "document"
    page: int = 1
    per_page: int = 10
    sort: Sort = "relevance"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: date | None = None  # the parameter `from`
    until: date | None = None  # the parameter `to`
    facets: tuple[str, ...] = ()
    variants: bool = True
    synonyms: bool = True
    explain: bool = False

    def search(self, index: Index) -> Results:
        """What the index answers."""
        return index.search(
            self.query,
            level=self.level,
            page=self.page,
            per_page=self.per_page,
            sort=self.sort,
            filters=self.filters,
            since=self.since,
            until=self.until,
            facets=self.facets,
            variants=self.variants,
            synonyms=self.synonyms,
            explain=self.explain,
        )

    def but(
        self,
        *,
        query: str | None = None,
        level: Level | None = None,
        sort: Sort | None = None,
        filters: Mapping[str, tuple[str, ...]] | None = None,
    ) -> SearchParameters:
        """The same search with something else in it, from its first page."""
        return replace(
            self,
            page=1,
            query=self.query if query is None else query,
            level=level or self.level,
            sort=sort or self.sort,
            filters=self.filters if filters is None else filters,
        )

    def between(self, since: date | None, until: date | None) -> SearchParameters:
        """The same search over other days, from its first page."""
        return replace(self, page=1, since=since, until=until)

    def at_page(self, page: int) -> SearchParameters:
        """Another page of the same search."""
        return replace(self, page=page)

    def kept(self) -> list[tuple[str, str]]:
        """What a form must carry along beside the query and the page; defaults are left out."""
        plain = {"level": self.level, "sort": self.sort, "per_page": str(self.per_page)}
        pairs = [(name, value) for name, value in plain.items() if value != _DEFAULTS[name]]
        pairs += [(name, "false") for name in ("variants", "synonyms") if not getattr(self, name)]
        days = (("from", self.since), ("to", self.until))
        pairs += [(name, day.isoformat()) for name, day in days if day]
        return pairs + [(name, value) for name, values in self.filters.items() for value in values]

    def pairs(self) -> list[tuple[str, str]]:
        """The search as the names and values of an address; `q` comes first, defaults are left out."""
        page = [("page", str(self.page))] if self.page > 1 else []
        return [("q", self.query), *self.kept(), *page]


_DEFAULTS = {"level": "document", "sort": "relevance", "per_page": "10"}

Arguments = MultiDict[str, str]


def read_search(arguments: Arguments, facets: Sequence[str] | None = None) -> SearchParameters:
    """The search that an address asks for; ParameterError for what cannot be meant.

    `facets` are those that a page shows; without it the address says which. Unknown parameters are ignored, as is
    one without a value: a form sends those.
    """
    asked = _one(arguments, "facets").split(",") if facets is None else facets
    since, until = _days(arguments)
    return SearchParameters(
        query=read_query(arguments),
        level=_choice(arguments, "level", LEVELS, "document"),
        page=_count(arguments, "page", 1),
        per_page=_count(arguments, "per_page", 10),
        sort=_choice(arguments, "sort", SORTS, "relevance"),
        filters=_filters(arguments),
        since=since,
        until=until,
        facets=tuple(dict.fromkeys(name.strip() for name in asked if name.strip())),
        variants=_switch(arguments, "variants", True),
        synonyms=_switch(arguments, "synonyms", True),
        explain=_switch(arguments, "explain", False),
    )


def read_query(arguments: Arguments) -> str:
    """The query, "" when there is none."""
    query = _one(arguments, "q")
    if len(query) > MAX_QUERY:
        detail = f"The query has {len(query)} characters; at most {MAX_QUERY} are read."
        raise ParameterError("query_too_long", "q", detail)
    return query


def require_query(arguments: Arguments) -> None:
    """Raise ParameterError when the address has no `q`; an empty one is a query like any other."""
    if "q" not in arguments:
        raise ParameterError("missing_parameter", "q", "The parameter 'q' is missing: it holds the query.")


def _one(arguments: Arguments, name: str) -> str:
    values = list(dict.fromkeys(arguments.getlist(name)))
    if len(values) > 1:
        raise ParameterError("invalid_parameter", name, f"'{name}' may be given once only.")
    return values[0] if values else ""


def _choice(arguments: Arguments, name: str, choices: Sequence[_Choice], default: _Choice) -> _Choice:
    value = _one(arguments, name)
    for choice in choices:
        if value == choice:
            return choice
    if value:
        raise ParameterError("invalid_parameter", name, f"'{name}' must be one of: {', '.join(choices)}.")
    return default


def _switch(arguments: Arguments, name: str, default: bool) -> bool:
    value = _choice(arguments, name, ("true", "false"), "true" if default else "false")
    return value == "true"


def read_limit(arguments: Arguments, default: int, most: int) -> int:
    """How many things are asked for, from 1 to `most`."""
    limit = _count(arguments, "limit", default)
    if limit > most:
        raise ParameterError("invalid_parameter", "limit", f"'limit' must be a whole number from 1 to {most}.")
    return limit


def _count(arguments: Arguments, name: str, default: int) -> int:
    value = _one(arguments, name)
    if not value:
        return default
    if not _whole_number.match(value) or int(value) < 1:
        raise ParameterError("invalid_parameter", name, f"'{name}' must be a whole number from 1.")
    return int(value)


def _days(arguments: Arguments) -> tuple[date | None, date | None]:
    """`from` and `to`: of a year or a month the first day, and the last."""
    since, until = (
        days[end] if (days := _period(arguments, name)) else None for end, name in enumerate(("from", "to"))
    )
    if since and until and since > until:
        raise ParameterError("invalid_parameter", "from", f"'from' is after 'to': {since} is after {until}.")
    return since, until


def _period(arguments: Arguments, name: str) -> tuple[date, date] | None:
    value = _one(arguments, name).strip()
    days = period_days(value)
    if value and days is None:
        detail = f"'{name}' must be a date: YYYY-MM-DD, YYYY-MM or YYYY."
        raise ParameterError("invalid_parameter", name, detail)
    return days


def _filters(arguments: Arguments) -> dict[str, tuple[str, ...]]:
    given = {name: tuple(dict.fromkeys(filter(None, arguments.getlist(name)))) for name in FILTERS}
    filters = {name: values for name, values in given.items() if values}
    for name, values in filters.items():
        if len(values) > MAX_FILTER_VALUES:
            detail = f"'{name}' may be given at most {MAX_FILTER_VALUES} times."
            raise ParameterError("invalid_parameter", name, detail)
    return filters
