"""Phrase matching over token positions, for engines that need it and for highlighting."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence


def phrase_spans(positions: Sequence[Sequence[int]], slop: int = 0) -> list[tuple[int, int]]:
    """The matches of a phrase, each as (first, last) token position, both included, from left to right.

    `positions[i]` holds the ascending positions of the phrase's i-th word; a word that the phrase repeats has the
    same list each time, and different words have no position in common. A match has a position for every word,
    each position once, with `max - min <= slop` over *position minus i*: Lucene's slop, where a swap of neighbours
    costs 2. With slop there is at least one match wherever any exists, and at most one for each leftmost word.
    """
    if not positions or not all(positions):
        return []
    if slop == 0:
        last = len(positions) - 1
        starts = set(positions[0])
        for index, word_positions in enumerate(positions[1:], 1):
            starts.intersection_update([position - index for position in word_positions])
        return [(start, start + last) for start in sorted(starts)]
    return _sloppy_spans(positions, slop)


def _sloppy_spans(positions: Sequence[Sequence[int]], slop: int) -> list[tuple[int, int]]:
    """The matches with slop: every shifted position is tried as the lowest of a match."""
    shortest: dict[int, int] = {}
    shifted = {position - word for word, word_positions in enumerate(positions) for position in word_positions}
    for low in sorted(shifted):
        match = _match_from(positions, low, slop)
        if match:
            first, last = min(match), max(match)
            shortest[first] = min(last, shortest.get(first, last))
    return sorted(shortest.items())


def _match_from(positions: Sequence[Sequence[int]], low: int, slop: int) -> set[int]:
    """A different position for each word, from `low` to `low + slop` when shifted; empty when a word has none.

    The first free position is right for a repeated word: the range of its next occurrence begins and ends later.
    """
    used: set[int] = set()
    for word, word_positions in enumerate(positions):
        start = bisect_left(word_positions, low + word)
        candidates = word_positions[start : start + slop + len(positions)]
        position = next((each for each in candidates if each not in used), None)
        if position is None or position > low + word + slop:
            return set()
        used.add(position)
    return used
