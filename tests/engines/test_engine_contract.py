"""Does every engine find, rank, count and page as the contract says? `OracleEngine` says what is right."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from searchidx.engines.contract import (
    Engine,
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
from searchidx.model.results import Sort
from searchidx.schema import FACETS
from tests.engines.agreement_support import (
    EVERYTHING,
    apply,
    assert_agree,
    assert_ranked,
    document,
    found,
    is_sloppy,
    paragraph,
    ranked,
    rows_of,
    scores,
)
from tests.engines.conftest import OpenEngine
from tests.engines.oracle_support import OracleEngine
from tests.engines.questions_support import (
    ACUERD,
    CORPUS,
    DE,
    ESTAD,
    FROM_EFE,
    KAZAJ,
    QUERIES,
    RUSI,
    UNKNOWN,
)


@pytest.fixture(scope="module")
def library(open_engine: OpenEngine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """An engine with CORPUS, which no test changes."""
    opened = open_engine(tmp_path_factory.mktemp("library") / "engine")
    apply(opened, [], CORPUS)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> OracleEngine:
    """The oracle with CORPUS."""
    opened = OracleEngine(tmp_path_factory.mktemp("truth"))
    apply(opened, [], CORPUS)
    return opened


@pytest.mark.parametrize(("query", "rows"), QUERIES, ids=str)
def test_a_query_finds_its_documents(library: Engine, query: EngineQuery, rows: list[int]) -> None:
    assert found(library, query) == rows


@pytest.mark.parametrize("query", [query for query, _ in QUERIES], ids=str)
def test_a_query_finds_ranks_sorts_and_counts_as_the_oracle(
    library: Engine, truth: OracleEngine, query: EngineQuery
) -> None:
    assert_agree(library, truth, query)


@pytest.mark.parametrize("query", [All(), ACUERD, Bool(should=(ACUERD, ESTAD, DE)), Bool(must_not=(KAZAJ,))])
@pytest.mark.parametrize("sort", ["relevance", "date", "-date"])
@pytest.mark.parametrize("level", LEVELS)
def test_pages_are_slices_of_the_whole_answer_and_do_not_change_its_facts(
    library: Engine, level: Level, query: EngineQuery, sort: Sort
) -> None:
    whole = library.search(EngineRequest(level, query, sort, limit=EVERYTHING, facets=FACETS))
    for offset in (0, 1, 2, 3, 9, 10, 11, 10_000):
        for limit in (0, 1, 2, 3, 10):
            page = library.search(EngineRequest(level, query, sort, offset, limit, FACETS))
            assert page.total == whole.total
            assert page.facets == whole.facets
            assert [row for row, _ in page.hits] == [row for row, _ in whole.hits[offset : offset + limit]]


def test_an_empty_engine_answers_everything_with_nothing(engine: Engine) -> None:
    for query, _ in QUERIES:
        answer = engine.search(EngineRequest("document", query, facets=("source", "year")))
        assert answer.total == 0
        assert answer.hits == ()
        assert answer.facets == {"source": {}, "year": {}}
        assert engine.best_paragraphs(query, [1, 2], 3) == {}
    assert list(engine.rows("document")) == list(engine.rows("paragraph")) == []


def test_the_levels_are_searched_apart(library: Engine) -> None:
    assert found(library, ACUERD, "document") == [1, 2, 3, 8, 10]
    assert found(library, ACUERD, "paragraph") == [1, 2, 7, 9]
    assert list(library.rows("document")) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert list(library.rows("paragraph")) == [1, 2, 3, 7, 8, 9, 40]


def test_facets_count_all_matches_and_leave_out_those_without_a_value(library: Engine) -> None:
    facets = ("source", "place", "author", "language", "year", "month")
    answer = library.search(EngineRequest("document", All(), limit=0, facets=facets))
    assert answer.facets == {
        "source": {"EFE": 3, "El País": 2, "20minutos, edición": 1, "efe": 1},
        "place": {"Moscú": 1, "Astaná": 1, "Madrid": 1},
        "author": {"mos/lar": 2},
        "language": {"es": 4, "fr": 1},
        "year": {"2025": 2, "2024": 2, "2023": 1, "1999": 1, "0987": 1},
        "month": {"2025-11": 2, "2024-02": 2, "2023-12": 1, "1999-01": 1, "0987-06": 1},
    }


def test_only_the_facets_asked_for_are_counted(library: Engine) -> None:
    assert library.search(EngineRequest("document", ACUERD)).facets == {}
    assert library.search(EngineRequest("document", ACUERD, facets=("place",))).facets == {
        "place": {"Moscú": 1, "Astaná": 1}
    }
    assert library.search(EngineRequest("paragraph", ACUERD, facets=("year",))).facets == {
        "year": {"2025": 3, "1999": 1}
    }


def test_dates_sort_both_ways_with_undated_last_and_ties_by_row(library: Engine) -> None:
    def rows(sort: Sort) -> list[int]:
        return [row for row, _ in library.search(EngineRequest("document", All(), sort)).hits]

    assert rows("date") == [10, 8, 6, 4, 3, 1, 2, 5, 7, 9]
    assert rows("-date") == [1, 2, 3, 4, 6, 8, 10, 5, 7, 9]


def test_what_scores_the_same_comes_by_row(engine: Engine) -> None:
    apply(engine, [], [document(row, "a b", "2025-01-01") for row in (30, 4, 100, 7)])
    apply(engine, [], [document(row, "a b", "2025-01-01") for row in (5, 200, 1)])
    for query in (Term("folded", "a"), All(), Phrase("folded", ("a", "b")), Bool(must_not=(UNKNOWN,))):
        for sort in ("relevance", "date", "-date"):
            answer = engine.search(EngineRequest("document", query, sort, limit=5))
            assert [row for row, _ in answer.hits] == [1, 4, 5, 7, 30]


PRINTABLE = """
1.5 1 5 source:efe source : " ' «a» tokáyev tokayev токаев Токаев año ano an\u0303o ¶ 日本 É é ſ ß ss İ
c++ * a* ? [ ( ) {} AND and NOT or TO \\ / ^2 ~ - a-b a,b b <b> &amp; % #p1 _ __all__ 0 -1 😀
"""
ODD_TERMS = PRINTABLE.split()
ODD_TERMS += ["👨\u200d👩\u200d👧", "😀" * 64, "a" * 64, "a" * 63, "a\u00a0b", "a\u2028b"]


def test_a_term_is_found_exactly_as_it_was_given(engine: Engine) -> None:
    apply(engine, [], [document(row, f"{term} ¬", stem=term) for row, term in enumerate(ODD_TERMS, 1)])
    for row, term in enumerate(ODD_TERMS, 1):
        assert found(engine, Term("folded", term)) == [row], term
        assert found(engine, Term("stem", term)) == [row], term
        assert found(engine, Phrase("folded", (term, "¬"))) == [row], term
        assert found(engine, Phrase("folded", ("¬", term), 2)) == [row], term


def test_keyword_values_are_matched_and_counted_exactly(engine: Engine) -> None:
    values = [*ODD_TERMS, "a b", "A b", "a  b", "ruta/" * 800]
    apply(engine, [], [document(row, "", None, {"path": v, "source": v}) for row, v in enumerate(values, 1)])
    for row, value in enumerate(values, 1):
        assert found(engine, Keyword("path", (value,))) == [row], value
    counts = engine.search(EngineRequest("document", All(), facets=("source",))).facets["source"]
    assert counts == dict.fromkeys(values, 1)


def test_a_separator_term_keeps_phrases_apart(engine: Engine) -> None:
    apply(engine, [], [document(1, "golp ¶ ¶ ¶ ¶ de estad"), document(2, "golp de estad ¶ otr")])
    assert found(engine, Phrase("folded", ("golp", "de", "estad"), 3)) == [2]
    assert found(engine, Phrase("folded", ("golp", "de"), 4)) == [1, 2]
    assert found(engine, Term("folded", "¶")) == [1, 2]


def test_phrases_do_not_cross_fields_or_entries(engine: Engine) -> None:
    apply(engine, [], [document(1, "a", title_folded="b"), paragraph(1, 1, "a"), paragraph(2, 1, "b")])
    for level in LEVELS:
        assert found(engine, Phrase("folded", ("a", "b"), 5), level) == []


def test_a_rarer_term_scores_above_a_frequent_one(engine: Engine) -> None:
    apply(engine, [], [document(1, "often"), document(2, "rare"), *(document(n, "often") for n in range(3, 9))])
    assert ranked(engine, Bool(should=(Term("folded", "often"), Term("folded", "rare"))))[0] == 2


def test_a_term_scores_more_often_and_in_shorter_fields_better(engine: Engine) -> None:
    apply(
        engine, [], [document(1, "a b c d e f g h"), document(2, "a b"), document(3, "a a"), document(4, "b c d")]
    )
    assert ranked(engine, Term("folded", "a")) == [3, 2, 1]


def test_a_boost_scales_a_score(library: Engine) -> None:
    queries: list[tuple[EngineQuery, EngineQuery]] = [
        (ACUERD, Term("folded", "acuerd", 4.0)),
        (Phrase("folded", ("rusi", "acuerd")), Phrase("folded", ("rusi", "acuerd"), 0, 4.0)),
        (Phrase("folded", ("rusi", "acuerd"), 2), Phrase("folded", ("rusi", "acuerd"), 2, 4.0)),
        (Bool(must=(ACUERD, All())), Bool(must=(Term("folded", "acuerd", 4.0), All()))),
        (DisMax((ACUERD, UNKNOWN)), DisMax((Term("folded", "acuerd", 4.0), UNKNOWN))),
    ]
    for plain, boosted in queries:
        expected = {row: pytest.approx(4 * score) for row, score in scores(library, plain).items()}
        assert scores(library, boosted) == expected


def test_a_boost_decides_the_order(engine: Engine) -> None:
    apply(engine, [], [document(1, "a"), document(2, "b")])
    assert ranked(engine, Bool(should=(Term("folded", "a", 3.0), Term("folded", "b")))) == [1, 2]
    assert ranked(engine, Bool(should=(Term("folded", "a"), Term("folded", "b", 3.0)))) == [2, 1]
    assert ranked(engine, Bool(should=(Term("folded", "a", 0.01), Term("folded", "b", 0.03)))) == [2, 1]


def test_filters_keywords_dates_and_exclusions_add_nothing_to_a_score(library: Engine) -> None:
    plain = scores(library, ACUERD)
    anywhen = DateRange(None, None)
    scoring: list[EngineQuery] = [
        Bool(must=(ACUERD,), filter=(FROM_EFE,)),
        Bool(must=(ACUERD,), filter=(RUSI,)),
        Bool(must=(ACUERD, FROM_EFE)),
        Bool(must=(ACUERD, anywhen, All())),
        Bool(must=(ACUERD,), should=(FROM_EFE, anywhen, All())),
        Bool(must=(ACUERD,), must_not=(KAZAJ,)),
        Bool(must=(ACUERD, Bool(must_not=(KAZAJ,)))),
        Bool(should=(ACUERD,), filter=(All(),), must_not=(DE,), minimum_should=1),
        DisMax((ACUERD, FROM_EFE)),
    ]
    for query in scoring:
        for row, score in scores(library, query).items():
            assert score == pytest.approx(plain.get(row, 0.0)), query
    silent: list[EngineQuery] = [All(), FROM_EFE, anywhen, Bool(filter=(ACUERD,)), Bool(must_not=(ACUERD,))]
    for query in silent:
        assert set(scores(library, query).values()) == {0.0}, query


def test_the_scores_of_given_rows_are_those_of_a_search(library: Engine) -> None:
    query = Bool(should=(ACUERD, KAZAJ))
    found = scores(library, query)
    wanted = [row for row in found if row % 2] + [999]
    explained = library.scores("document", query, wanted)
    assert explained == {row: pytest.approx(found[row]) for row in wanted if row in found}
    assert library.scores("document", query, []) == {}


def test_a_constant_gives_each_match_the_same_score(library: Engine) -> None:
    assert set(scores(library, Constant(ACUERD, 3.0)).values()) == {3.0}
    one, both = scores(library, KAZAJ), scores(library, Bool(must=(KAZAJ, Constant(KAZAJ, 3.0))))
    assert both == {row: pytest.approx(score + 3.0) for row, score in one.items()}


def test_scores_add_up_in_bool_and_compete_in_dismax(library: Engine) -> None:
    one, two = scores(library, ACUERD)[1], scores(library, KAZAJ)[1]
    assert scores(library, Bool(must=(ACUERD, KAZAJ)))[1] == pytest.approx(one + two)
    assert scores(library, Bool(should=(ACUERD, KAZAJ)))[1] == pytest.approx(one + two)
    assert scores(library, Bool(must=(ACUERD,), should=(KAZAJ,)))[1] == pytest.approx(one + two)
    assert scores(library, DisMax((ACUERD, KAZAJ)))[1] == pytest.approx(max(one, two))


def test_a_score_is_bm25_where_lengths_are_small(library: Engine, truth: OracleEngine) -> None:
    for query, _ in QUERIES:
        if not is_sloppy(query):
            expected = {row: pytest.approx(score, rel=0.15) for row, score in scores(truth, query).items()}
            assert scores(library, query) == expected, query


def test_a_phrase_with_slop_scores_more_than_nothing(library: Engine) -> None:
    for query, rows in QUERIES:
        if isinstance(query, Phrase) and query.slop:
            assert [row for row, score in sorted(scores(library, query).items()) if score > 0] == rows, query


def test_best_paragraphs_gives_the_best_of_each_document_that_has_any(library: Engine) -> None:
    best = library.best_paragraphs(Bool(should=(ACUERD, KAZAJ)), [1, 2, 5, 99], 1)
    assert {document: (list(one.rows), one.total) for document, one in best.items()} == {
        1: ([2], 2),
        2: ([7], 1),
    }


@pytest.mark.parametrize("limit", [0, 1, 2, 10])
@pytest.mark.parametrize("documents", [[], [1], [8, 1], [2, 5, 9, 99], [1, 2, 5, 8]])
def test_best_paragraphs_agrees_with_the_oracle(
    library: Engine, truth: OracleEngine, documents: list[int], limit: int
) -> None:
    for query in (ACUERD, RUSI, UNKNOWN, All(), FROM_EFE, Bool(must_not=(ACUERD,)), DateRange(None, None)):
        assert library.best_paragraphs(query, documents, limit) == truth.best_paragraphs(query, documents, limit)


def test_a_plan_may_be_wide_and_deep(library: Engine, truth: OracleEngine) -> None:
    forms = (*(Term("folded", f"form{number}") for number in range(1_023)), ACUERD)
    nested: EngineQuery = ACUERD
    for _ in range(32):
        nested = Bool(must=(nested,), should=(RUSI,))
    for query in (
        Bool(should=forms),
        DisMax(forms),
        nested,
        Bool(must=(RUSI, DisMax(forms))),
        Keyword("source", (*(f"source {number}" for number in range(1_023)), "EFE")),
    ):
        assert_agree(library, truth, query)


def many() -> Iterator[Entry]:
    """3,000 documents: more than engines keep in one block or look at in one go."""
    for row in range(1, 3_001):
        words = ["common"] * (1 + row % 7) + [f"w{row % 50}", f"x{row % 1_000}", "pad"] * (1 + row % 3)
        keywords = {"source": f"s{row % 5}"} if row % 4 else {}
        yield document(row, " ".join(words), f"20{row % 30:02}-0{1 + row % 9}-11" if row % 3 else None, keywords)


def test_many_entries_are_counted_exactly_and_paged_without_gaps(engine: Engine, oracle: OracleEngine) -> None:
    entries = list(many())
    for one in (engine, oracle):
        apply(one, [], entries[:2_000])
        apply(one, [], entries[2_000:])
    common, rare, pad = Term("folded", "common"), Term("folded", "w7"), Term("folded", "pad")
    for query in (
        All(),
        common,
        Bool(should=(common, rare, Term("folded", "x7"))),
        Bool(should=tuple(Term("folded", f"w{number}") for number in range(50))),
        Bool(
            must=(common,), should=(rare,), must_not=(Term("folded", "w3"),), filter=(Keyword("source", ("s1",)),)
        ),
        Bool(should=(common, rare, pad), minimum_should=3),
        DisMax((common, rare, pad)),
        Phrase("folded", ("pad", "w7"), 1),
        Phrase("folded", ("common", "w7"), 3),
    ):
        request = EngineRequest("document", query, limit=EVERYTHING, facets=FACETS)
        whole, expected = engine.search(request), oracle.search(request)
        assert rows_of(whole) == rows_of(expected)
        assert (whole.total, whole.facets) == (expected.total, expected.facets)
        assert_ranked(whole, expected, query)
        for offset in (0, 7, 1_000):
            page = engine.search(EngineRequest("document", query, offset=offset, limit=5))
            assert page.total == whole.total
            assert page.hits == whole.hits[offset : offset + 5]
