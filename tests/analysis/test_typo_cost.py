"""The cost of typos and the sound of words in Spanish."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from searchidx.analysis.languages.es.typo_cost import cost, sound


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
