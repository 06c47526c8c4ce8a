"""The systems that the benchmark compares: what a system must offer, their names, and searchidx as one of them."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from searchidx.analysis.languages.es.spanish import SPANISH
from searchidx.engines.registry import ENGINES
from searchidx.model.document import Level

if TYPE_CHECKING:
    from searchidx.index import Index

HITS = 10
"""The number of hits that every system returns for a query, besides the exact total."""


class OpenSystem(Protocol):
    """A system whose index is open for queries."""

    def search(self, query: str, level: Level, highlight: bool) -> int | None:
        """Find the best `HITS`, read what a page shows of them, and return the total number of hits.

        `highlight` marks the matches in pieces of the texts. None when the system cannot do that.
        """
        ...

    def close(self) -> None:
        """Release the files; the object is not used afterwards."""
        ...


class System(Protocol):
    """A way to index and search; its module imports its library only when the system is made."""

    def index(self, corpus: Path, folder: Path) -> None:
        """Index a file of `corpus_file` into the empty folder, at both levels; durable on return."""
        ...

    def open(self, folder: Path) -> OpenSystem:
        """Open what `index` wrote, for queries."""
        ...


_OTHER_SYSTEMS = {
    "sqlite-fts5": ("searchidx.evaluation.bench.sqlite_fts5", "SqliteFts5"),
    "raw-tantivy": ("searchidx.evaluation.bench.raw_tantivy", "RawTantivy"),
}
"""Name → module and class; each module imports its own library only."""

SYSTEMS = (*ENGINES, *_OTHER_SYSTEMS)
"""The names of all systems: searchidx with each of its engines, then the others."""

_TITLES = {"sqlite-fts5": "SQLite FTS5", "raw-tantivy": "raw tantivy"}

BASELINE = "raw-tantivy"
"""The system by whose figures those of the others are divided: the fastest library in its plainest use."""


def title_of(name: str) -> str:
    """The name of a system in tables and plots."""
    return _TITLES.get(name, f"searchidx/{name}")


def make_system(name: str) -> System:
    """The system of this name; ModuleNotFoundError when its library is not installed."""
    if name not in _OTHER_SYSTEMS:
        return SearchidxSystem(name)
    module, class_name = _OTHER_SYSTEMS[name]
    system: System = getattr(importlib.import_module(module), class_name)()
    return system


class SearchidxSystem:
    """searchidx with one engine: store, lexicon and both levels, as `searchidx index` makes them."""

    def __init__(self, engine: str) -> None:
        self._engine = engine

    def index(self, corpus: Path, folder: Path) -> None:
        """Index the file as `searchidx index` does."""
        from searchidx.index import Index  # measured processes of other systems do not import it

        with Index.create(folder, engine=self._engine) as index:
            index.sync(corpus)

    def open(self, folder: Path) -> OpenSearchidx:
        """An index, which may be the user's own."""
        from searchidx.index import Index  # see `index`

        return OpenSearchidx(Index.open(folder))


class OpenSearchidx:
    """An open index of searchidx."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def search(self, query: str, level: Level, highlight: bool) -> int | None:
        """The number of hits, searched as `searchidx query` and the web page do it."""
        return self._index.search(query, level=level, per_page=HITS, highlight=highlight).total

    def close(self) -> None:
        """See `OpenSystem.close`."""
        self._index.close()


def words_and_phrases(query: str) -> Iterator[list[str]]:
    """The words of a query, each in a list of its own, and its quoted phrases as lists of several words.

    Systems without searchidx's query language search for these.
    """
    for number, part in enumerate(re.split('"', query)):
        words = SPANISH.token_texts(part)
        if number % 2 and words:
            yield words
        else:
            yield from ([word] for word in words)
