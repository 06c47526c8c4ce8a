"""The search of an address, and the address of a search."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from typing import Unpack

from searchidx import Index, Results, SearchKeywords, SearchOptions
from web.request_params import Arguments, FilterParams, SearchParams

_OPTION_NAMES = frozenset(option.name for option in fields(SearchOptions))
_DEFAULTS = SearchOptions()


@dataclass(frozen=True, slots=True)
class Search:
    """A query with its options."""

    query: str
    options: SearchOptions = field(default_factory=SearchOptions)

    def run(self, index: Index) -> Results:
        """The results in an index."""
        return index.search(self.query, self.options)

    def with_query(self, query: str) -> Search:
        """The same options for another query, from the first page."""
        return replace(self.with_options(), query=query)

    def with_options(self, **changes: Unpack[SearchKeywords]) -> Search:
        """The same query with some options changed; from the first page, unless `page` is given."""
        options: SearchKeywords = {"page": 1, **changes}
        return replace(self, options=replace(self.options, **options))

    def without_filters(self) -> Search:
        """The same query over the whole archive."""
        return self.with_options(filters={}, since=None, until=None)


def read_search(params: type[SearchParams], arguments: Arguments, **changes: Unpack[SearchKeywords]) -> Search:
    """The search that the parameters of an address describe, with some options set by the caller.

    `params` lists the parameters that the view reads; ParameterError for values that cannot be read. Unknown
    parameters are ignored, and parameters without a value, because a form sends those.
    """
    found = params.read(arguments)
    given = FilterParams.read(arguments).model_dump()
    filters = {name: tuple(values) for name, values in given.items() if values}
    options = SearchOptions(filters=filters, **found.model_dump(include=set(_OPTION_NAMES)))
    return Search(found.q, replace(options, **changes))


def search_pairs(search: Search) -> list[tuple[str, str]]:
    """The parameters of a search's address, `q` first and `page` last; defaults are left out."""
    page = search.options.page
    return [("q", search.query), *option_pairs(search.options), *([("page", str(page))] if page > 1 else [])]


def option_pairs(options: SearchOptions) -> list[tuple[str, str]]:
    """The parameters of options that are not the default, but for the page."""
    plain = ((name, str(getattr(options, name))) for name in ("level", "sort", "per_page"))
    pairs = [(name, value) for name, value in plain if value != str(getattr(_DEFAULTS, name))]
    pairs += [(name, "false") for name in ("variants", "synonyms") if not getattr(options, name)]
    days = (("from", options.since), ("to", options.until))
    pairs += [(name, day.isoformat()) for name, day in days if day]
    return pairs + [(name, value) for name, values in options.filters.items() for value in values]
