"""The variants of a name, among many candidates as among few."""

from __future__ import annotations

import pytest

from searchidx.analysis.analyzer import Analyzer
from searchidx.query.terms import vocabulary
from searchidx.query.terms.vocabulary import name_variants
from searchidx.store.lexicon import Form
from tests.index_support import MakeIndex, found

NAMES = "tokaev toqaev tokáyev токаев tkv tokio otakavu tekieva Tokay".lower().split()


def form(name: str) -> Form:
    word = Analyzer().word(name)
    return Form(word.lower, word.folded, word.stems[0], 1, 1, 1, "tkv")


@pytest.mark.parametrize("few", [0, 100])
def test_the_spellings_of_a_name_are_found_among_few_candidates_and_among_many(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vocabulary, "_FEW_CANDIDATES", few)
    word = Analyzer().word("Tokayev")
    found = name_variants(word, [form(name) for name in NAMES])
    assert {each.form for each, similarity in found if similarity > 0.4} == {"tokaev", "toqaev", "токаев"}


def test_without_candidates_there_are_no_variants() -> None:
    word = Analyzer().word("Tokayev")
    assert list(name_variants(word, [])) == []
    assert list(name_variants(word, [form("tokáyev")])) == []  # the same letters


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("Tokaiev", "Tokáyev"),
        ("Akkenjenov", "Akkenzhenov"),
        ("Khrushchev", "Jrushchov"),
        ("Gorbatschow", "Gorbachov"),
        ("Путин", "Putin"),
    ],
)
def test_a_name_is_found_in_another_spelling(make_index: MakeIndex, typed: str, written: str) -> None:
    index = make_index({"a.txt": f"Habló {written} en la cumbre.\n", "b.txt": "Nadie habló.\n"})
    assert found(index, typed) == ["a"]


@pytest.mark.parametrize(("typed", "written"), [("nuera", "Noruega"), ("Marta", "Marca"), ("casa", "Caza")])
def test_another_word_is_not_found_as_a_name(make_index: MakeIndex, typed: str, written: str) -> None:
    assert found(make_index({"a.txt": f"Vive en {written}.\n"}), typed) == []
