"""Which of these forms are other spellings of a name? Most candidates are not, and are left out at little cost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from searchidx.analysis.analyzer import Word
from searchidx.store.lexicon import Form

_FEW = 100
"""Candidates that are compared sooner than rapidfuzz is imported (13 ms)."""

_ALIKE = 0.34
"""The least similarity by edit distance. Of 31,647 pairs of `tests/benchmarks/name_variants.py` that are one name,
0.08 % have less; of the candidates that a corpus of laws offers, 73 %."""


def spellings(word: Word, candidates: Sequence[Form]) -> Iterator[tuple[Form, float]]:
    """The candidates that write the same name in other letters, each with how likely it is (0 to 1)."""
    others = [form for form in candidates if form.folded != word.folded]
    if not others:
        return
    from searchidx.analysis.names.similarity import (  # few queries need it
        NAME_THRESHOLD,
        name_similarity,
    )

    for form in others if len(others) <= _FEW else _alike(word.lower, others):
        likeness = name_similarity(word.lower, form.form)
        if likeness >= NAME_THRESHOLD:
            yield form, likeness


def _alike(typed: str, forms: Sequence[Form]) -> Iterator[Form]:
    from rapidfuzz.distance import Levenshtein  # a small index never pays for it

    from searchidx.analysis.names.graphemes import latin_letters

    letters = latin_letters(typed)
    for form in forms:
        if Levenshtein.normalized_similarity(letters, latin_letters(form.form), score_cutoff=_ALIKE):
            yield form
