"""Where do words stand as a phrase? One answer for the engines that need help and for highlighting."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def phrase_spans(positions: Sequence[Sequence[int]], slop: int = 0) -> list[tuple[int, int]]:
    """The places of a phrase, each as (first, last) token position, both included, from left to right.

    `positions[i]` holds the ascending positions of the phrase's i-th word; a word that the phrase repeats has
    the same list each time, and other words have no position in common. A place needs every word once, with
    `max - min <= slop` over *position minus i*: Lucene's slop, where a swap of neighbours costs 2. With slop
    there is at least one place wherever there is any, and one at most for each leftmost word.
    """
    if not positions or not all(positions):
        return []
    if slop == 0:
        last = len(positions) - 1
        starts = set(positions[0])
        for index, places in enumerate(positions[1:], 1):
            starts.intersection_update([place - index for place in places])
        return [(start, start + last) for start in sorted(starts)]
    return _sloppy_spans(positions, slop)


def _sloppy_spans(positions: Sequence[Sequence[int]], slop: int) -> list[tuple[int, int]]:
    """Tries each place as the one from which the slop counts."""
    shortest: dict[int, int] = {}
    for low in sorted({place - word for word, places in enumerate(positions) for place in places}):
        chosen = _one_place_each(positions, low, slop)
        if chosen:
            first, last = min(chosen), max(chosen)
            shortest[first] = min(last, shortest.get(first, last))
    return sorted(shortest.items())


def _one_place_each(positions: Sequence[Sequence[int]], low: int, slop: int) -> set[int]:
    """A place of its own for each word, from `low` to `low + slop` when shifted; empty when one has none.

    The first free place is right for a repeated word: the range of its next occurrence begins and ends later.
    """
    taken: set[int] = set()
    for word, places in enumerate(positions):
        start = bisect_left(places, low + word)
        free = (place for place in places[start : start + slop + len(positions)] if place not in taken)
        place = next(free, None)
        if place is None or place > low + word + slop:
            return set()
        taken.add(place)
    return taken
