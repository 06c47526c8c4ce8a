"""The query language on the five articles: names, synonyms, patterns, explanations, similar documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchidx.index import Index
from tests.index_support import MakeIndex, found, found_with_all

QUERIES = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "data" / "queries-seeds.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("query", "expected"), QUERIES, ids=[query for query, _ in QUERIES])
def test_a_query_finds_the_articles_that_a_reader_of_them_expects(seeds: Index, query: str, expected: str) -> None:
    assert found_with_all(seeds, query) == expected.split()


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("Tokáyev", {"000", "001", "004"}),
        ("Tokayev", {"000", "001", "004"}),
        ("Tokaev", {"002"}),
        ("Toqaev", {"003"}),
        ("Токаев", set()),
        ("Kasim-Yomart", {"000", "001", "002", "004"}),
        ("Qasym-Zhomart", {"003"}),
        ("Kassym-Jomart Tokayev", set()),
        ("Tokayev, Kassym-Jomart", set()),
    ],
)
def test_every_spelling_of_a_name_finds_all_those_as_typed_first(
    seeds: Index, query: str, first: set[str]
) -> None:
    results = seeds.search(query)
    ids = [hit.id[:3] for hit in results.hits]
    assert sorted(ids) == ["000", "001", "002", "003", "004"]
    assert set(ids[: len(first)]) == first
    assert {expansion.kind for expansion in results.expansions} == {"name_variant"}


def test_variants_and_synonyms_can_be_switched_off(seeds: Index) -> None:
    plain = seeds.search("Tokayev", variants=False)
    assert sorted(hit.id[:3] for hit in plain.hits) == ["000", "001", "004"]
    assert plain.expansions == ()
    assert seeds.search("Estados Unidos").total_all == 3
    assert seeds.search("Estados Unidos", synonyms=False).total_all == 2


def test_other_spellings_are_marked_and_listed(seeds: Index) -> None:
    results = seeds.search("Tokayev")
    assert {form for expansion in results.expansions for form in expansion.forms} >= {"tokaev", "toqaev"}
    hit = next(hit for hit in results.hits if hit.id.startswith("003"))
    assert "toqaev" in hit.matched
    assert any(snippet.ranges for snippet in hit.snippets)


def test_a_document_shows_the_other_spellings_marked_too(seeds: Index) -> None:
    document_id = seeds.search("=Toqaev").hits[0].id
    matched = seeds.matched_document(document_id, "Tokayev")
    pairs = zip(matched.document.paragraphs, matched.ranges, strict=True)
    assert {paragraph.text[start:end] for paragraph, ranges in pairs for start, end in ranges} == {"Toqaev"}


@pytest.mark.parametrize("word", ["casa", "caza", "vaca", "Rusia", "Prusia", "gas", "ruso", "rusa"])
def test_ordinary_words_have_no_variants(seeds: Index, word: str) -> None:
    assert [each for each in seeds.search(word).expansions if each.kind == "name_variant"] == []


def test_a_pattern_that_too_many_words_fit_takes_the_most_frequent_and_says_so(make_index: MakeIndex) -> None:
    words = [
        f"pre{first}{second}{third}"
        for first in "abcdefghijk"
        for second in "abcdefghij"
        for third in "abcdefghij"
    ]
    index = make_index(
        {"a.txt": "Muchas\n\n" + " ".join(words), "b.txt": "Una\n\nprezzz", "c.txt": "Otra\n\nprezzz y más"}
    )
    results = index.search("pre*")
    assert [(each.code, results.query[each.start : each.end]) for each in results.warnings] == [
        ("too_many_forms", "pre*")
    ]
    assert found(index, "pre*") == ["a", "b", "c"]


def test_an_explained_score_is_the_sum_of_its_parts(seeds: Index) -> None:
    results = seeds.search('acuerdo gas^2 "Asia Central" energ* Tokaev EEUU', explain=True)
    assert results.explanation is not None
    assert results.explanation.plan
    for hit in results.hits:
        assert sum(part.score for part in hit.parts) == pytest.approx(hit.score)


def test_similar_articles_are_others_on_the_same_matter(seeds: Index) -> None:
    eleventh, twelfth = seeds.search("fecha:2025-11-11").hits[0].id, seeds.search("fecha:2025-11-12").hits[0].id
    assert seeds.similar(twelfth).hits[0].id == eleventh
    assert seeds.similar(eleventh, limit=1).hits[0].id == twelfth
    assert twelfth not in [hit.id for hit in seeds.similar(twelfth).hits]
