"""The option `prefix_fallback`: when nothing has all words, the last word is searched as a prefix."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace

import pytest

from searchidx.index import Index
from searchidx.model.results import Results

FILES = {
    "a.txt": "Energía\n\nKazajistán vende petróleo y energía eléctrica.",
    "b.txt": "Reunión\n\nKazajistán y Rusia celebraron una reunión.\n\nHablaron de energía.",
    "c.txt": "Kaza\n\nLa caza con red. NOTA: una kaza.",
}


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("prefix_fallback")
    (folder / "documents").mkdir()
    for name, text in FILES.items():
        (folder / "documents" / name).write_text(text, encoding="utf-8")
    with Index.create(folder / "index") as index:
        index.sync(folder / "documents")
        yield index


def search(index: Index, query: str) -> Results:
    return index.search(query, prefix_fallback=True)


def ids(results: Results) -> list[str]:
    return sorted(hit.document_id for hit in results.hits)


def test_when_nothing_is_found_the_last_word_is_a_prefix(index: Index) -> None:
    results = search(index, "kazajis")
    assert (results.prefix_fallback, ids(results)) == ("kazajis", ["a.txt", "b.txt"])
    assert results.match == "all"
    assert results.query == "kazajis"


def test_it_is_off_by_default(index: Index) -> None:
    results = index.search("kazajis")
    assert (results.prefix_fallback, results.total) == (None, 0)


def test_a_query_whose_words_are_all_found_stays_as_it_is(index: Index) -> None:
    assert search(index, "kaza").prefix_fallback is None
    assert ids(search(index, "kaza")) == ["c.txt"]
    with_option, without_option = search(index, "kaza"), index.search("kaza")
    assert replace(with_option, took_ms=0.0) == replace(without_option, took_ms=0.0)


def test_hits_with_any_word_give_way_to_hits_with_all_words(index: Index) -> None:
    assert index.search("petróleo kazajis").total_all == 0
    results = search(index, "petróleo kazajis")
    assert (results.prefix_fallback, results.total_all, ids(results)) == ("kazajis", 1, ["a.txt", "b.txt"])


def test_hits_with_any_word_stay_when_the_prefix_does_not_help(index: Index) -> None:
    results = search(index, "petróleo xyzzy")
    assert (results.prefix_fallback, results.match, ids(results)) == (None, "any", ["a.txt"])


@pytest.mark.parametrize(
    "query",
    [
        '"kazajis"',
        '"celebraron" kazajis',
        "kazajis AND",
        "kazajis NOT",
        "kazajis NO",
        "xyzzy ka",
        "kazajis*x",
        "-kazajis",
        "fuente:kazajis",
        "kazajis,",
        "kazajis ",
        "kazaj1s",
        "",
        "¿?",
    ],
)
def test_operators_quotes_short_words_and_fields_are_no_prefix(index: Index, query: str) -> None:
    assert search(index, query).prefix_fallback is None


def test_a_phrase_is_never_completed(index: Index) -> None:
    results = search(index, '"una reuni"')
    assert (results.prefix_fallback, results.total) == (None, 0)


def test_a_negation_before_the_last_word_still_excludes(index: Index) -> None:
    results = search(index, "NO petróleo kazajis")
    assert (results.prefix_fallback, ids(results)) == ("kazajis", ["b.txt"])


def test_paragraphs_are_found_by_prefix_too(index: Index) -> None:
    results = index.search("celebraron kazajis", level="paragraph", prefix_fallback=True)
    assert (results.prefix_fallback, [hit.id for hit in results.hits]) == ("kazajis", ["b.txt#p1", "a.txt#p1"])


def test_every_page_shows_the_same_search(index: Index) -> None:
    pages = [index.search("kazajis", page=page, per_page=1, prefix_fallback=True) for page in (1, 2)]
    assert [page.total for page in pages] == [2, 2]
    assert [page.prefix_fallback for page in pages] == ["kazajis", "kazajis"]
    assert len({hit.id for page in pages for hit in page.hits}) == 2


def test_a_decomposed_query_is_a_prefix_too(index: Index) -> None:
    results = search(index, unicodedata.normalize("NFD", "petró"))
    assert (results.prefix_fallback, ids(results)) == ("petró", ["a.txt"])


def test_facets_and_filters_are_those_of_the_search_by_prefix(index: Index) -> None:
    results = index.search("kazajis", filters={"language": ["es"]}, facets=["language"], prefix_fallback=True)
    assert [(each.value, each.count) for each in results.facets["language"]] == [("es", 2)]


def test_the_correction_is_that_of_the_typed_query(index: Index) -> None:
    typed = index.search("petrolio kazajis")
    results = search(index, "petrolio kazajis")
    assert typed.corrected_query is not None
    assert results.corrected_query == typed.corrected_query
