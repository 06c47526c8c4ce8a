"""What else is a thing called? A small file of groups, expanded when a query is planned, never in the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from searchidx.analysis.analyzer import Analyzer
from searchidx.errors import CorpusError

DEFAULT_FILE = Path(__file__).with_name("synonyms.txt")

Name = tuple[str, ...]
"""Folded words."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """Other names of what stands in a query from word `first` to before word `end`."""

    first: int
    end: int
    others: tuple[Name, ...]


class Synonyms:
    """Groups of names for the same thing."""

    def __init__(self, groups: Sequence[Sequence[Name]]) -> None:
        self._others: dict[Name, tuple[Name, ...]] = {}
        for group in groups:
            for name in group:
                others = [*self._others.get(name, ()), *(other for other in group if other != name)]
                self._others[name] = tuple(dict.fromkeys(others))
        self._longest = max(map(len, self._others), default=0)

    def find(self, words: Name) -> Iterator[Synonym]:
        """The names among the folded words of a query, from left to right, the longest at each place."""
        first = 0
        while first < len(words):
            ends = range(min(len(words), first + self._longest), first, -1)
            end = next((end for end in ends if words[first:end] in self._others), None)
            if end is not None:
                yield Synonym(first, end, self._others[words[first:end]])
            first = end or first + 1


def read_synonyms(path: Path, analyzer: Analyzer) -> Synonyms:
    """The groups of a file: one a line, names parted by `=`, `#` begins a comment.

    Raises CorpusError with the line that has no two names, or when the file cannot be read.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(str(path), f"the synonyms cannot be read ({error})") from error
    groups = []
    for number, line in enumerate(lines, 1):
        told = line.partition("#")[0].strip()
        names = [tuple(word.folded for word in analyzer.words(name)) for name in told.split("=")]
        if told and (len(names) < 2 or not all(names)):
            raise CorpusError(str(path), "a line needs two names or more, parted by =", number)
        if told:
            groups.append(names)
    return Synonyms(groups)
