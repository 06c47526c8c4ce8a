"""Does every engine agree with the oracle on corpora and queries that nobody thought of?"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchidx.engines.contract import (
    EngineRequest,
    Entry,
)
from searchidx.engines.query import (
    All,
    Bool,
    Constant,
    DateRange,
    DisMax,
    EngineQuery,
    Keyword,
    Phrase,
    Term,
)
from searchidx.model.document import (
    LEVELS,
    Level,
)
from searchidx.model.results import SORTS
from searchidx.schema import (
    FACETS,
    PHRASE_FIELDS,
)
from tests.engines.agreement_support import (
    EVERYTHING,
    apply,
    assert_agree,
    assert_same_state,
    present,
)
from tests.engines.conftest import OpenEngine
from tests.engines.oracle_support import OracleEngine

WORDS = ["a", "b", "c", "d", "ñ", "1.5"]
FIELDS = ["folded", "stem", "title_folded"]
QUOTABLE = [field for field in FIELDS if field in PHRASE_FIELDS]
SOURCES = ["EFE", "El País"]
DAYS = [date(2023, 12, 31), date(2024, 1, 1), date(2025, 6, 15)]

words = st.sampled_from(WORDS)
boosts = st.sampled_from([0.3, 1.0, 5.0])
days = st.none() | st.sampled_from(DAYS)
leaves: st.SearchStrategy[EngineQuery] = st.one_of(
    st.builds(Term, st.sampled_from(FIELDS), words, boosts),
    st.builds(
        Phrase,
        st.sampled_from(QUOTABLE),
        st.lists(words, min_size=1, max_size=4).map(tuple),
        st.integers(0, 4),
        boosts,
    ),
    st.builds(Keyword, st.just("source"), st.lists(st.sampled_from([*SOURCES, "AP"]), max_size=2).map(tuple)),
    st.builds(DateRange, days, days),
    st.just(All()),
)


def trees(depth: int) -> st.SearchStrategy[EngineQuery]:
    """Query trees with at most `depth` levels of Bool and DisMax over a leaf."""
    if depth == 0:
        return leaves
    nodes = trees(depth - 1)
    some = st.lists(nodes, max_size=2).map(tuple)
    return st.one_of(
        leaves,
        st.builds(
            Bool,
            must=some,
            should=st.lists(nodes, max_size=3).map(tuple),
            must_not=st.lists(nodes, max_size=1).map(tuple),
            filter=st.lists(nodes, max_size=1).map(tuple),
            minimum_should=st.integers(0, 3),
        ),
        st.builds(Bool, should=st.lists(nodes, max_size=4).map(tuple), minimum_should=st.integers(0, 3)),
        st.builds(Constant, nodes, st.sampled_from([0.5, 3.0])),
        st.builds(DisMax, st.lists(nodes, max_size=3).map(tuple)),
    )


@st.composite
def document_entries(draw: st.DrawFn, row: int) -> list[Entry]:
    """A document with up to two paragraphs; its rows say which document and version they belong to."""
    text = st.lists(words, max_size=7).map(" ".join)
    levels: list[Level] = ["document", *["paragraph"] * draw(st.integers(0, 2))]  # type: ignore[list-item]
    return [
        Entry(
            level,
            row if level == "document" else 10 * row + number,
            row,
            present({field: draw(text) for field in FIELDS}),
            present({"source": draw(st.sampled_from(["", *SOURCES]))}),
            draw(days),
        )
        for number, level in enumerate(levels)
    ]


@st.composite
def batches(draw: st.DrawFn, most: int) -> list[tuple[list[int], list[Entry]]]:
    """Up to `most` batches, each with documents to remove and entries to add."""
    drawn: list[tuple[list[int], list[Entry]]] = []
    for _ in range(draw(st.integers(1, most))):
        removed = draw(st.lists(st.integers(1, 9), max_size=3)) if drawn else []
        rows = draw(st.lists(st.integers(1, 9), max_size=5, unique=True))
        drawn.append((removed, [entry for row in rows for entry in draw(document_entries(row))]))
    return drawn


modestly = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@modestly
@given(batches=batches(4), queries=st.lists(trees(3), min_size=1, max_size=8))
def test_random_queries_find_the_same_in_random_corpora_after_random_updates(
    open_engine: OpenEngine, batches: list[tuple[list[int], list[Entry]]], queries: Sequence[EngineQuery]
) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(open_engine(Path(folder) / "engine")) as engine:
        oracle = OracleEngine(Path(folder) / "oracle")
        for removed, entries in batches:
            apply(engine, removed, entries)
            apply(oracle, removed, entries)
        assert_same_state(engine, oracle, queries)
        for query in queries:
            request = EngineRequest("document", query, "date", offset=1, limit=3)
            actual, expected = engine.search(request), oracle.search(request)
            assert [row for row, _ in actual.hits] == [row for row, _ in expected.hits]
            best = engine.best_paragraphs(query, range(1, 10), EVERYTHING)
            wanted = oracle.best_paragraphs(query, range(1, 10), EVERYTHING)
            assert {row: (set(one.rows), one.total) for row, one in best.items()} == {
                row: (set(one.rows), one.total) for row, one in wanted.items()
            }


@modestly
@given(batches=batches(1), queries=st.lists(trees(2), min_size=1, max_size=5))
def test_random_queries_rank_the_same_where_nothing_was_ever_removed(
    open_engine: OpenEngine, batches: list[tuple[list[int], list[Entry]]], queries: Sequence[EngineQuery]
) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(open_engine(Path(folder) / "engine")) as engine:
        oracle = OracleEngine(Path(folder) / "oracle")
        for removed, entries in batches:
            apply(engine, removed, entries)
            apply(oracle, removed, entries)
        for query in queries:
            assert_agree(engine, oracle, query)
            for level in LEVELS:
                for sort in SORTS:
                    whole = engine.search(EngineRequest(level, query, sort, limit=EVERYTHING, facets=FACETS))
                    page = engine.search(EngineRequest(level, query, sort, 1, 2, FACETS))
                    assert (page.total, page.facets) == (whole.total, whole.facets)
                    assert page.hits == whole.hits[1:3]
