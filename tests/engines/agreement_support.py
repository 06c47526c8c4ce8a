"""Agreement of two engines, and short helpers that make entries and changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from searchidx.engines.contract import (
    Engine,
    EngineRequest,
    EngineResult,
    Entry,
)
from searchidx.engines.query import (
    Bool,
    Constant,
    DisMax,
    EngineQuery,
    Phrase,
)
from searchidx.model.document import (
    LEVELS,
    Level,
)
from searchidx.model.results import SORTS
from searchidx.schema import FACETS

EVERYTHING = 1_000_000
CLEARLY = 1.15
"""Field lengths may be kept roughly: only scores this far apart must come in the oracle's order."""


def document(
    row: int, folded: str = "", day: str | None = None, keywords: dict[str, str] | None = None, **fields: str
) -> Entry:
    """An entry at document level."""
    when = date.fromisoformat(day) if day else None
    return Entry("document", row, row, present({"folded": folded, **fields}), present(keywords or {}), when)


def paragraph(
    row: int, of: int, folded: str = "", day: str | None = None, keywords: dict[str, str] | None = None
) -> Entry:
    """An entry at paragraph level, of the document with the row `of`."""
    when = date.fromisoformat(day) if day else None
    return Entry("paragraph", row, of, present({"folded": folded}), present(keywords or {}), when)


def present(values: dict[str, str]) -> dict[str, str]:
    """The values that are there: an entry has no empty ones."""
    return {name: value for name, value in values.items() if value}


def apply(engine: Engine, removed: Iterable[int], entries: Iterable[Entry]) -> None:
    """Commit one change; roll it back when an entry cannot be had."""
    change = engine.begin()
    try:
        change.remove(removed)
        change.add(entries)
        change.commit()
    except BaseException:
        change.rollback()
        raise


def found(engine: Engine, query: EngineQuery, level: Level = "document") -> list[int]:
    """The rows of all entries that match, ascending."""
    return sorted(ranked(engine, query, level))


def ranked(engine: Engine, query: EngineQuery, level: Level = "document") -> list[int]:
    """The rows of all entries that match, best first."""
    answer = engine.search(EngineRequest(level, query, limit=EVERYTHING))
    assert answer.total == len(answer.hits)
    return [row for row, _ in answer.hits]


def scores(engine: Engine, query: EngineQuery) -> dict[int, float]:
    """Row → score of all documents that match."""
    return dict(engine.search(EngineRequest("document", query, limit=EVERYTHING)).hits)


def assert_agree(engine: Engine, oracle: Engine, query: EngineQuery) -> None:
    """Both give the same for a query, at both levels, in all orders, and with all facets."""
    for level in LEVELS:
        for sort in SORTS:
            request = EngineRequest(level, query, sort, limit=EVERYTHING, facets=FACETS)
            actual, expected = engine.search(request), oracle.search(request)
            assert rows_of(actual) == rows_of(expected), request
            assert actual.total == expected.total, request
            assert actual.facets == expected.facets, request
            if sort == "relevance":
                assert_ranked(actual, expected, query)
            else:
                assert [row for row, _ in actual.hits] == [row for row, _ in expected.hits], request


def assert_ranked(actual: EngineResult, expected: EngineResult, query: EngineQuery) -> None:
    """Best first, ties by row, and no two entries in an order that the oracle clearly denies."""
    assert list(actual.hits) == sorted(actual.hits, key=lambda hit: (-hit[1], hit[0])), query
    if is_sloppy(query):
        return
    wanted = dict(expected.hits)
    least, least_row = float("inf"), 0
    for row, _ in actual.hits:
        assert wanted[row] <= least * CLEARLY + 1e-6, f"{row} stands after {least_row} in {query}"
        if wanted[row] < least:
            least, least_row = wanted[row], row


def is_sloppy(query: EngineQuery) -> bool:
    """Whether a phrase with slop is in it: which entries have one is fixed, how many places they have is not."""
    match query:
        case Phrase():
            return query.slop > 0 and len(query.terms) > 1
        case Bool():
            return any(map(is_sloppy, (*query.must, *query.should, *query.must_not, *query.filter)))
        case Constant():
            return False
        case DisMax():
            return any(map(is_sloppy, query.queries))
        case _:
            return False


def rows_of(answer: EngineResult) -> list[int]:
    """The rows of an answer, ascending."""
    return sorted(row for row, _ in answer.hits)


def assert_same_state(engine: Engine, oracle: Engine, queries: Sequence[EngineQuery]) -> None:
    """Both hold the same rows, and find the same of them."""
    for level in LEVELS:
        assert list(engine.rows(level)) == list(oracle.rows(level))
        for query in queries:
            request = EngineRequest(level, query, limit=EVERYTHING, facets=FACETS)
            actual, expected = engine.search(request), oracle.search(request)
            assert rows_of(actual) == rows_of(expected), request
            assert actual.total == expected.total, request
            assert actual.facets == expected.facets, request
