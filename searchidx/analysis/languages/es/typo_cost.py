"""How likely did somebody who meant one word type another? Spanish confusions cost least, then slips of the hand.

Words are folded here. Costs are in plain edits: 1 is a letter that has nothing to do with the right one.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import log10

_SOUNDS_ALIKE = 0.25
_DOUBLED = 0.3  # a letter too often or too seldom: acion, gass
_SWAPPED = 0.7
_NEIGHBOUR = 0.75  # the key beside the right one
_LEFT_OUT = 0.8
_PUT_IN = 0.9
_OTHER = 1.0
_AT_AN_END = 0.3  # more for a slip in the first or last letter: those are seldom, and often another word

_CONFUSED = (
    ("b", "v"), ("b", "w"), ("v", "w"), ("c", "s"), ("c", "z"), ("s", "z"), ("g", "j"), ("j", "x"), ("s", "x"),
    ("ll", "y"), ("h", ""), ("n", "ñ"), ("c", "k"), ("qu", "k"), ("qu", "c"), ("q", "k"), ("g", "gu"),
    ("hu", "gu"), ("hu", "w"), ("w", "gu"), ("i", "y"), ("np", "mp"), ("nb", "mb"), ("nv", "mb"),
    ("mv", "nv"), ("nb", "nv"), ("sc", "s"), ("sc", "c"), ("xc", "x"), ("xc", "c"), ("xc", "s"), ("cc", "x"),
    ("cc", "cs"), ("x", "cs"), ("ph", "f"), ("ps", "s"), ("ny", "ñ"), ("ni", "ñ"), ("gn", "ñ"),
)  # fmt: skip
_KEYS = ("qwertyuiop", "asdfghjklñ", "zxcvbnm")  # each row stands half a key to the right of the one above


def _neighbours() -> set[tuple[str, str]]:
    pairs = {pair for row in _KEYS for pair in pairwise(row)}
    for upper, lower in pairwise(_KEYS):
        pairs |= {*zip(upper, lower, strict=False), *zip(upper[1:], lower, strict=False)}
    return pairs | {(second, first) for first, second in pairs}


_ALIKE = frozenset(_CONFUSED) | {(second, first) for first, second in _CONFUSED}
_BESIDE = frozenset(_neighbours())
_PIECES = ((1, 0), (0, 1), (1, 1), (2, 1), (1, 2), (2, 2))


def cost(typed: str, meant: str) -> float:
    """The cheapest way from one to the other; 0 for the same word."""
    costs = [[0.0] * (len(meant) + 1) for _ in range(len(typed) + 1)]
    for row in range(len(typed) + 1):
        for column in range(len(meant) + 1):
            if row or column:
                costs[row][column] = _cheapest(costs, typed, meant, row, column)
    return costs[-1][-1]


def _cheapest(costs: list[list[float]], typed: str, meant: str, row: int, column: int) -> float:
    best = float("inf")
    if row and column and typed[row - 1] == meant[column - 1]:
        best = costs[row - 1][column - 1]
    is_at_an_end = min(row, column) <= 1 or (row == len(typed) and column == len(meant))
    for down, right in _PIECES:
        if down > row or right > column or costs[row - down][column - right] >= best:
            continue
        piece = _piece_cost(typed[row - down : row], meant[column - right : column], typed[:row], is_at_an_end)
        best = min(best, costs[row - down][column - right] + piece)
    return best


def _piece_cost(typed: str, meant: str, before: str, is_at_an_end: bool) -> float:
    """The cost of typing one piece, at most two letters, for the other."""
    if (typed, meant) in _ALIKE:
        return _SOUNDS_ALIKE
    sizes = (len(typed), len(meant))
    more = _AT_AN_END if is_at_an_end else 0.0
    match sizes:
        case (1, 0):
            return _DOUBLED if before[-2:-1] == typed else _PUT_IN + more
        case (0, 1):
            return _DOUBLED if before[-1:] == meant else _LEFT_OUT + more
        case (1, 1):
            return (_NEIGHBOUR if (typed, meant) in _BESIDE else _OTHER) + more
        case (2, 2) if typed == meant[::-1]:
            return _SWAPPED
        case _:
            return float("inf")


_SAME_SOUND = (
    ("\nps", "\ns"), ("ch", "\x00"), ("sh", "\x00"), ("ph", "f"), ("gue", "\x01e"), ("gui", "\x01i"), ("ge", "je"),
    ("gi", "ji"), ("\x01", "g"), ("que", "ke"), ("qui", "ki"), ("q", "k"), ("xc", "s"), ("sc", "s"), ("ce", "se"),
    ("ci", "si"), ("c", "k"), ("ks", "s"), ("x", "s"), ("z", "s"), ("h", ""), ("ll", "y"), ("v", "b"), ("w", "b"),
    ("mp", "np"), ("mb", "nb"), *((2 * letter, letter) for letter in "abdefgijklmnñoprstu"),
)  # fmt: skip


def sound(fold: str) -> str:
    """Letters that stand for how it sounds, the same for words that a Spanish ear does not tell apart.

    Works on many words at once, one a line.
    """
    text = f"\n{fold}"
    for letters, sounding in _SAME_SOUND:
        text = text.replace(letters, sounding)
    return text[1:]


_AFFORDED = {4: 0.75, 5: 0.9, 6: 1.0, 7: 1.3, 8: 1.3}
_AFFORDED_BY_LONG_WORDS = 1.8
_TENFOLD = 0.2
"""What a candidate may cost by the length of the typed word, and what ten times the documents are worth."""

_MOST_WEIGHED = 60  # a cost takes 0.1 ms


def most_likely(typed: str, candidates: Iterable[tuple[str, int, int]]) -> str | None:
    """The word that was meant, of candidates with their edits and documents; None when none is likely."""
    typed_sound = sound(typed)
    likely = sorted(candidates, key=lambda each: (sound(each[0]) != typed_sound, each[1], -each[2], each[0]))
    afforded = _AFFORDED.get(len(typed), _AFFORDED_BY_LONG_WORDS)
    scored = []
    for meant, _, documents in likely[:_MOST_WEIGHED]:
        price = cost(typed, meant)
        if price <= afforded:
            scored.append((price - _TENFOLD * log10(1 + documents), meant))
    return min(scored)[1] if scored else None
