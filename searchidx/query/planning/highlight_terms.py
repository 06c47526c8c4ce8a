"""Which words of a text answer the query? What a plan tells the highlighter."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HighlightTerms:
    """A token is marked when its stem or its folded is here; a phrase where it stands as one."""

    stems: frozenset[str] = frozenset()
    folded_forms: frozenset[str] = frozenset()
    phrases: frozenset[tuple[tuple[str, ...], int]] = frozenset()  # folded forms, slop

    def __bool__(self) -> bool:
        return bool(self.stems or self.folded_forms or self.phrases)
