"""Spellings of one name: keys and similarity."""

from __future__ import annotations

import unicodedata
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.analysis.names import costs
from searchidx.analysis.names.similarity import (
    MAX_KEYS,
    NAME_THRESHOLD,
    name_key,
    name_keys,
    name_similarity,
)

FAMILIES = [
    ["tokáyev", "tokayev", "tokaev", "toqaev", "токаев"],
    ["kasim", "kassym", "qasym", "касым"],
    ["yomart", "jomart", "zhomart"],
    ["jrushchov", "khrushchev", "хрущёв"],
    ["gorbachov", "gorbachev", "gorbatschow", "gorbaczow"],
    ["zelenski", "zelensky", "zelenskyy", "selenskyj", "зеленский"],
    ["nazarbáyev", "nazarbayev", "nasarbajew", "назарбаев"],
    ["mirziyóev", "mirziyoyev", "mirziyoev"],
    ["lukashenko", "loukachenko", "lukaschenko", "łukaszenko"],
    ["kasajistán", "kazajistán"],
    ["akkenjenov", "akkenzhenov"],
    ["tokáyev", "tokaiev"],
]
OTHER_WORDS = [
    ("casa", "caza"),
    ("vaca", "baca"),
    ("rusia", "prusia"),
    ("rusa", "rusia"),
    ("rusos", "ruso"),
    ("juan", "juana"),
    ("mario", "maría"),
    ("carlos", "carla"),
    ("putin", "putina"),
    ("martín", "marina"),
    ("kazajo", "kazaja"),
    ("gabriel", "gabriela"),
    ("silva", "silvia"),
    ("fernando", "hernando"),
    ("china", "chino"),
    ("madrid", "madre"),
    ("navarra", "navarro"),
    ("marta", "marca"),
    ("sevilla", "sevillano"),
    ("segura", "seguro"),
]


def are_variants(first: str, second: str) -> bool:
    """Whether one word has the key of the other among its keys, and both are similar enough."""
    one, other = name_key(first), name_key(second)
    keys_meet = other in name_keys(first) or one in name_keys(second)
    return keys_meet and name_similarity(first, second) >= NAME_THRESHOLD


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family[0])
def test_all_spellings_of_a_name_find_each_other(family: list[str]) -> None:
    missed = [(first, second) for first, second in combinations(family, 2) if not are_variants(first, second)]
    assert missed == []


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family[0])
def test_every_spelling_looks_up_the_key_of_every_other(family: list[str]) -> None:
    missed = [(one, other) for one in family for other in family if name_key(other) not in name_keys(one)]
    assert missed == []


@pytest.mark.parametrize(("first", "second"), OTHER_WORDS)
def test_other_words_stay_apart(first: str, second: str) -> None:
    assert not are_variants(first, second)


@pytest.mark.parametrize("word", ["", "ana", "ruiz"[:3], "2025", "covid19", "l1st", "---", "año"])
def test_short_words_and_words_with_digits_have_no_key(word: str) -> None:
    assert (name_key(word), name_keys(word)) == (None, ())
    assert not are_variants(word, word)


def test_a_word_is_its_own_variant_and_so_is_one_with_other_accents() -> None:
    assert name_similarity("tokáyev", "tokáyev") == 1.0
    assert name_similarity("tokáyev", "tokayev") == 1.0
    assert name_similarity("токаев", "tokaev") == 1.0


@pytest.mark.parametrize(
    ("word", "latin"),
    [("пушкин", "pushkin"), ("αλέξανδρος", "alexandros"), ("თბილისი", "tbilisi")],
)
def test_other_scripts_find_the_latin_letters(word: str, latin: str) -> None:
    assert are_variants(word, latin)


def test_the_own_key_comes_first_and_the_keys_are_few() -> None:
    keys = name_keys("tschernyschewskaja")
    assert keys[0] == name_key("tschernyschewskaja")
    assert len(keys) == len(set(keys)) <= MAX_KEYS


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_two_texts_have_a_symmetric_similarity(first: str, second: str) -> None:
    similarity = name_similarity(first, second)
    assert 0.0 <= similarity <= 1.0
    assert similarity == name_similarity(second, first)
    assert are_variants(first, second) == are_variants(second, first)


@given(st.text(alphabet="abcdefghijklmnñopqrstuvwxyzáéíóúüčšžłəйжхцщ", min_size=4, max_size=20))
def test_a_word_is_one_with_itself_whatever_its_normal_form(word: str) -> None:
    decomposed = unicodedata.normalize("NFD", word)
    assert name_similarity(word, word) == 1.0
    assert name_key(decomposed) == name_key(word)
    assert name_keys(decomposed) == name_keys(word)
    assert name_similarity(decomposed, "tokayev") == name_similarity(word, "tokayev")


@given(st.text(max_size=40))
def test_any_text_has_a_key_among_its_keys_or_none(text: str) -> None:
    key = name_key(text)
    assert name_keys(text)[:1] == (() if key is None else (key,))


def test_every_learnt_weight_is_read() -> None:
    text = (Path(costs.__file__).parent / "weights.tsv").read_text(encoding="utf-8")
    features = [line.partition("\t")[0] for line in text.splitlines() if "\t" in line]
    assert [each for each in features if each not in costs.learnt_costs()._weights] == []
    assert any(each.startswith("#") for each in features)  # of the class of sounds #, no comments


def test_the_threshold_is_a_probability() -> None:
    assert 0.0 < NAME_THRESHOLD < 1.0
