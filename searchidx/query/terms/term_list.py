"""The folded forms of the corpus in memory, searched by prefix, edit distance and sound."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from heapq import nsmallest

from searchidx.analysis.languages.es.spanish import SPANISH
from searchidx.analysis.languages.language import Language

_SMALL_LIST = 4_000
"""Terms up to which plain Python compares all of them sooner than rapidfuzz is imported (15 ms)."""

_LAST = "\U0010ffff"  # after every letter


class TermList:
    """Folded forms in the order of their letters, each with a number of documents.

    It never changes, so that threads may share it.
    """

    def __init__(self, forms: Iterable[tuple[str, int]], language: Language = SPANISH) -> None:
        """`forms` are (folded form, documents), in the order of their letters, each once."""
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
        """How many documents have a folded form; 0 when it is not in the list."""
        index = bisect_left(self._folded_forms, folded)
        return self._documents[index] if self._folded_forms[index : index + 1] == [folded] else 0

    def most_frequent_with_prefix(self, prefix: str, limit: int) -> list[tuple[str, int]]:
        """At most `limit` (form, documents) with this prefix, most frequent first, then by their letters."""
        first, end = self._range(prefix)
        # Of many forms, enough are met on the way down from the most frequent one. Few forms are sorted.
        if (end - first) ** 2 > limit * len(self):
            indexes = []
            for index in self._by_frequency:
                if first <= index < end:
                    indexes.append(index)
                    if len(indexes) == limit:
                        break
        else:
            indexes = nsmallest(limit, range(first, end), key=lambda index: -self._documents[index])
        return [(self._folded_forms[index], self._documents[index]) for index in indexes]

    def with_prefix(self, prefix: str) -> Sequence[str]:
        """All forms with this prefix, in the order of their letters."""
        if not prefix:
            return self._folded_forms
        first, end = self._range(prefix)
        return self._folded_forms[first:end]

    def _range(self, prefix: str) -> tuple[int, int]:
        first = bisect_left(self._folded_forms, prefix)
        return first, bisect_left(self._folded_forms, prefix + _LAST, lo=first)

    def within_distance(self, folded: str, max_distance: int) -> list[tuple[str, int]]:
        """Forms at most `max_distance` edits away, each with its distance, in no order.

        An edit inserts, deletes or replaces a letter, or swaps two neighbours (optimal string alignment).
        """
        lengths = range(max(0, len(folded) - max_distance), len(folded) + max_distance + 1)
        candidates = [self._by_length[length] for length in lengths if length in self._by_length]
        if len(self) <= _SMALL_LIST:
            return [near for forms in candidates for near in _within_distance(folded, forms, max_distance)]
        from rapidfuzz.distance import OSA  # a small index never pays for it
        from rapidfuzz.process import extract

        return [
            (form, int(distance))
            for forms in candidates
            for form, distance, _ in extract(
                folded, forms, scorer=OSA.distance, score_cutoff=max_distance, limit=None
            )
        ]

    def sounding_like(self, folded: str, limit: int) -> list[str]:
        """At most `limit` forms that are pronounced like this one, in the order of their letters."""
        wanted = f"\n{self._language.sound(folded)}\n"
        found: list[str] = []
        position, line = 0, 0
        while len(found) < limit and (next_position := self._sounds.find(wanted, position)) >= 0:
            line += self._sounds.count("\n", position, next_position)
            found.append(self._folded_forms[line])
            position = next_position
            line, position = line + 1, position + 1
        return found

    @cached_property
    def _sounds(self) -> str:
        """The sounds of all forms, one a line: one text, because 500,000 strings more would cost 30 MB."""
        return f"\n{self._language.sound(chr(10).join(self._folded_forms))}\n"


def _within_distance(word: str, others: Iterable[str], max_distance: int) -> Iterator[tuple[str, int]]:
    """The words at most so far from `word`, with their distance; plain Python, for small lists."""
    letters = set(word)
    positions: dict[str, int] = {}  # letter → bit mask of its positions
    for index, letter in enumerate(word):
        positions[letter] = positions.get(letter, 0) | 1 << index
    for other in others:
        # An edit brings at most one new letter, which excludes nearly all at once.
        if len(letters.difference(other)) <= max_distance:
            distance = _edit_distance(positions, len(word), other)
            if distance <= max_distance:
                yield other, distance


def _edit_distance(positions: dict[str, int], length: int, other: str) -> int:
    """Edits from a word, given the bit masks of its letters and its length, to another word.

    Hyyrö 2003, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances", figure 5.
    """
    if not length:
        return len(other)
    all_set = (1 << length) - 1
    last = 1 << (length - 1)
    distance = length
    plus, minus, diagonal, previous = all_set, 0, 0, 0
    for letter in other:
        current = positions.get(letter, 0)
        swapped = ((~diagonal & current) << 1) & previous
        diagonal = (((current & plus) + plus) ^ plus) | current | minus | swapped
        right = minus | (~(diagonal | plus) & all_set)
        left = diagonal & plus
        distance += bool(right & last) - bool(left & last)
        right = right << 1 | 1
        left <<= 1
        plus = (left | ~(diagonal | right)) & all_set
        minus = right & diagonal & all_set
        previous = current
    return distance
