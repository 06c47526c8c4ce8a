"""How do readers see the newest state by themselves, while somebody else writes or swaps generations?"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TypeVar

from searchidx.analysis.analyzer import Analyzer
from searchidx.engines.contract import (
    Engine,
    Request,
)
from searchidx.engines.query import Term
from searchidx.engines.registry import open_engine
from searchidx.errors import EngineError
from searchidx.model.document import Document
from searchidx.model.results import (
    Completion,
    Results,
)
from searchidx.query.ast import ParsedQuery
from searchidx.query.terms.vocabulary import Vocabulary
from searchidx.search.searcher import Searcher
from searchidx.store.connection import Connection
from searchidx.store.lexicon import Lexicon
from searchidx.store.manifest import (
    Location,
    Manifest,
    read_manifest,
)
from searchidx.store.reading import StoreReader

T = TypeVar("T")

_VERSION_DIGITS = 16


class IndexSnapshot:
    """One generation of an index, open for reading; `IndexReader` counts under its lock who uses it."""

    def __init__(self, location: Location, manifest: Manifest, analyzer: Analyzer, synonyms: Path) -> None:
        self.manifest = manifest
        self._analyzer = analyzer
        self.connection = Connection(location.store, writable=False)
        try:
            folder = location.generation(manifest.generation)
            self.engine: Engine = open_engine(manifest.engine, folder, create=False)
        except BaseException:
            self.connection.close()
            raise
        self.store = StoreReader(self.connection)
        self.lexicon = Lexicon(self.connection)
        self.vocabulary = Vocabulary(analyzer, self.lexicon, synonyms)
        self.searcher = Searcher(self.engine, self.store, self.vocabulary, analyzer, self.corrected)
        self._users = 0
        self._is_retired = False

    def folders(self) -> tuple[Path, ...]:
        """The folders that were indexed, in the order in which they came."""
        from searchidx.store.sources import Sources  # a query never pays for it

        return tuple(folder.path for folder in Sources(self.connection).folders())

    def corrected(self, parsed: ParsedQuery) -> str | None:
        """The query with its misspelt words corrected; None when there is nothing to offer."""
        from searchidx.search.suggest import (  # most queries never need it
            Corrector,
            correctable,
        )

        corrector = Corrector(self.vocabulary, self.vocabulary.forms, self.lexicon, self._is_about)
        return corrector.corrected_query(parsed.text, correctable(parsed.root))

    def _is_about(self, word: str) -> bool:
        """Whether a folded word is one of a source, a place or an author."""
        return bool(self.engine.search(Request("document", Term("metadata", word), limit=0)).total)

    def suggest(self, text: str, limit: int) -> tuple[Completion, ...]:
        """Completions of what is being typed."""
        from searchidx.search.corpus_searches import CorpusSearches  # a query never pays for it
        from searchidx.search.suggest import Completer

        completer = Completer(self.vocabulary.forms, self.lexicon, CorpusSearches(self.searcher))
        return completer.completions(text, limit)

    def similar(self, document: Document, limit: int) -> Results:
        """Other documents on the same matter."""
        from searchidx.search.similar import similarity_query  # a query never pays for it

        query = similarity_query(document, self._analyzer, self.lexicon)
        return self.searcher.similar(document.id, query, limit)

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

    def __init__(self, location: Location, analyzer: Analyzer, synonyms: Path) -> None:
        self._location = location
        self._synonyms = synonyms
        self._analyzer = analyzer
        self._lock = RLock()
        self._open: IndexSnapshot | None = None
        self._seen: tuple[int, int] | None = None

    @contextmanager
    def current(self) -> Iterator[IndexSnapshot]:
        """The newest state; IndexStateError when there is no index any more."""
        with self._lock:
            current = self._newest()
            current.enter()
        try:
            yield current
        finally:
            with self._lock:
                current.leave()

    def use(self, action: Callable[[IndexSnapshot], T]) -> T:
        """What `action` gives on the newest state; once more when its generation is swapped away meanwhile."""
        while True:
            with self.current() as current:
                try:
                    return action(current)
                except EngineError:
                    if read_manifest(self._location) == current.manifest:
                        raise

    def _newest(self) -> IndexSnapshot:
        stamp = self._stamp()
        if self._open is None or stamp != self._seen:
            self.close()
            self._open = self._opened()
            self._seen = stamp
        return self._open

    def _opened(self) -> IndexSnapshot:
        manifest = read_manifest(self._location)
        try:
            return IndexSnapshot(self._location, manifest, self._analyzer, self._synonyms)
        except EngineError:
            newer = read_manifest(self._location)
            if newer == manifest:
                raise
            # The old one was swapped away while we opened it.
            return IndexSnapshot(self._location, newer, self._analyzer, self._synonyms)

    def _stamp(self) -> tuple[int, int] | None:
        """Changes whenever the manifest is replaced."""
        try:
            status = self._location.manifest.stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    def version(self) -> str:
        """Another text after every change that a search may see, in every process that reads the index.

        It comes from what the files' own names and times say: nothing is opened. Ask before searching, not after:
        then what was found is as new as the version says, or newer.
        """
        log = self._location.store.with_name(f"{self._location.store.name}-wal")
        paths = (self._location.manifest, self._location.store, log, self._synonyms)
        told = repr([_written(path) for path in paths])
        return hashlib.sha256(told.encode()).hexdigest()[:_VERSION_DIGITS]

    def close(self) -> None:
        """Let go of all files; the next use opens them again."""
        with self._lock:
            if self._open is not None:
                self._open.retire()
                self._open = None


def _written(path: Path) -> tuple[int, int] | None:
    """When a file was written last and how long it is; an empty log is made by reading, so it is as none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size) if status.st_size else None
