"""How is searchidx itself measured? Through its public face, with one of its engines."""

from __future__ import annotations

from pathlib import Path

from searchidx.evaluation.bench.systems import HITS
from searchidx.index import Index
from searchidx.model.document import Level


class Own:
    """searchidx with one engine: store, lexicon and both levels, as `searchidx index` makes them."""

    def __init__(self, engine: str) -> None:
        self._engine = engine

    def index(self, corpus: Path, folder: Path) -> None:
        """As `searchidx index` does."""
        with Index.create(folder, engine=self._engine) as index:
            index.sync(corpus)

    def open(self, folder: Path) -> OpenOwn:
        """Any index, the user's own too."""
        return OpenOwn(Index.open(folder))


class OpenOwn:
    """An open index."""

    def __init__(self, index: Index) -> None:
        self._index = index

    def answer(self, query: str, level: Level, highlight: bool) -> int | None:
        """As `searchidx query` and the web page ask."""
        return self._index.search(query, level=level, per_page=HITS, highlight=highlight).total

    def close(self) -> None:
        """See `Answering.close`."""
        self._index.close()
