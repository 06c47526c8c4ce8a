"""How do readers see the newest state by themselves, while somebody else writes or swaps generations?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TypeVar

from searchidx.analysis.analyzer import Analyzer
from searchidx.engines.base import Engine
from searchidx.engines.registry import open_engine
from searchidx.errors import EngineError
from searchidx.manifest import Location, Manifest, read_manifest
from searchidx.query.vocabulary import Vocabulary
from searchidx.searching import Searcher
from searchidx.store.connection import Connection
from searchidx.store.lexicon import Lexicon
from searchidx.store.reading import StoreReader

T = TypeVar("T")


class OpenIndex:
    """One generation of an index, open for reading; `IndexReader` counts under its lock who uses it."""

    def __init__(self, location: Location, manifest: Manifest, analyzer: Analyzer) -> None:
        self.manifest = manifest
        self.connection = Connection(location.store, writable=False)
        self.engine: Engine = open_engine(manifest.engine, location.generation(manifest.generation), create=False)
        self.store = StoreReader(self.connection)
        self.lexicon = Lexicon(self.connection)
        self.vocabulary = Vocabulary(analyzer, self.lexicon)
        self.searcher = Searcher(self.engine, self.store, self.vocabulary, analyzer)
        self._users = 0
        self._is_retired = False

    def folders(self) -> tuple[Path, ...]:
        """The folders that were indexed, in the order in which they came."""
        from searchidx.store.sources import Sources  # noqa: PLC0415 - a query never pays for it

        return tuple(folder.path for folder in Sources(self.connection).folders())

    def enter(self) -> None:
        """One more thread uses it."""
        self._users += 1

    def leave(self) -> None:
        """One thread less uses it; the last one closes what was retired meanwhile."""
        self._users -= 1
        self._close_if_unused()

    def retire(self) -> None:
        """Let go of all files as soon as nobody uses them."""
        self._is_retired = True
        self._close_if_unused()

    def _close_if_unused(self) -> None:
        if self._is_retired and not self._users:
            self.engine.close()
            self.connection.close()


class IndexReader:
    """Keeps an index open and opens it again when its manifest changes; may serve many threads."""

    def __init__(self, location: Location, analyzer: Analyzer) -> None:
        self._location = location
        self._analyzer = analyzer
        self._lock = RLock()
        self._open: OpenIndex | None = None
        self._seen: tuple[int, int] | None = None

    @contextmanager
    def current(self) -> Iterator[OpenIndex]:
        """The newest state; IndexStateError when there is no index any more."""
        with self._lock:
            current = self._newest()
            current.enter()
        try:
            yield current
        finally:
            with self._lock:
                current.leave()

    def use(self, action: Callable[[OpenIndex], T]) -> T:
        """What `action` gives on the newest state; once more when its generation is swapped away meanwhile."""
        while True:
            with self.current() as current:
                try:
                    return action(current)
                except EngineError:
                    if read_manifest(self._location) == current.manifest:
                        raise

    def _newest(self) -> OpenIndex:
        stamp = self._stamp()
        if self._open is None or stamp != self._seen:
            self.close()
            self._open = self._opened()
            self._seen = stamp
        return self._open

    def _opened(self) -> OpenIndex:
        manifest = read_manifest(self._location)
        try:
            return OpenIndex(self._location, manifest, self._analyzer)
        except EngineError:
            newer = read_manifest(self._location)
            if newer == manifest:
                raise
            return OpenIndex(self._location, newer, self._analyzer)  # swapped while we opened the old one

    def _stamp(self) -> tuple[int, int] | None:
        """Changes whenever the manifest is replaced."""
        try:
            status = self._location.manifest.stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    def close(self) -> None:
        """Let go of all files; the next use opens them again."""
        with self._lock:
            if self._open is not None:
                self._open.retire()
                self._open = None
