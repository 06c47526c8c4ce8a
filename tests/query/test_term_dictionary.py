"""Prefix, wildcard and fuzzy find exactly the terms that match, most frequent first."""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.index import Index
from searchidx.query.terms.term_dictionary import (
    MAX_TERMS,
    TermDictionary,
)
from searchidx.query.terms.term_list import TermList
from searchidx.store.connection import Connection
from searchidx.store.lexicon import Form, Lexicon

WORDS = st.text("abcñ", min_size=1, max_size=6)
VOCABULARIES = st.dictionaries(WORDS, st.integers(1, 9), max_size=30)


def form(folded: str, documents: int = 1) -> Form:
    return Form(folded, folded, folded, documents, documents, 0)


@contextmanager
def lexicon(documents: dict[str, int]) -> Iterator[Lexicon]:
    with tempfile.TemporaryDirectory() as folder:
        connection = Connection(Path(folder) / "store.sqlite", writable=True)
        made = Lexicon(connection)
        made.add_counts(form(folded, count) for folded, count in documents.items())
        yield made
        connection.close()


@pytest.fixture
def dictionary(seeds: Index) -> Iterator[TermDictionary]:
    with seeds._readers._current() as current:
        yield TermDictionary(current.store.lexicon)


def expected(documents: dict[str, int], test: Callable[[str], object]) -> list[str]:
    return sorted(
        (folded for folded in documents if test(folded)), key=lambda folded: (-documents[folded], folded)
    )


def osa(first: str, second: str) -> int:
    """The textbook recurrence of optimal string alignment."""
    costs = {(row, 0): row for row in range(len(first) + 1)} | {
        (0, column): column for column in range(len(second) + 1)
    }
    for row, column in product(range(1, len(first) + 1), range(1, len(second) + 1)):
        here = first[row - 1] != second[column - 1]
        costs[row, column] = min(
            costs[row - 1, column] + 1, costs[row, column - 1] + 1, costs[row - 1, column - 1] + here
        )
        if row > 1 and column > 1 and first[row - 2 : row] == second[column - 2 : column][::-1]:
            costs[row, column] = min(costs[row, column], costs[row - 2, column - 2] + 1)
    return costs[len(first), len(second)]


def test_a_prefix_finds_forms_whatever_their_accents(dictionary: TermDictionary) -> None:
    assert dictionary.prefix("reunió") == dictionary.prefix("REUNIO")
    assert {"reunion", "reuniones", "reunieron"} >= set(dictionary.prefix("reunio").folded_forms) > set()


def test_a_wildcard_stands_for_one_letter_or_for_any(dictionary: TermDictionary) -> None:
    assert "tokayev" in dictionary.wildcard("To?ayev").folded_forms
    assert {"tokayev", "tokaev"} <= set(dictionary.wildcard("tok*ev").folded_forms)
    assert "kazajistan" in dictionary.wildcard("*stán").folded_forms


def test_a_fuzzy_word_may_begin_with_another_letter(dictionary: TermDictionary) -> None:
    assert "putin" in dictionary.fuzzy("butin").folded_forms
    assert [(found.folded, found.distance) for found in dictionary.fuzzy("kazajsitan").terms] == [
        ("kazajistan", 1)
    ]


def test_the_tilde_makes_another_letter() -> None:
    with lexicon({"año": 1, "ano": 1}) as made:
        found = TermDictionary(made)
        assert found.prefix("añ").folded_forms == ("año",)
        assert found.wildcard("*ñ*").folded_forms == ("año",)
        assert [each.distance for each in found.fuzzy("año").terms] == [1, 0]


def test_signs_of_other_pattern_languages_mean_nothing() -> None:
    with lexicon({"a": 1, "b": 1}) as made:
        assert [TermDictionary(made).wildcard(each).folded_forms for each in ("[ab]", "a|b", ".", "[!a]")] == [
            ()
        ] * 4


def test_an_empty_lexicon_has_nothing_to_find() -> None:
    with lexicon({}) as made:
        found = TermDictionary(made)
        looked_up = (
            found.prefix(""),
            found.prefix("a"),
            found.wildcard("*"),
            found.wildcard("a*"),
            found.fuzzy("a", 2),
        )
        assert [each.terms for each in looked_up] == [()] * 5


def test_more_forms_than_can_be_searched_are_cut_to_the_most_frequent() -> None:
    with lexicon({f"a{number}": 1 + number % 3 for number in range(MAX_TERMS + 100)}) as made:
        found = TermDictionary(made)
        for each in (found.prefix("a"), found.wildcard("a*"), found.wildcard("*"), found.prefix("a")):
            assert each.is_truncated
            assert len(each.terms) == MAX_TERMS
            assert [term.documents for term in each.terms] == sorted(term.documents for term in each.terms)[::-1]
        assert not found.prefix("a1").is_truncated


def test_the_commonest_spelling_counts_for_a_fold(dictionary: TermDictionary, seeds: Index) -> None:
    astana = dictionary.prefix("astana").terms[0]
    with seeds._readers._current() as current:
        assert astana.documents == current.store.lexicon.with_folded(["astana"])["astana"][0].documents


@given(VOCABULARIES, WORDS, st.booleans())
def test_a_prefix_is_what_begins_so(documents: dict[str, int], start: str, load: bool) -> None:
    with lexicon(documents) as made:
        dictionary = TermDictionary(made)
        if load:
            dictionary.term_list()
        assert list(dictionary.prefix(start).folded_forms) == expected(
            documents, lambda folded: folded.startswith(start)
        )


@given(VOCABULARIES, st.text("abñ?*", max_size=5), st.booleans())
def test_a_wildcard_is_a_pattern_of_the_whole_word(documents: dict[str, int], pattern: str, load: bool) -> None:
    meant = re.compile(pattern.replace("?", ".").replace("*", "[^|]*"))
    with lexicon(documents) as made:
        dictionary = TermDictionary(made)
        if load:
            dictionary.term_list()
        assert list(dictionary.wildcard(pattern).folded_forms) == expected(documents, meant.fullmatch)


@pytest.mark.parametrize("few", [0, 1_000])  # with rapidfuzz, and in plain Python
@given(documents=VOCABULARIES, word=WORDS, distance=st.integers(0, 2))
def test_fuzzy_is_optimal_string_alignment(few: int, documents: dict[str, int], word: str, distance: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("searchidx.query.terms.term_list._SMALL_LIST", few)
        found = TermList(sorted(documents.items())).within_distance(word, distance)
    near = {folded: osa(word, folded) for folded in documents if osa(word, folded) <= distance}
    assert dict(found) == near


@given(st.text("abcdeñ", max_size=70), st.text("abcdeñ", max_size=70))
def test_the_plain_distance_is_right_for_long_words_too(first: str, second: str) -> None:
    assert dict(TermList([(second, 1)]).within_distance(first, 140)) == {second: osa(first, second)}


@given(st.text())
def test_anything_can_be_looked_up(text: str) -> None:
    with lexicon({"año": 1, "токаев": 2, "2025": 3}) as made:
        dictionary = TermDictionary(made)
        for _ in range(2):
            dictionary.prefix(text)
            dictionary.wildcard(text)
            dictionary.fuzzy(text, 2)


@pytest.mark.parametrize("text", ["\ud800", "\x00", "\U0010ffff", "*" * 500, "a*" * 300 + "b", "[" * 100, "\\"])
def test_odd_patterns_find_nothing_and_harm_nothing(text: str) -> None:
    with lexicon({"a" * 64: 1}) as made:
        dictionary = TermDictionary(made)
        assert dictionary.prefix(text).terms == dictionary.fuzzy(text, 99).terms == ()
        assert len(dictionary.wildcard(text).terms) == (set(text) == {"*"})


def test_what_is_written_meanwhile_is_found(tmp_path: Path) -> None:
    writing = Connection(tmp_path / "store.sqlite", writable=True)
    Lexicon(writing).add_counts([form("reunion")])
    reading = Connection(tmp_path / "store.sqlite", writable=False)
    dictionary = TermDictionary(Lexicon(reading))
    assert dictionary.fuzzy("reuniom").folded_forms == ("reunion",)
    Lexicon(writing).add_counts([form("reunio"), form("reunion", -1)])
    assert dictionary.fuzzy("reuniom").folded_forms == ("reunio",)
    assert dictionary.prefix("r").folded_forms == ("reunio",)
    reading.close()
    writing.close()


def test_a_large_list_is_kept_a_while_during_writing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchidx.query.terms.term_dictionary._SMALL_LIST", 0)
    monkeypatch.setattr("searchidx.query.terms.term_dictionary._KEEP_FACTOR", 1e9)
    writing = Connection(tmp_path / "store.sqlite", writable=True)
    Lexicon(writing).add_counts([form("reunion")])
    reading = Connection(tmp_path / "store.sqlite", writable=False)
    dictionary = TermDictionary(Lexicon(reading))
    before = dictionary.term_list()
    Lexicon(writing).add_counts([form("cumbre")])
    assert dictionary.term_list() is before
    reading.close()
    writing.close()


def test_one_prefix_loads_nothing_and_many_load_once(dictionary: TermDictionary) -> None:
    dictionary.prefix("re")
    assert dictionary._loaded is None
    answers = [dictionary.prefix("re") for _ in range(30)]
    assert dictionary._loaded is dictionary.term_list()
    assert {*answers} == {dictionary.prefix("re")}


def test_threads_share_one_table(dictionary: TermDictionary) -> None:
    words = ["reunion", "kazajsitan", "putim", "gas"] * 25
    with ThreadPoolExecutor(8) as threads:
        assert [*threads.map(dictionary.fuzzy, words)] == [dictionary.fuzzy(word) for word in words]


def test_a_small_lexicon_needs_no_library(dictionary: TermDictionary, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidfuzz.distance", None)  # importing it now fails
    assert dictionary.fuzzy("putim", 2).folded_forms
