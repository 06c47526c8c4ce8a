"""Synonyms: groups of names from a small file, expanded when a query is planned, never in the index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from searchidx.analysis.analyzer import Analyzer
from searchidx.errors import CorpusError
from searchidx.runtime.files import data_lines

DEFAULT_FILE = Path(__file__).with_name("synonyms.txt")

Name = tuple[str, ...]
"""A name as its folded words."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """The other names of one name in a query."""

    first: int  # its words in the query, half-open
    end: int
    others: tuple[Name, ...]


class Synonyms:
    """Groups of names, each for one thing."""

    def __init__(self, groups: Sequence[Sequence[Name]]) -> None:
        self._others: dict[Name, tuple[Name, ...]] = {}
        for group in groups:
            for name in group:
                others = [*self._others.get(name, ()), *(other for other in group if other != name)]
                self._others[name] = tuple(dict.fromkeys(others))
        self._max_words = max(map(len, self._others), default=0)

    def find(self, words: Name) -> Iterator[Synonym]:
        """The names among the folded words of a query, from left to right, the longest at each position."""
        first = 0
        while first < len(words):
            ends = range(min(len(words), first + self._max_words), first, -1)
            end = next((end for end in ends if words[first:end] in self._others), None)
            if end is not None:
                yield Synonym(first, end, self._others[words[first:end]])
            first = end or first + 1


def read_synonyms(path: Path, analyzer: Analyzer) -> Synonyms:
    """The groups of a file: one a line, with `=` between the names; `#` begins a comment.

    Raises CorpusError when the file cannot be read, and for a line with fewer than two names.
    """
    try:
        lines = data_lines(path)
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(str(path), f"the synonyms cannot be read ({error})") from error
    groups = []
    for number, content in lines:
        names = [tuple(word.folded for word in analyzer.words(name)) for name in content.split("=")]
        if len(names) < 2 or not all(names):
            raise CorpusError(str(path), "a line needs two names or more, with = between them", number)
        groups.append(names)
    return Synonyms(groups)
