"""The options of a search, and their bounds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from searchidx.errors import QueryError
from searchidx.model.document import LEVELS, Level
from searchidx.model.results import MAX_WINDOW, SORTS, Sort
from searchidx.search.filters import Filters, check_facets

MAX_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """The options of one search: the same for Python, the command, the pages and the JSON endpoint."""

    level: Level = "document"
    page: int = 1  # from 1
    per_page: int = 10  # up to MAX_PER_PAGE
    sort: Sort = "relevance"
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)  # of `schema.FILTERS` → values, any of them
    since: dt.date | None = None  # hits dated on this day or later
    until: dt.date | None = None  # hits dated on this day or earlier
    facets: Sequence[str] = ()  # of `schema.FACETS`, counted over all hits, without their own field's filter
    variants: bool = True  # other spellings of names are found too
    synonyms: bool = True  # other names of the same thing are found too
    prefix_fallback: bool = False  # when nothing has all words, search the last word as a prefix
    explain: bool = False  # results explain how the query was understood and what each score is made of
    highlight: bool = True  # off, hits have no snippets, ranges or count of paragraphs, and cost less

    @property
    def all_filters(self) -> Filters:
        """The filters by value and by date."""
        return Filters(self.filters, self.since, self.until)

    def check(self) -> None:
        """Raise QueryError for a value out of range, UnknownFieldError for a field that does not exist."""
        _check_choice("level", self.level, LEVELS)
        _check_choice("sort", self.sort, SORTS)
        if not 1 <= self.per_page <= MAX_PER_PAGE:
            raise QueryError("per_page", f"{self.per_page} is not from 1 to {MAX_PER_PAGE}")
        if self.page < 1:
            raise QueryError("page", f"{self.page} is not a page; the first is 1")
        if self.page * self.per_page > MAX_WINDOW:
            raise QueryError("page", f"only the first {MAX_WINDOW} hits can be shown; narrow the query")
        self.all_filters.check()
        check_facets(self.facets)


class SearchKeywords(TypedDict, total=False):
    """The fields of `SearchOptions` as keyword arguments of `Index.search`."""

    level: Level
    page: int
    per_page: int
    sort: Sort
    filters: Mapping[str, Sequence[str]]
    since: dt.date | None
    until: dt.date | None
    facets: Sequence[str]
    variants: bool
    synonyms: bool
    prefix_fallback: bool
    explain: bool
    highlight: bool


def _check_choice(parameter: str, value: str, choices: Sequence[str]) -> None:
    if value not in choices:
        raise QueryError(parameter, f"{value!r} is not one of {', '.join(choices)}")
