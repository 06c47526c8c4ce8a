"""Searches in the five articles: hits, snippets, pages, sorting, filters and errors."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchidx.errors import DocumentNotFoundError, QueryError, UnknownFieldError
from searchidx.index import Index
from searchidx.model.document import (
    LEVELS,
    Level,
)
from searchidx.model.results import (
    SORTS,
    Hit,
    Results,
    Sort,
)
from tests.index_support import SEEDS, found_with_all

EXPECTED = {
    "reunión": ["000", "001", "004"],
    "reunion": ["000", "001", "004"],
    "REUNIONES": ["000", "001", "004"],
    "reunio\u0301n": ["000", "001", "004"],
    "acuerdos": ["000", "001", "002", "003"],
    "año": ["004"],
    "an\u0303o": ["004"],
    "ano": [],
    '"tierras raras"': ["001"],
    "«tierras raras»": ["001"],
    "EE.UU.": ["000", "001", "004"],
    "EE. UU.": ["000", "001", "004"],
    "EEUU": ["000", "001", "004"],
    "ee uu": ["000", "001", "004"],
    "30000": ["001", "004"],
    "30.000": ["001", "004"],
    "30 000": ["001", "004"],
    "Trump Y Lukoil": ["001", "004"],
    "Trump AND Lukoil": ["001", "004"],
    "Rusia NO EFE": ["000", "002", "003"],
    "Rusia -EFE": ["000", "002", "003"],
    "fuente:EFE": ["001", "004"],
    "source:efe": ["001", "004"],
    "NO fuente:EFE": ["000", "002", "003"],
    "lugar:moscu": ["001", "004"],
    "fecha:2025-11-11": ["004"],
    "fecha:2025-11": ["001", "004"],
    "desde:2025-11-12": ["001"],
    "hasta:2025-11-11": ["004"],
    "título:amistad": ["001"],
    "texto:amistad": ["001", "003"],
    "hídricos O hidroeléctrica": ["002", "003"],
    "+Rosatom -Toqaev": ["004"],
    "Rosatom (Ucrania O Kirguistán)": ["003", "004"],
    '"ruso kazaja"': ["002"],
    '"kazaja ruso"': [],
    "el de la": ["000", "001", "002", "003", "004"],
    "": [],
    "¿?": [],
    "xyzzy": [],
}


@pytest.mark.parametrize(("query", "expected"), EXPECTED.items())
def test_a_query_finds_exactly_the_articles_that_answer_it(seeds: Index, query: str, expected: list[str]) -> None:
    assert found_with_all(seeds, query) == expected


def hit(results: Results, number: str) -> Hit:
    return next(each for each in results.hits if each.id.startswith(number))


def found_ids(index: Index, query: str) -> list[str]:
    return [each.id[:3] for each in index.search(query).hits]


def marked(each: Hit) -> list[str]:
    return [snippet.text[start:end] for snippet in each.snippets for start, end in snippet.ranges]


def test_a_quoted_phrase_is_marked_as_one(seeds: Index) -> None:
    assert marked(seeds.search('"tierras raras"').hits[0]) == ["tierras raras"]


def test_the_words_are_marked_as_they_stand_never_as_their_stem(seeds: Index) -> None:
    assert set(marked(hit(seeds.search("reuniones"), "000"))) == {"reunión", "reuniones", "reunieron"}


def test_words_that_stand_in_different_paragraphs_are_both_shown(seeds: Index) -> None:
    shown = hit(seeds.search("Trump Y Lukoil"), "004")
    assert {snippet.paragraph for snippet in shown.snippets} == {9, 11}
    assert set(shown.matched) == {"trump", "lukoil"}


def test_a_word_of_the_title_is_marked_there(seeds: Index) -> None:
    shown = hit(seeds.search("amistad"), "001")
    assert [shown.title[start:end] for start, end in shown.title_ranges] == ["amistad"]


def test_a_source_answers_without_anything_to_mark_in_the_text(seeds: Index) -> None:
    for each in seeds.search("fuente:EFE").hits:
        assert (each.paragraphs_matched, len(each.snippets), marked(each)) == (0, 1, [])


def test_paragraphs_are_found_for_themselves_not_for_their_title(seeds: Index) -> None:
    results = seeds.search("amistad", level="paragraph")
    assert [(each.document_id[:3], each.id[-3:]) for each in results.hits] == [("001", "#p1"), ("003", "#p8")]


def test_a_paragraph_of_another_source_is_left_out_too(seeds: Index) -> None:
    ids = {each.document_id[:3] for each in seeds.search("Rusia NO EFE", level="paragraph", per_page=100).hits}
    assert ids == {"000", "002", "003"}


def counts(results: Results) -> tuple[str, int, int, int]:
    return results.match, results.total, results.total_most, results.total_all


def test_the_result_says_how_many_hits_have_all_and_most_words(seeds: Index) -> None:
    assert counts(seeds.search("gas")) == ("all", 3, 3, 3)
    assert counts(seeds.search("gas Y petróleo")) == ("all", 3, 3, 3)
    assert counts(seeds.search("Uzbekistán EFE")) == ("any", 3, 0, 0)
    assert counts(seeds.search('xyzzy "tierras raras"')) == ("any", 1, 0, 0)
    several = seeds.search("gas petróleo carbón electricidad")
    assert several.total > several.total_most >= several.total_all
    assert counts(seeds.search("gas petróleo carbón electricidad", level="paragraph"))[0] == "any"


@pytest.mark.parametrize("level", LEVELS)
def test_the_counts_are_those_of_the_operators(seeds: Index, level: Level) -> None:
    several = seeds.search("gas petróleo energía", level=level)
    assert several.total == seeds.search("gas O petróleo O energía", level=level).total
    assert several.total_all == seeds.search("gas Y petróleo Y energía", level=level).total


def test_the_interpretation_has_no_stop_words(seeds: Index) -> None:
    assert seeds.search("acuerdo con Tokayev").interpreted == "acuerdo tokayev"
    assert seeds.search("Rusia NO EFE").interpreted == "rusia NO efe"


def test_totals_are_the_same_on_every_page(seeds: Index) -> None:
    pages = [seeds.search("Rusia", per_page=2, page=page) for page in (1, 2, 3, 4)]
    assert [page.total for page in pages] == [5, 5, 5, 5]
    assert [len(page.hits) for page in pages] == [2, 2, 1, 0]
    assert [page.next_page for page in pages] == [2, 3, None, None]
    assert len({each.id for page in pages for each in page.hits}) == 5


@pytest.mark.parametrize(("sort", "expected"), [("date", ["004", "001"]), ("-date", ["001", "004"])])
def test_sorting_by_date_puts_undated_articles_last(seeds: Index, sort: Sort, expected: list[str]) -> None:
    assert [each.id[:3] for each in seeds.search("Rusia", sort=sort).hits] == [*expected, "000", "002", "003"]


def test_a_query_of_filters_alone_gives_the_newest_first(seeds: Index) -> None:
    assert [each.id[:3] for each in seeds.search("lugar:Moscú desde:2025").hits][:2] == ["001", "004"]
    assert [each.date for each in seeds.search("fecha:2025").hits] == [date(2025, 11, 12), date(2025, 11, 11)]


def test_facets_count_over_all_hits(seeds: Index) -> None:
    facets = seeds.search("Rusia", per_page=1, facets=["source", "year", "month"]).facets
    counts = {name: [(value.value, value.count) for value in values] for name, values in facets.items()}
    assert counts == {"source": [("EFE", 2)], "year": [("2025", 2)], "month": [("2025-11", 2)]}


def test_filters_keep_what_has_one_of_the_values(seeds: Index) -> None:
    results = seeds.search("Rusia", filters={"source": ["EFE", "Reuters"]})
    assert sorted(each.id[:3] for each in results.hits) == ["001", "004"]


def test_warnings_have_the_range_that_was_misread(seeds: Index) -> None:
    results = seeds.search('acuerdo "gas')
    assert [(each.code, results.query[each.start : each.end]) for each in results.warnings] == [
        ("unbalanced_quote", '"')
    ]
    assert [each.id[:3] for each in results.hits] == found_ids(seeds, "acuerdo gas")


@pytest.mark.parametrize(
    "parameters",
    [{"page": 0}, {"per_page": 0}, {"per_page": 101}, {"page": 1001}, {"level": "word"}, {"sort": "size"}],
)
def test_a_parameter_out_of_range_is_refused_by_name(seeds: Index, parameters: dict[str, object]) -> None:
    with pytest.raises(QueryError) as refused:
        seeds.search("Rusia", **parameters)  # type: ignore[arg-type]
    assert refused.value.parameter in parameters


def test_an_unknown_field_is_refused_with_those_that_are_known(seeds: Index) -> None:
    with pytest.raises(UnknownFieldError, match="source"):
        seeds.search("Rusia", filters={"colour": ["red"]})
    with pytest.raises(UnknownFieldError, match="year"):
        seeds.search("Rusia", facets=["colour"])


def test_the_articles_were_read_as_a_reader_reads_them(seeds: Index) -> None:
    first, second, fifth = (
        seeds.document(path.name) for path in sorted(SEEDS.iterdir()) if path.name[:3] in "000 001 004"
    )
    assert len(first.paragraphs) == 5
    assert "Post Comment" not in first.text
    assert (second.date, second.place, second.source) == (date(2025, 11, 12), "Moscú", "EFE")
    assert second.title == (
        "Putin y Tokáyev refuerzan amistad con declaración sobre alianza y asociación estratégica"
    )
    assert "2 minutos" not in fifth.text
    assert "mos/lar" not in fifth.text


def test_a_document_shows_everything_that_a_query_marks(seeds: Index) -> None:
    document_id = next(path.name for path in SEEDS.iterdir() if path.name.startswith("001"))
    matched = seeds.matched_document(document_id, "Tokáyev tierras")
    pairs = zip(matched.document.paragraphs, matched.ranges, strict=True)
    words = {paragraph.text[start:end] for paragraph, ranges in pairs for start, end in ranges}
    assert words == {"Tokáyev", "tierras"}
    assert matched.document.title[slice(*matched.title_ranges[0])] == "Tokáyev"


def test_the_error_about_an_unknown_document_names_its_id(seeds: Index) -> None:
    with pytest.raises(DocumentNotFoundError, match=r"999\.txt"):
        seeds.document("999.txt")


PIECES = (
    *("Rusia", "gas", "reunión", "EFE", "2025", "Y", "O", "NO", "-", "+", '"', "«", "»", "(", ")"),
    *("fuente:", "fecha:", "desde:", "título:", "[", "]", "*", "~", "^2", "=", "\u0301", "\u202e", "\x00", "<b>"),
)
QUERIES = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))


def answers(seeds: Index, query: str, level: Level, sort: Sort) -> None:
    results = seeds.search(query, level=level, sort=sort, facets=["source", "year"])
    assert isinstance(results, Results)
    assert len(results.hits) == min(results.total, 10)
    for each in results.hits:
        for snippet in each.snippets:
            assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.ranges)
    assert all(0 <= each.start <= each.end <= len(results.query) for each in results.warnings)


@settings(max_examples=500, deadline=None)
@given(query=QUERIES, level=st.sampled_from(LEVELS), sort=st.sampled_from(SORTS))
def test_every_string_is_a_query(seeds: Index, query: str, level: Level, sort: Sort) -> None:
    answers(seeds, query, level, sort)


@pytest.mark.slow
@settings(max_examples=10_000, deadline=None)
@given(query=QUERIES, level=st.sampled_from(LEVELS), sort=st.sampled_from(SORTS))
def test_ten_thousand_strings_are_queries(seeds: Index, query: str, level: Level, sort: Sort) -> None:
    answers(seeds, query, level, sort)


@pytest.mark.parametrize(
    "query",
    [
        "(" * 8_500,
        ")" * 8_500,
        '"' * 999,
        "a" * 1_000_000,
        "NO " * 5_000,
        "de " * 5_000,
        "\ud800",
        "-" * 999,
        '"de ' * 300,
    ],
    ids=lambda query: query[:3].encode("unicode_escape").decode(),
)
def test_a_hostile_string_is_a_query(seeds: Index, query: str) -> None:
    for level in LEVELS:
        answers(seeds, query, level, "relevance")


@pytest.mark.parametrize("level", LEVELS)
def test_without_highlighting_the_same_hits_come_bare(seeds: Index, level: Level) -> None:
    marked = seeds.search("acuerdo gas", level=level)
    bare = seeds.search("acuerdo gas", level=level, highlight=False)
    assert [(hit.id, hit.score) for hit in bare.hits] == [(hit.id, hit.score) for hit in marked.hits]
    assert all(hit.snippets for hit in marked.hits)
    assert all((hit.snippets, hit.title_ranges, hit.matched) == ((), (), ()) for hit in bare.hits)
