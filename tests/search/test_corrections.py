"""Corrections are offered only for mistyped words, and only when they find something."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchidx.index import Index
from searchidx.query.parsing.parser import parse
from searchidx.search.corrections import Corrector, correctable_ranges
from tests.index_support import MakeIndex


def corrector_of(index: Index, is_known: Callable[[str], bool] = lambda _: False) -> Corrector:
    with index._readers._current() as current:
        return Corrector(current.vocabulary, current.store.lexicon, is_known)


def corrected(index: Index, query: str) -> str | None:
    parsed = parse(query)
    return corrector_of(index).corrected_query(parsed.text, correctable_ranges(parsed.root))


@pytest.mark.parametrize(
    ("typed", "correction"),
    [
        ("Kasajistan", "Kazajistán"),
        ("Kazajsitan", "Kazajistán"),
        ("kasagistan", "Kazajistán"),
        ("enerjia", "energía"),
        ("cooperasion", "cooperación"),
        ("desarroyo", "desarrollo"),
        ("presidemte", "presidente"),
        ("Presidemte", "Presidente"),
        ("bilaterrales", "bilaterales"),
        ("kremlim", "Kremlin"),
        ("putni", "Putin"),
        ("ano", "año"),
    ],
)
def test_a_misspelt_word_is_offered_as_the_corpus_writes_it(seeds: Index, typed: str, correction: str) -> None:
    assert corrector_of(seeds).correction(typed) == correction


def test_a_missing_letter_is_inserted(make_index: MakeIndex) -> None:
    index = make_index(
        {"a.txt": "Un tratado comercial\n\nLa radio habló de un tratado y de un rato de radio local."}
    )
    assert corrector_of(index).correction("tratdo") == "tratado"


@pytest.mark.parametrize("word", ["energia", "ENERGÍA", "energías", "reunirse", "Kazajistán", "tokaev"])
def test_a_word_that_is_found_is_not_corrected(seeds: Index, word: str) -> None:
    assert corrector_of(seeds).correction(word) is None


@pytest.mark.parametrize(
    "word", ["2o25", "20255", "gsa", "KREMLIM", "OTAM", "para", "xyzzyx", "", " ", "-", "\ud800"]
)
def test_what_must_not_be_corrected_is_left(seeds: Index, word: str) -> None:
    assert corrector_of(seeds).correction(word) is None


@pytest.mark.parametrize(
    "word",
    ["mesa", "gasto", "guerra", "perro", "presupuesto", "Venezuela", "fútbol", "ministra", "playa", "hospital"],
)
def test_another_word_is_no_misspelling(seeds: Index, word: str) -> None:
    assert corrector_of(seeds).correction(word) is None


def test_what_only_a_source_has_is_not_corrected(seeds: Index) -> None:
    assert corrector_of(seeds, is_known={"kremlim"}.__contains__).correction("kremlim") is None


@pytest.mark.parametrize(
    ("query", "correction"),
    [
        ("acuerdo con Kasajistan", "acuerdo con Kazajistán"),
        ("  enerjia  Y (gas O Kasajistan)", "  energía  Y (gas O Kazajistán)"),
        ('enerjia "Kasajistan" gas', 'energía "Kasajistan" gas'),
        ("título:Kasajistan enerjia, gas", "título:Kazajistán energía, gas"),
        ("fuente:kremlim -Kasajistan +enerjia", "fuente:kremlim -Kasajistan +energía"),
        ("kremlim-Kasajistan", "Kremlin-Kazajistán"),
        ("¿enerjia?", "¿energía?"),
    ],
)
def test_only_the_misspelt_words_of_a_query_are_replaced(seeds: Index, query: str, correction: str) -> None:
    assert corrected(seeds, query) == correction


@pytest.mark.parametrize(
    "query", ["", "energía gas", '"Kasajistan"', "-Kasajistan", "fuente:kremlim", "fecha:2025"]
)
def test_a_query_without_misspelt_words_has_no_correction(seeds: Index, query: str) -> None:
    assert corrected(seeds, query) is None


def test_a_range_beyond_the_end_of_the_text_is_ignored(seeds: Index) -> None:
    assert corrector_of(seeds).corrected_query("enerjia", [(5, 90), (0, 7), (0, 7)]) == "energía"


def test_a_correction_is_found(seeds: Index) -> None:
    for typed in ("Kasajistan", "enerjia", "ano", "kremlim"):
        correction = corrector_of(seeds).correction(typed)
        assert correction
        assert seeds.search(correction).total


def test_an_empty_index_has_no_corrections(make_index: MakeIndex) -> None:
    assert corrected(make_index({}), "enerjia") is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_corrected(seeds: Index, text: str) -> None:
    corrector_of(seeds).correction(text)
    corrected(seeds, text)


def test_a_word_of_the_dictionary_is_right_though_the_corpus_lacks_it(make_index: MakeIndex) -> None:
    index = make_index({"a.txt": "Uno\n\nCada pescador y cada pescadora cosechan."})
    assert [index.search(word).corrected_query for word in ("casa", "coser", "pescaba")] == [None, None, None]
    assert index.search("pescadro").corrected_query == "pescador"


def test_one_unknown_word_of_a_long_question_calls_for_no_correction(make_index: MakeIndex) -> None:
    index = make_index({"a.txt": "Uno\n\nEl embalse abastece de agua potable a la provincia de Soria."})
    assert index.search("embalce Soria").corrected_query == "embalse Soria"
    assert index.search("agua potable provincia embalce Soria").corrected_query is None
    assert index.search("embalce provinsia avastece").corrected_query == "embalse provincia abastece"
