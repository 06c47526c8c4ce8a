"""Synonyms: groups of names from small files, expanded when a query is planned, never in the index."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from searchidx.analysis.analyzer import Analyzer, Word
from searchidx.errors import CorpusError
from searchidx.runtime.files import data_lines

DEFAULT_FILES = tuple(Path(__file__).with_name(name) for name in ("synonyms.txt", "places.txt"))

Name = tuple[str, ...]
"""A name as its folded words."""


@dataclass(frozen=True, slots=True)
class Synonym:
    """The other names of one name in a query."""

    first: int  # its words in the query, half-open
    end: int
    others: tuple[Name, ...]


class Synonyms:
    """Name → its other names."""

    def __init__(self, others: Mapping[Name, tuple[Name, ...]], proper: Set[str] = frozenset()) -> None:
        """`proper` has the folded words that are a name by themselves and are written with a capital."""
        self.proper = proper
        self._others = others
        self._max_words = max(map(len, self._others), default=0)

    def of(self, name: Name) -> tuple[Name, ...]:
        """The other names of one name."""
        return self._others.get(name, ())

    def find(self, words: Name) -> Iterator[Synonym]:
        """The names among the folded words of a query, from left to right, the longest at each position."""
        first = 0
        while first < len(words):
            ends = range(min(len(words), first + self._max_words), first, -1)
            end = next((end for end in ends if words[first:end] in self._others), None)
            if end is not None:
                yield Synonym(first, end, self._others[words[first:end]])
            first = end or first + 1


def read_synonyms(paths: Iterable[Path], analyzer: Analyzer) -> Synonyms:
    """The groups of all files: one a line, with `=` between the names; `#` begins a comment.

    Raises CorpusError when a file cannot be read, and for a line with fewer than two names.
    """
    groups, proper = [], set[str]()
    for path in paths:
        for names in _read_groups(path, analyzer):
            groups.append([tuple(word.folded for word in words) for words in names.values()])
            proper.update(
                words[0].folded for name, words in names.items() if len(words) == 1 and name[0].isupper()
            )
    return Synonyms(_others_of_groups(groups), proper)


def _others_of_groups(groups: Iterable[Sequence[Name]]) -> dict[Name, tuple[Name, ...]]:
    found: dict[Name, dict[Name, None]] = {}
    for group in groups:
        for name in group:
            found.setdefault(name, {}).update(dict.fromkeys(other for other in group if other != name))
    return {name: tuple(others) for name, others in found.items()}


def _read_groups(path: Path, analyzer: Analyzer) -> Iterator[dict[str, list[Word]]]:
    """The words of each name of each group."""
    try:
        lines = data_lines(path)
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(str(path), f"the synonyms cannot be read ({error})") from error
    for number, content in lines:
        names = {name.strip(): analyzer.words(name) for name in content.split("=")}
        if len(names) < 2 or not all(names.values()):
            raise CorpusError(str(path), "a line needs two names or more, with = between them", number)
        yield names


@cache
def country_names() -> Synonyms:
    """The names of countries in other languages and scripts → their Spanish names, from `countries.tsv`."""
    text = Path(__file__).with_name("countries.tsv").read_text(encoding="utf-8")
    found: dict[Name, tuple[Name, ...]] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            spanish, others = ([tuple(name.split()) for name in names.split("|")] for names in line.split("\t"))
            for name in others:
                found[name] = (*found.get(name, ()), *spanish)
    return Synonyms(found)
