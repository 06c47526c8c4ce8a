"""Spellings: words that a language writes in two ways (*septiembre, setiembre*), from `spellings.txt`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from itertools import takewhile
from pathlib import Path

from searchidx.analysis.analyzer import Word
from searchidx.analysis.folding import fold
from searchidx.runtime.files import data_lines

_ANY_ENDING = "*"

Group = tuple[str, ...]


class Spellings:
    """Groups of words, or of beginnings of words, that are spellings of one word."""

    def __init__(self, groups: Iterable[Group]) -> None:
        """The words of a group are folded; a beginning has `*` at its end."""
        self._others: dict[str, Group] = {}
        for group in groups:
            for each in group:
                others = (*self._others.get(each, ()), *(other for other in group if other != each))
                self._others[each] = tuple(dict.fromkeys(others))
        self._lengths = sorted({len(each) - 1 for each in self._others if each.endswith(_ANY_ENDING)})

    def of(self, folded: str) -> Group:
        """The other spellings of a folded word, folded."""
        return tuple(dict.fromkeys(self._find(folded)))

    def _find(self, folded: str) -> Iterator[str]:
        yield from self._others.get(folded, ())
        for length in self._lengths:
            if length > len(folded):
                break
            for other in self._others.get(folded[:length] + _ANY_ENDING, ()):
                yield other.removesuffix(_ANY_ENDING) + folded[length:]


@cache
def spanish_spellings() -> Spellings:
    """The spellings of `spellings.txt`."""
    lines = data_lines(Path(__file__).with_name("spellings.txt"))
    return Spellings(tuple(fold(word.strip()) for word in line.split("=")) for _, line in lines)


def with_accents_of(word: Word, other: str) -> str:
    """Another spelling of a word, with the accents where both end alike (*psicólogo*, *sicólogo*)."""
    pairs = zip(reversed(word.folded), reversed(other), strict=False)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    # Folding can change the number of letters, but not of Spanish ones.
    if not alike or len(word.lower) != len(word.folded):
        return other
    return other[:-alike] + word.lower[-alike:]
