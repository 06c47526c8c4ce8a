"""Which folded forms begin so, look so, or lie so few keystrokes away? One state of the lexicon, in memory."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property
from heapq import nsmallest

from searchidx.analysis.languages.es.spanish import SPANISH
from searchidx.analysis.languages.language import Language
from searchidx.query.terms import edit_distance

_FEW = 4_000
"""Forms up to which plain Python compares them all sooner than rapidfuzz is imported (15 ms)."""

_LAST = "\U0010ffff"  # after every letter


class TermList:
    """Folds in the order of their letters, each with a number of documents; never changed, so free to share.

    What it gives is in the order of frequency, then of the letters.
    """

    def __init__(self, forms: Iterable[tuple[str, int]], language: Language = SPANISH) -> None:
        """`forms` come in the order of their letters, each once."""
        self._language = language
        self._documents = array("q")
        self._folded_forms: list[str] = []
        self._by_length: dict[int, list[str]] = {}
        for folded, documents in forms:
            self._folded_forms.append(folded)
            self._documents.append(documents)
            self._by_length.setdefault(len(folded), []).append(folded)
        order = sorted(range(len(self._folded_forms)), key=self._documents.__getitem__, reverse=True)
        self._by_frequency = array("L", order)

    def __len__(self) -> int:
        return len(self._folded_forms)

    def documents(self, folded: str) -> int:
        """How many documents have it, 0 when it is not here."""
        place = bisect_left(self._folded_forms, folded)
        return self._documents[place] if self._folded_forms[place : place + 1] == [folded] else 0

    def beginning(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """Folds with this prefix and their documents."""
        first, end = self._range(prefix)
        # Many have it: meet enough of them on the way down from the most frequent form. Few: sort those.
        if (end - first) ** 2 > limit * len(self):
            places = []
            for place in self._by_frequency:
                if first <= place < end:
                    places.append(place)
                    if len(places) == limit:
                        break
        else:
            places = nsmallest(limit, range(first, end), key=lambda place: -self._documents[place])
        return [(self._folded_forms[place], self._documents[place]) for place in places]

    def all_beginning(self, prefix: str) -> Sequence[str]:
        """Every folded with this prefix, in the order of the letters."""
        if not prefix:
            return self._folded_forms
        first, end = self._range(prefix)
        return self._folded_forms[first:end]

    def _range(self, prefix: str) -> tuple[int, int]:
        first = bisect_left(self._folded_forms, prefix)
        return first, bisect_left(self._folded_forms, prefix + _LAST, lo=first)

    def near(self, folded: str, most: int) -> list[tuple[str, int]]:
        """Folds at most `most` edits away, each with the number of edits, in no order."""
        lengths = range(max(0, len(folded) - most), len(folded) + most + 1)
        candidates = [self._by_length[length] for length in lengths if length in self._by_length]
        if len(self) <= _FEW:
            return [found for forms in candidates for found in edit_distance.near(folded, forms, most)]
        from rapidfuzz.distance import OSA  # a small index never pays for it
        from rapidfuzz.process import extract

        return [
            (form, int(distance))
            for forms in candidates
            for form, distance, _ in extract(folded, forms, scorer=OSA.distance, score_cutoff=most, limit=None)
        ]

    def sounding_like(self, folded: str, limit: int) -> list[str]:
        """Up to `limit` folded_forms that sound like this one."""
        wanted = f"\n{self._language.sound(folded)}\n"
        found: list[str] = []
        place, line = 0, 0
        while len(found) < limit and (next_place := self._sounds.find(wanted, place)) >= 0:
            line += self._sounds.count("\n", place, next_place)
            found.append(self._folded_forms[line])
            place = next_place
            line, place = line + 1, place + 1
        return found

    @cached_property
    def _sounds(self) -> str:
        """The sounds of all forms, one a line: one text, because 500,000 strings more would cost 30 MB."""
        return f"\n{self._language.sound(chr(10).join(self._folded_forms))}\n"
