"""The cost of typos in Spanish: sounds that writers confuse cost least, then slips of the hand.

All words here are folded. A cost of 1 is one letter in the place of an unrelated one.
"""

from __future__ import annotations

from itertools import pairwise

_SOUNDS_ALIKE = 0.25
_DOUBLED = 0.3  # a letter twice instead of once, or once instead of twice: acion, gass
_SWAPPED = 0.7
_NEIGHBOUR = 0.75  # the key next to the right one
_MISSING = 0.8
_EXTRA = 0.9
_OTHER = 1.0
_EDGE_SURCHARGE = 0.3  # for a slip in the first or last letter, which is rare and often makes another word

_CONFUSED_SPELLINGS = (
    ("b", "v"), ("b", "w"), ("v", "w"), ("c", "s"), ("c", "z"), ("s", "z"), ("g", "j"), ("j", "x"), ("s", "x"),
    ("ll", "y"), ("h", ""), ("n", "ñ"), ("c", "k"), ("qu", "k"), ("qu", "c"), ("q", "k"), ("g", "gu"),
    ("hu", "gu"), ("hu", "w"), ("w", "gu"), ("i", "y"), ("np", "mp"), ("nb", "mb"), ("nv", "mb"),
    ("mv", "nv"), ("nb", "nv"), ("sc", "s"), ("sc", "c"), ("xc", "x"), ("xc", "c"), ("xc", "s"), ("cc", "x"),
    ("cc", "cs"), ("x", "cs"), ("ph", "f"), ("ps", "s"), ("ny", "ñ"), ("ni", "ñ"), ("gn", "ñ"),
)  # fmt: skip
_KEY_ROWS = ("qwertyuiop", "asdfghjklñ", "zxcvbnm")  # each row stands half a key to the right of the one above


def _neighbouring_keys() -> set[tuple[str, str]]:
    pairs = {pair for row in _KEY_ROWS for pair in pairwise(row)}
    for upper, lower in pairwise(_KEY_ROWS):
        pairs |= {*zip(upper, lower, strict=False), *zip(upper[1:], lower, strict=False)}
    return pairs | {(second, first) for first, second in pairs}


_SAME_SOUND_PAIRS = frozenset(_CONFUSED_SPELLINGS) | {(second, first) for first, second in _CONFUSED_SPELLINGS}
_NEIGHBOURS = frozenset(_neighbouring_keys())
_EDIT_SIZES = ((1, 0), (0, 1), (1, 1), (2, 1), (1, 2), (2, 2))


def cost(typed: str, meant: str) -> float:
    """The cost of the cheapest edits that turn `typed` into `meant`; 0 for the same word.

    Dynamic programming over prefixes, as for an edit distance, with edits of up to two letters on each side.
    """
    costs = [[0.0] * (len(meant) + 1) for _ in range(len(typed) + 1)]
    for row in range(len(typed) + 1):
        for column in range(len(meant) + 1):
            if row or column:
                costs[row][column] = _cheapest(costs, typed, meant, row, column)
    return costs[-1][-1]


def _cheapest(costs: list[list[float]], typed: str, meant: str, row: int, column: int) -> float:
    """The cost of turning the first `row` letters of `typed` into the first `column` letters of `meant`."""
    best = float("inf")
    if row and column and typed[row - 1] == meant[column - 1]:
        best = costs[row - 1][column - 1]
    is_at_edge = min(row, column) <= 1 or (row == len(typed) and column == len(meant))
    for down, right in _EDIT_SIZES:
        if down > row or right > column or costs[row - down][column - right] >= best:
            continue
        edit = _edit_cost(typed[row - down : row], meant[column - right : column], typed[:row], is_at_edge)
        best = min(best, costs[row - down][column - right] + edit)
    return best


def _edit_cost(typed: str, meant: str, typed_so_far: str, is_at_edge: bool) -> float:
    """The cost of typing at most two letters for at most two others; `typed_so_far` ends with `typed`."""
    if (typed, meant) in _SAME_SOUND_PAIRS:
        return _SOUNDS_ALIKE
    surcharge = _EDGE_SURCHARGE if is_at_edge else 0.0
    match len(typed), len(meant):
        case (1, 0):
            return _DOUBLED if typed_so_far[-2:-1] == typed else _EXTRA + surcharge
        case (0, 1):
            return _DOUBLED if typed_so_far[-1:] == meant else _MISSING + surcharge
        case (1, 1):
            return (_NEIGHBOUR if (typed, meant) in _NEIGHBOURS else _OTHER) + surcharge
        case (2, 2) if typed == meant[::-1]:
            return _SWAPPED
        case _:
            return float("inf")


_SPELLING_TO_SOUND = (
    ("\nps", "\ns"), ("ch", "\x00"), ("sh", "\x00"), ("ph", "f"), ("gue", "\x01e"), ("gui", "\x01i"), ("ge", "je"),
    ("gi", "ji"), ("\x01", "g"), ("que", "ke"), ("qui", "ki"), ("q", "k"), ("xc", "s"), ("sc", "s"), ("ce", "se"),
    ("ci", "si"), ("c", "k"), ("ks", "s"), ("x", "s"), ("z", "s"), ("h", ""), ("ll", "y"), ("v", "b"), ("w", "b"),
    ("mp", "np"), ("mb", "nb"), *((2 * letter, letter) for letter in "abdefgijklmnñoprstu"),
)  # fmt: skip


def sound(folded: str) -> str:
    """A text that stands for the sound of a folded word, the same for words that sound alike in Spanish.

    Takes many words at once, one a line, and gives as many lines.
    """
    text = f"\n{folded}"
    for letters, replacement in _SPELLING_TO_SOUND:
        text = text.replace(letters, replacement)
    return text[1:]
