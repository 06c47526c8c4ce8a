"""What do documents bring to the lexicon, and what do they take away?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import Counts
from searchidx.analysis.names.similarity import name_key
from searchidx.store.lexicon import Form

_NONE: Counts = (0, 0, 0)


class FormCounts:
    """Adds up what documents bring to the lexicon, and what they take away."""

    def __init__(self) -> None:
        self._total: dict[str, Counts] = {}

    def add(self, counted: Mapping[str, Counts], sign: int = 1) -> None:
        """Add what was counted; with `sign` -1, take it away."""
        total = self._total
        for form, (documents, occurrences, capitals) in counted.items():
            before = total.get(form, _NONE)
            total[form] = (
                before[0] + sign * documents,
                before[1] + sign * occurrences,
                before[2] + sign * capitals,
            )

    def taken(self) -> Mapping[str, Counts]:
        """The sums since the last call."""
        taken, self._total = self._total, {}
        return taken


def lexicon_changes(counted: Mapping[str, Counts], analyzer: Analyzer) -> Iterator[Form]:
    """What the lexicon must add to its counts."""
    for form, (documents, occurrences, capitals) in counted.items():
        if documents or occurrences or capitals:
            fold, stem = _fold_and_stem(form, analyzer)
            # What is never written with a capital is no name.
            yield Form(form, fold, stem, documents, occurrences, capitals, _name_key(form) if capitals else None)


@lru_cache(maxsize=1 << 18)
def _fold_and_stem(form: str, analyzer: Analyzer) -> tuple[str, str]:
    word = analyzer.word_of_form(form)
    return word.folded, word.stem


_name_key = lru_cache(maxsize=1 << 17)(name_key)
