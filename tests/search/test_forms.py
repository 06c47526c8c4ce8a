"""Words of the articles in all their forms, through the public API, in NFC and NFD, with accents and without."""

from __future__ import annotations

import unicodedata

import pytest

from searchidx.analysis.folding import fold
from searchidx.index import Index
from tests.index_support import MakeIndex, found

ALL = ["000", "001", "002", "003", "004"]


def spellings(word: str) -> list[str]:
    """A word as people may type it."""
    return [word, unicodedata.normalize("NFD", word), fold(word), word.upper()]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("gobierno", ["000", "002"]),
        ("decir", ["000", "001", "004"]),
        ("países", ALL),
        ("país", ALL),
        ("reunión", ["000", "001", "004"]),
    ],
)
def test_a_word_finds_the_articles_that_have_any_of_its_forms(
    seeds: Index, word: str, expected: list[str]
) -> None:
    assert [found(seeds, typed) for typed in spellings(word)] == [expected] * 4


@pytest.mark.parametrize("typed", spellings("firmar"))
def test_an_infinitive_finds_the_articles_that_have_the_verb(seeds: Index, typed: str) -> None:
    assert {"002", "004"} <= set(found(seeds, typed))
    assert [hit.id[:3] for hit in seeds.search(typed).hits[:2]] == ["004", "002"]


@pytest.mark.parametrize("typed", spellings("París"))
def test_a_name_that_the_articles_lack_finds_nothing(seeds: Index, typed: str) -> None:
    assert found(seeds, typed) == []


@pytest.mark.parametrize("typed", spellings("Asia"))
def test_a_name_marks_no_word_that_is_like_it(seeds: Index, typed: str) -> None:
    assert {form for hit in seeds.search(typed).hits for form in hit.matched} == {"asia"}


@pytest.mark.parametrize(
    ("name", "word"),
    [("Casado", "caso"), ("Corte", "corto"), ("Roma", "romo"), ("Madrid", "madre"), ("Malé", "mal")],
)
def test_a_name_finds_no_word_that_shares_its_stem(make_index: MakeIndex, name: str, word: str) -> None:
    index = make_index({"a.txt": f"Uno\n\nHoy, {name}.", "b.txt": f"Dos\n\nAyer, un {word} más."})
    assert found(index, name) == ["a"]


@pytest.mark.parametrize(("typed", "other"), [("caso", "casa"), ("puerto", "puerta"), ("término", "terminó")])
def test_of_words_that_differ_in_a_vowel_the_typed_one_comes_first(
    make_index: MakeIndex, typed: str, other: str
) -> None:
    texts = {"a.txt": f"Uno\n\nUna {other}, otra {other} y otra {other}.", "b.txt": f"Dos\n\nEl {typed} de ayer."}
    assert [hit.id for hit in make_index(texts).search(typed).hits][:1] == ["b.txt"]


@pytest.mark.parametrize("typed", ["término", unicodedata.normalize("NFD", "término")])
def test_an_accent_decides_between_two_words(make_index: MakeIndex, typed: str) -> None:
    texts = {
        "a.txt": "Uno\n\nEl contrato terminó.",
        "b.txt": "Dos\n\nEl término municipal.",
        "c.txt": "Tres\n\nUn termino.",
    }
    index = make_index(texts)
    assert [hit.id for hit in index.search(typed).hits] == ["b.txt", "c.txt"]
    assert found(index, "terminó") == ["a", "c"]
    assert found(index, "termino") == ["a", "b", "c"]


def test_a_headline_counts_more_than_four_words_in_a_text(make_index: MakeIndex) -> None:
    body = "El vertedero huele; junto al vertedero hay un vertedero viejo y otro vertedero."
    index = make_index(
        {"a.txt": "El vertedero cierra el lunes\n\nLa medida afecta a tres pueblos.", "b.txt": f"Otra\n\n{body}"}
    )
    assert [hit.id for hit in index.search("vertedero").hits] == ["a.txt", "b.txt"]


def test_a_query_in_capitals_has_no_operators(make_index: MakeIndex) -> None:
    index = make_index({"a.txt": "Uno\n\nNo se paga la tasa del puerto."})
    assert found(index, "TASA Y CANON DEL PUERTO NO PAGADOS") == ["a"]
    assert found(index, "tasa NO puerto") == []
