"""What can be compared? Anything that indexes a file of documents and answers queries from what it wrote."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from searchidx.analysis.languages.es.spanish import SPANISH
from searchidx.engines.registry import ENGINES
from searchidx.model.document import Level

HITS = 10
"""How many every system gives of each answer; and the exact total."""


class Answering(Protocol):
    """A system that is open for queries."""

    def answer(self, query: str, level: Level, highlight: bool) -> int | None:
        """Find the best `HITS`, read what a page shows of them; how many there are in all.

        `highlight` marks the matches in pieces of their texts. None when the system cannot do this.
        """
        ...

    def close(self) -> None:
        """Let go of files; the object is not used afterwards."""
        ...


class System(Protocol):
    """One way of indexing and searching; its module imports its library only when it is made."""

    def index(self, corpus: Path, folder: Path) -> None:
        """Index a file of `corpus_file` into the empty folder, both levels; durable on return."""
        ...

    def open(self, folder: Path) -> Answering:
        """What `index` wrote, for queries."""
        ...


_OWN = ("searchidx.evaluation.bench.searchidx_system", "Own")
_OTHERS = {
    "sqlite-fts5": ("searchidx.evaluation.bench.sqlite_fts5", "SqliteFts5"),
    "raw-tantivy": ("searchidx.evaluation.bench.raw_tantivy", "RawTantivy"),
}
"""Name → module and class; each imports its own library only."""

SYSTEMS = (*ENGINES, *_OTHERS)
"""The names: searchidx with each of its engines, then the others."""

_TITLES = {"sqlite-fts5": "SQLite FTS5", "raw-tantivy": "raw tantivy"}

BASELINE = "raw-tantivy"
"""What the others are told in multiples of: the fastest library of the field, used bare."""


def title_of(name: str) -> str:
    """What a system is called where people read it."""
    return _TITLES.get(name, f"searchidx/{name}")


def system_named(name: str) -> System:
    """The system; ModuleNotFoundError when its library is not installed."""
    module, class_name = _OTHERS.get(name, _OWN)
    made = getattr(importlib.import_module(module), class_name)
    system: System = made() if name in _OTHERS else made(name)
    return system


def pieces(query: str) -> Iterator[list[str]]:
    """What systems without our query language are asked: each word by itself, what stands in quotes together."""
    for number, part in enumerate(re.split('"', query)):
        words = SPANISH.token_texts(part)
        if number % 2 and words:
            yield words
        else:
            yield from ([word] for word in words)
