"""Are corrections offered only when they help, and does every completion find something?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchidx.analysis.languages.es.typo_cost import (
    cost,
    sound,
)
from searchidx.index import Index
from searchidx.query.parsing.parser import parse
from searchidx.query.terms.term_dictionary import TermDictionary
from searchidx.search.completions import Completer, CorpusSearches
from searchidx.search.corrections import Corrector, correctable_ranges
from tests.index_support import MakeIndex


def corrector_of(index: Index, is_known: Callable[[str], bool] = lambda _: False) -> Corrector:
    with index._snapshots._current() as current:
        return Corrector(current.vocabulary, current.store.lexicon, is_known)


def completer_of(index: Index, *, searches: bool = True) -> Completer:
    with index._snapshots._current() as current:
        corpus = CorpusSearches(current.searcher) if searches else None
        return Completer(TermDictionary(current.store.lexicon), current.store.lexicon, corpus)


def corrected(index: Index, query: str) -> str | None:
    parsed = parse(query)
    return corrector_of(index).corrected_query(parsed.text, correctable_ranges(parsed.root))


def texts(index: Index, typed: str, limit: int = 8) -> list[str]:
    return [completion.text for completion in completer_of(index).completions(typed, limit)]


@pytest.fixture
def rare_earths(make_index: MakeIndex) -> Index:
    return make_index(
        {
            "a.txt": "Tierras raras en Asia\n\nEl tratado de la OTAN sobre las tierras raras se firmó este año.",
            "b.txt": "Un tratado comercial\n\nLa radio habló de un tratado y de un rato de radio local.",
            "c.txt": "El tiempo\n\nEn la radio y en otra radio: llovió un rato. La OTAN calla. Calla en 2025.",
        }
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
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
def test_a_misspelt_word_is_offered_as_the_corpus_writes_it(seeds: Index, typed: str, meant: str) -> None:
    assert corrector_of(seeds).correction(typed) == meant


def test_a_letter_left_out_is_put_back(rare_earths: Index) -> None:
    assert corrector_of(rare_earths).correction("tratdo") == "tratado"


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
    ("query", "better"),
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
def test_only_the_misspelt_words_of_a_query_are_replaced(seeds: Index, query: str, better: str) -> None:
    assert corrected(seeds, query) == better


@pytest.mark.parametrize(
    "query", ["", "energía gas", '"Kasajistan"', "-Kasajistan", "fuente:kremlim", "fecha:2025"]
)
def test_a_query_without_misspelt_words_has_no_correction(seeds: Index, query: str) -> None:
    assert corrected(seeds, query) is None


def test_a_range_outside_the_text_harms_nothing(seeds: Index) -> None:
    assert corrector_of(seeds).corrected_query("enerjia", [(5, 90), (0, 7), (0, 7)]) == "energía"


def test_a_correction_is_found(seeds: Index) -> None:
    for typed in ("Kasajistan", "enerjia", "ano", "kremlim"):
        better = corrector_of(seeds).correction(typed)
        assert better
        assert seeds.search(better).total


def test_spanish_confusions_cost_less_than_neighbouring_keys_and_those_less_than_others() -> None:
    for typed, meant in [("bersion", "version"), ("kiero", "quiero"), ("ayar", "hallar"), ("espana", "españa")]:
        assert cost(typed, meant) <= 0.5
    assert cost("version", "version") == 0
    assert cost("vession", "version") > cost("vetsion", "version") > cost("vresion", "version") > 0.5


@given(st.text("abchlñqux", max_size=9), st.text("abchlñqux", max_size=9))
def test_a_cost_is_the_same_whole_or_none(typed: str, meant: str) -> None:
    assert (cost(typed, meant) == 0) == (typed == meant)


def test_what_sounds_alike_is_one_sound() -> None:
    pairs = [("exageracion", "ezajerasion"), ("vaca", "baka"), ("hallar", "ayar"), ("guerra", "guera")]
    assert all(sound(first) == sound(second) for first, second in pairs)
    assert sound("casa\nchal") == f"{sound('casa')}\n{sound('chal')}"
    assert len({sound(word) for word in ("año", "ano", "gato", "jato", "guita", "jita")}) == 6


def test_completions_are_words_most_frequent_first_with_capitals_and_accents(seeds: Index) -> None:
    found = completer_of(seeds, searches=False).completions("KAZ")
    assert [completion.text for completion in found][:2] == ["Kazajistán", "kazajo"]
    assert found[0].documents == 5
    assert [*found] == sorted(found, key=lambda each: -each.documents)


def test_the_words_before_decide_what_comes_first(rare_earths: Index) -> None:
    assert texts(rare_earths, "ra")[0] == "radio"
    assert texts(rare_earths, "tierras ra") == ["tierras raras", "Tierras raras en Asia"]


def test_titles_that_match_come_last(rare_earths: Index) -> None:
    found = completer_of(rare_earths).completions("trat")
    assert [(each.text, each.kind) for each in found] == [("tratado", "word"), ("Un tratado comercial", "title")]


def test_an_acronym_keeps_its_capitals(rare_earths: Index) -> None:
    assert texts(rare_earths, "ot")[0] == "OTAN"


def test_operators_before_the_word_stay_as_typed(rare_earths: Index) -> None:
    assert texts(rare_earths, "-rato (tierras ra")[0] == "-rato (tierras raras"


@pytest.mark.parametrize(
    "typed", ["", " ", "radio ", "20", "2025", "=ra", "radio~ra", "fuente:ra", "rad*", "zzz", '"radio"', "\ud800"]
)
def test_nothing_is_offered_after_what_is_no_beginning_of_a_word(rare_earths: Index, typed: str) -> None:
    assert texts(rare_earths, typed) == []


def test_stop_words_are_not_offered(rare_earths: Index) -> None:
    assert texts(rare_earths, "l") == ["llovió", "local"]
    assert texts(rare_earths, "sobre") == []


def test_no_more_are_offered_than_asked_for(seeds: Index) -> None:
    for limit in range(5):
        assert len(texts(seeds, "co", limit)) == limit
    assert texts(seeds, "co", -1) == []


def test_every_completion_finds_something(seeds: Index) -> None:
    for typed in ("k", "ener", "acuerdo ener", "gas petr", "presidente ruso p", "Asia c", "alianza e"):
        for completion in completer_of(seeds).completions(typed):
            assert seeds.search(completion.text).total, completion


def test_an_empty_index_offers_nothing(make_index: MakeIndex) -> None:
    empty = make_index({})
    assert corrected(empty, "enerjia") is None
    assert texts(empty, "ener") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_corrected_and_completed(seeds: Index, text: str) -> None:
    corrector_of(seeds).correction(text)
    corrected(seeds, text)
    texts(seeds, text, 3)
