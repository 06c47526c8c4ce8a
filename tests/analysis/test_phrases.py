"""`phrase_spans` against trying every combination."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchidx.analysis.phrases import phrase_spans


def all_places(positions: Sequence[Sequence[int]], slop: int) -> set[tuple[int, int]]:
    """(first, last) of every combination that is a place, by the definition and nothing else."""
    places = set()
    for place in product(*positions):
        moved = [position - index for index, position in enumerate(place)]
        if place and len(set(place)) == len(place) and max(moved) - min(moved) <= slop:
            places.add((min(place), max(place)))
    return places


def positions_in(text: str, phrase: str) -> list[list[int]]:
    """For each letter of the phrase, where it stands in the text."""
    return [[place for place, letter in enumerate(text) if letter == word] for word in phrase]


@pytest.mark.parametrize(
    ("text", "phrase", "slop", "spans"),
    [
        ("ab", "ab", 0, [(0, 1)]),
        ("ba", "ab", 0, []),
        ("ba", "ab", 1, []),
        ("ba", "ab", 2, [(0, 1)]),
        ("axb", "ab", 0, []),
        ("axb", "ab", 1, [(0, 2)]),
        ("axxb", "ab", 1, []),
        ("bxa", "ab", 2, []),
        ("bxa", "ab", 3, [(0, 2)]),
        ("abab", "ab", 0, [(0, 1), (2, 3)]),
        ("aaab", "ab", 2, [(0, 3), (1, 3), (2, 3)]),
        ("abxab", "ab", 0, [(0, 1), (3, 4)]),
        ("aaa", "aa", 0, [(0, 1), (1, 2)]),
        ("a", "aa", 0, []),
        ("a", "aa", 3, []),
        ("axa", "aa", 1, [(0, 2)]),
        ("abc", "abc", 0, [(0, 2)]),
        ("acb", "abc", 2, [(0, 2)]),
        ("cba", "abc", 3, []),
        ("cba", "abc", 4, [(0, 2)]),
        ("a", "a", 0, [(0, 0)]),
        ("xaxa", "a", 2, [(1, 1), (3, 3)]),
        ("ab", "ac", 3, []),
        ("", "a", 0, []),
        ("ab", "", 0, []),
        ("ab", "", 1, []),
    ],
)
def test_a_phrase_stands_where_lucene_would_find_it(
    text: str, phrase: str, slop: int, spans: list[tuple[int, int]]
) -> None:
    assert phrase_spans(positions_in(text, phrase), slop) == spans


@settings(deadline=None, max_examples=2000)
@given(
    text=st.text("abc", max_size=12),
    phrase=st.text("abc", max_size=4),
    slop=st.integers(0, 6),
)
def test_a_phrase_is_found_wherever_trying_every_combination_finds_it(text: str, phrase: str, slop: int) -> None:
    positions = positions_in(text, phrase)
    spans = phrase_spans(positions, slop)
    places = all_places(positions, slop)
    assert bool(spans) == bool(places)
    assert set(spans) <= places
    assert spans == sorted(spans)
    assert len({first for first, _ in spans}) == len(spans)


@settings(deadline=None, max_examples=500)
@given(text=st.text("abc", max_size=14), phrase=st.text("abc", min_size=1, max_size=4))
def test_without_slop_every_place_is_given(text: str, phrase: str) -> None:
    positions = positions_in(text, phrase)
    assert phrase_spans(positions) == sorted(all_places(positions, 0))
