"""What may a search be asked besides its query, and within which bounds?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from searchidx.errors import QueryError
from searchidx.model.document import (
    LEVELS,
    Level,
)
from searchidx.model.results import (
    MAX_WINDOW,
    SORTS,
    Sort,
)
from searchidx.query.planning.planner import PlanOptions
from searchidx.search.filters import (
    Filters,
    check_facets,
)

MAX_PER_PAGE = 100


@dataclass(frozen=True, slots=True)
class SearchOptions:
    """What is asked besides the query."""

    level: Level = "document"
    page: int = 1
    per_page: int = 10
    sort: Sort = "relevance"
    narrowing: Filters = field(default_factory=Filters)
    facets: Sequence[str] = ()  # of `engines.base.FACETS`
    wishes: PlanOptions = field(default_factory=PlanOptions)
    explain: bool = False
    highlight: bool = True  # without it hits have neither snippets nor marks

    def check(self) -> None:
        """Raise QueryError for what is out of range, UnknownFieldError for a field that is not there."""
        _check_choice("level", self.level, LEVELS)
        _check_choice("sort", self.sort, SORTS)
        if not 1 <= self.per_page <= MAX_PER_PAGE:
            raise QueryError("per_page", f"{self.per_page} is not from 1 to {MAX_PER_PAGE}")
        if self.page < 1:
            raise QueryError("page", f"{self.page} is not a page; the first is 1")
        if self.page * self.per_page > MAX_WINDOW:
            raise QueryError("page", f"only the first {MAX_WINDOW} hits can be shown; narrow the query")
        self.narrowing.check()
        check_facets(self.facets)


def _check_choice(parameter: str, value: str, choices: Sequence[str]) -> None:
    if value not in choices:
        raise QueryError(parameter, f"{value!r} is not one of {', '.join(choices)}")
