"""Snapshots: an index open for reading, which follows what other processes write and swap."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TypeVar

from searchidx.analysis.analyzer import Analyzer
from searchidx.engines.contract import Engine, Request
from searchidx.engines.query import Term
from searchidx.engines.registry import open_engine
from searchidx.errors import EngineError, EngineUnavailableError
from searchidx.model.document import Document
from searchidx.model.reports import IndexStats
from searchidx.model.results import Completion, Results
from searchidx.query.ast import ParsedQuery
from searchidx.query.terms.vocabulary import Vocabulary
from searchidx.runtime.files import size_below
from searchidx.search.hits import HitBuilder, StaleSnapshotError
from searchidx.search.searcher import Searcher
from searchidx.store.connection import Connection
from searchidx.store.lexicon import Lexicon
from searchidx.store.manifest import Location, Manifest, read_manifest
from searchidx.store.reading import StoreReader

T = TypeVar("T")

_VERSION_DIGITS = 16
_ATTEMPTS = 5  # while somebody writes; each sees a newer state


class IndexSnapshot:
    """One generation of an index, open for reading; `SnapshotProvider` counts under its lock who uses it."""

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
        hits = HitBuilder(self.engine, self.store, analyzer)
        self.searcher = Searcher(self.engine, self.store, self.vocabulary, hits, self.correct)
        self._frequent_words = self.lexicon.remembered(self._read_frequent_words)
        self._users = 0
        self._is_retired = False

    def folders(self) -> tuple[Path, ...]:
        """The folders that were indexed, in the order in which they came."""
        from searchidx.store.sources import Sources  # a query never pays for it

        return tuple(folder.path for folder in Sources(self.connection).folders())

    def stats(self, folder: Path) -> IndexStats:
        """What the index in `folder` holds."""
        documents, paragraphs = self.store.counts()
        return IndexStats(
            location=folder,
            documents=documents,
            paragraphs=paragraphs,
            forms=len(self.lexicon),
            engine=self.manifest.engine,
            generation=self.manifest.generation,
            bytes=size_below(folder),
            folders=self.folders(),
        )

    def document(self, document_id: str) -> Document | None:
        """The document with this id, None when there is none."""
        row = self.store.row_of(document_id)
        stored = self.store.document(row) if row is not None else None
        return stored.document if stored is not None else None

    def correct(self, parsed: ParsedQuery) -> str | None:
        """The query with its misspelt words corrected; None when there is nothing to offer."""
        from searchidx.search.corrections import Corrector, correctable_ranges  # most queries never need it

        corrector = Corrector(self.vocabulary, self.lexicon, self._is_in_metadata)
        return corrector.corrected_query(parsed.text, correctable_ranges(parsed.root))

    def _is_in_metadata(self, word: str) -> bool:
        """Whether a metadata field of some document has this folded word."""
        return bool(self.engine.search(Request("document", Term("metadata", word), limit=0)).total)

    def suggest(self, text: str, limit: int) -> tuple[Completion, ...]:
        """Completions of what is being typed."""
        from searchidx.search.completions import Completer, CorpusSearches  # a query never pays for it

        completer = Completer(self.vocabulary.forms, self.lexicon, CorpusSearches(self.searcher))
        return completer.completions(text, limit)

    def frequent_words(self, limit: int) -> tuple[str, ...]:
        """Words that many documents have, names before others; read once until the lexicon changes."""
        return self._frequent_words.value()[:limit]

    def _read_frequent_words(self) -> tuple[str, ...]:
        from searchidx.search.completions import frequent_words  # a query never pays for it

        return frequent_words(self.lexicon)

    def similar(self, document: Document, limit: int) -> Results:
        """Other documents on the same matter."""
        from searchidx.search.similar import similarity_query  # a query never pays for it

        query = similarity_query(document, self._analyzer, self.lexicon)
        return self.searcher.similar(document.id, query, limit)

    def enter(self) -> None:
        """Count one more thread that uses the snapshot."""
        self._users += 1

    def leave(self) -> None:
        """Count one thread less; the last one closes a retired snapshot."""
        self._users -= 1
        self._close_if_unused()

    def retire(self) -> None:
        """Close the files as soon as no thread uses the snapshot."""
        self._is_retired = True
        self._close_if_unused()

    def _close_if_unused(self) -> None:
        if self._is_retired and not self._users:
            self.engine.close()
            self.connection.close()


class SnapshotProvider:
    """Keeps an index open and opens it again when its manifest changes; may serve many threads."""

    def __init__(self, location: Location, analyzer: Analyzer, synonyms: Path) -> None:
        self._location = location
        self._synonyms = synonyms
        self._analyzer = analyzer
        self._lock = RLock()
        self._open: IndexSnapshot | None = None
        self._seen: tuple[int, int] | None = None

    def use(self, action: Callable[[IndexSnapshot], T]) -> T:
        """What `action` gives on the newest snapshot.

        It is called again when the snapshot became stale meanwhile: its generation was swapped away, or the store
        purged what its engine still returns. Raises IndexStateError when there is no index any more, and
        EngineUnavailableError when the index changes too fast to be read.
        """
        for _ in range(_ATTEMPTS):
            stamp = self._stamp()
            try:
                with self._current() as snapshot:
                    return action(snapshot)
            except StaleSnapshotError:
                continue
            except EngineError:
                if self._stamp() == stamp:
                    raise
        raise EngineUnavailableError("the index is changing too fast to be read; try again", retryable=True)

    @contextmanager
    def _current(self) -> Iterator[IndexSnapshot]:
        with self._lock:
            snapshot = self._newest()
            snapshot.enter()
        try:
            yield snapshot
        finally:
            with self._lock:
                snapshot.leave()

    def _newest(self) -> IndexSnapshot:
        stamp = self._stamp()
        if self._open is None or stamp != self._seen:
            self.close()
            manifest = read_manifest(self._location)
            self._open = IndexSnapshot(self._location, manifest, self._analyzer, self._synonyms)
            self._seen = stamp
        return self._open

    def _stamp(self) -> tuple[int, int] | None:
        """Changes whenever the manifest is replaced."""
        try:
            status = self._location.manifest.stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    def version(self) -> str:
        """Another text after every change that a search may see, in every process that reads the index.

        It depends on the names and times of files only: nothing is opened. Ask before searching, not after: then
        what was found is as new as the version says, or newer.
        """
        log = self._location.store.with_name(f"{self._location.store.name}-wal")
        paths = (self._location.manifest, self._location.store, log, self._synonyms)
        state = repr([_time_and_size(path) for path in paths])
        return hashlib.sha256(state.encode()).hexdigest()[:_VERSION_DIGITS]

    def close(self) -> None:
        """Close all files; the next use opens them again."""
        with self._lock:
            if self._open is not None:
                self._open.retire()
                self._open = None


def _time_and_size(path: Path) -> tuple[int, int] | None:
    """When a file was written last and how long it is; None for an empty one, as reading makes an empty log."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size) if status.st_size else None
