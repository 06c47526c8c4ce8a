"""Name variants are found among many candidates as they are among few."""

from __future__ import annotations

import pytest

from searchidx.analysis.analyzer import Analyzer
from searchidx.query.terms import name_variants as spellings
from searchidx.store.lexicon import Form

NAMES = "tokaev toqaev tokáyev токаев tkv tokio otakavu tekieva Tokay".lower().split()


def form(name: str) -> Form:
    word = Analyzer().word(name)
    return Form(word.form, word.folded, word.stem, 1, 1, 1, "tkv")


@pytest.mark.parametrize("few", [0, 100])
def test_the_spellings_of_a_name_are_found_among_few_candidates_and_among_many(
    few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spellings, "_FEW", few)
    word = Analyzer().word("Tokayev")
    found = spellings.spellings(word, [form(name) for name in NAMES])
    assert {each.form for each, likeness in found if likeness > 0.5} == {"tokaev", "toqaev", "токаев"}


def test_without_candidates_there_are_no_spellings() -> None:
    word = Analyzer().word("Tokayev")
    assert list(spellings.spellings(word, [])) == []
    assert list(spellings.spellings(word, [form("tokáyev")])) == []  # the same letters
