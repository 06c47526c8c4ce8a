"""How many keystrokes lie between two words? Optimal string alignment: insert, delete, replace, swap neighbours.

Bit-parallel in plain Python, for vocabularies so small that loading a library costs more than it saves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator


def near(word: str, others: Iterable[str], most: int) -> Iterator[tuple[str, int]]:
    """Those of `others` at most `most` edits from `word`, with the number of edits."""
    letters = set(word)
    places: dict[str, int] = {}
    for place, letter in enumerate(word):
        places[letter] = places.get(letter, 0) | 1 << place
    shortest, longest = len(word) - most, len(word) + most
    for other in others:
        # An edit brings one new letter or takes one away, so this passes over nearly all at once.
        if shortest <= len(other) <= longest and len(letters.difference(other)) <= most:
            distance = _distance(places, len(word), other)
            if distance <= most:
                yield other, distance


def _distance(places: dict[str, int], length: int, other: str) -> int:
    """Edits from a word, given the places of its letters, to another (Hyyrö 2003, "A bit-vector algorithm for
    computing Levenshtein and Damerau edit distances", figure 5)."""
    if not length:
        return len(other)
    all_set = (1 << length) - 1
    last = 1 << (length - 1)
    distance = length
    plus, minus, diagonal, before = all_set, 0, 0, 0
    for letter in other:
        here = places.get(letter, 0)
        swapped = ((~diagonal & here) << 1) & before
        diagonal = (((here & plus) + plus) ^ plus) | here | minus | swapped
        right = minus | (~(diagonal | plus) & all_set)
        left = diagonal & plus
        distance += bool(right & last) - bool(left & last)
        right = right << 1 | 1
        left <<= 1
        plus = (left | ~(diagonal | right)) & all_set
        minus = right & diagonal & all_set
        before = here
    return distance
