"""Completions: each finds something, and the words before the last one decide the order."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchidx.index import Index
from searchidx.query.terms.term_dictionary import TermDictionary
from searchidx.search.completions import Completer, CorpusSearches
from tests.index_support import MakeIndex


def completer_of(index: Index, *, searches: bool = True) -> Completer:
    with index._readers._current() as current:
        corpus = CorpusSearches(current.searcher) if searches else None
        return Completer(TermDictionary(current.store.lexicon), current.store.lexicon, corpus)


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


def test_at_most_limit_completions_are_offered(seeds: Index) -> None:
    for limit in range(5):
        assert len(texts(seeds, "co", limit)) == limit
    assert texts(seeds, "co", -1) == []


def test_every_completion_finds_something(seeds: Index) -> None:
    for typed in ("k", "ener", "acuerdo ener", "gas petr", "presidente ruso p", "Asia c", "alianza e"):
        for completion in completer_of(seeds).completions(typed):
            assert seeds.search(completion.text).total, completion


def test_an_empty_index_has_no_completions(make_index: MakeIndex) -> None:
    assert texts(make_index({}), "ener") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_completed(seeds: Index, text: str) -> None:
    texts(seeds, text, 3)
