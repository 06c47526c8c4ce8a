"""Which search does a page's address ask for, and which address asks for a search?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from searchidx import Index, Level, Results, Sort
from web.request_params import (
    FACETS,
    Arguments,
    Narrowed,
    PageDocumentAsked,
    PageSearchAsked,
)


@dataclass(frozen=True, slots=True)
class SearchParameters:
    """One search, as an address says it."""

    query: str
    level: Level = "document"
    page: int = 1
    per_page: int = 10
    sort: Sort = "relevance"
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: dt.date | None = None  # the parameter `from`
    until: dt.date | None = None  # the parameter `to`
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

    def between(self, since: dt.date | None, until: dt.date | None) -> SearchParameters:
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


def read_search(arguments: Arguments, facets: Sequence[str] | None = None) -> SearchParameters:
    """The search that a page's address asks for; ParameterError for what cannot be meant.

    `facets` are those that a page shows; without it the address says which. Unknown parameters are ignored, as is
    one without a value: a form sends those.
    """
    asked = PageSearchAsked.read(arguments)
    return search_of(asked if facets is None else asked.model_copy(update={"facets": tuple(facets)}))


def search_of(asked: Narrowed) -> SearchParameters:
    """The search that a request asks for."""
    given = {name: tuple(getattr(asked, name)) for name in FACETS}
    return SearchParameters(
        query=asked.q,
        level=asked.level,
        filters={name: values for name, values in given.items() if values},
        since=asked.since,
        until=asked.until,
        facets=asked.facets,
        variants=asked.variants,
        synonyms=asked.synonyms,
        **asked.model_dump(include={"page", "per_page", "sort", "explain"}),
    )


def read_query(arguments: Arguments) -> str:
    """The query of a document's page, "" when there is none."""
    return PageDocumentAsked.read(arguments).q
