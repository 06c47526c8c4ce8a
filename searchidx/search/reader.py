"""Readers: an index open for searching, and opened again when its generation is replaced."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

from searchidx.analysis.analyzer import Analyzer
from searchidx.engines.contract import Engine, EngineRequest
from searchidx.engines.query import Term
from searchidx.engines.registry import open_engine
from searchidx.errors import DocumentNotFoundError, EngineError, EngineUnavailableError
from searchidx.model.document import Document, MatchedDocument
from searchidx.model.results import Completion, Results
from searchidx.query.ast import ParsedQuery
from searchidx.query.parsing.parser import parse
from searchidx.query.planning.planner import build_plan
from searchidx.query.terms.vocabulary import Vocabulary
from searchidx.runtime.files import size_below
from searchidx.search.highlight import find_matches
from searchidx.search.hits import HitBuilder, StaleReaderError
from searchidx.search.searcher import Searcher
from searchidx.store.manifest import Location, Manifest, read_manifest
from searchidx.store.store import Store

if TYPE_CHECKING:
    from searchidx.model.reports import IndexStats

T = TypeVar("T")

_VERSION_DIGITS = 16
_MAX_ATTEMPTS = 5  # each reads a newer state, while another process writes


class IndexReader:
    """One generation of an index, open for reading. Store and engine show its newest commit at each call.

    `ReaderManager` counts the users of a reader under a lock.
    """

    def __init__(
        self, location: Location, manifest: Manifest, analyzer: Analyzer, synonyms: Sequence[Path]
    ) -> None:
        self.manifest = manifest
        self._analyzer = analyzer
        self.store = Store.open(location.store, writable=False)
        try:
            folder = location.generation(manifest.generation)
            self.engine: Engine = open_engine(manifest.engine, folder, create=False)
        except BaseException:
            self.store.close()
            raise
        documents = self.store.documents
        self.vocabulary = Vocabulary(analyzer, self.store.lexicon, synonyms)
        hits = HitBuilder(self.engine, documents, analyzer)
        self.searcher = Searcher(self.engine, documents, self.vocabulary, hits, self.correct)
        self._frequent_words = self.store.lexicon.cached(self._read_frequent_words)
        self._users = 0
        self._is_retired = False

    def folders(self) -> tuple[Path, ...]:
        """The folders that were indexed, in the order in which they were added."""
        return tuple(folder.path for folder in self.store.sources.folders())

    def stats(self, folder: Path) -> IndexStats:
        """What the index in `folder` holds."""
        documents, paragraphs = self.store.documents.counts()
        from searchidx.model.reports import IndexStats  # a search does not need it

        return IndexStats(
            location=folder,
            documents=documents,
            paragraphs=paragraphs,
            forms=len(self.store.lexicon),
            engine=self.manifest.engine,
            generation=self.manifest.generation,
            bytes=size_below(folder),
            folders=self.folders(),
        )

    def document(self, document_id: str) -> Document:
        """The document with this id; DocumentNotFoundError when there is none."""
        row = self.store.documents.row_of(document_id)
        stored = self.store.documents.document(row) if row is not None else None
        if stored is None:
            raise DocumentNotFoundError(document_id)
        return stored.document

    def matched_document(self, document_id: str, query: str) -> MatchedDocument:
        """The document with this id and everything that a query highlights in it; errors as `document`."""
        document = self.document(document_id)
        plan = build_plan(parse(query).root, self.vocabulary)
        title = find_matches(document.title, plan.highlight_terms("title"), self._analyzer)
        terms = plan.highlight_terms("text")
        texts = (find_matches(each.text, terms, self._analyzer) for each in document.paragraphs)
        return MatchedDocument(document, title.ranges, tuple(text.ranges for text in texts))

    def correct(self, parsed: ParsedQuery) -> str | None:
        """The query with its mistyped words corrected; None without a correction."""
        from searchidx.search.corrections import Corrector, correctable_ranges  # most queries never need it

        corrector = Corrector(self.vocabulary, self.store.lexicon, self._is_in_metadata)
        return corrector.corrected_query(parsed.text, correctable_ranges(parsed.root))

    def _is_in_metadata(self, word: str) -> bool:
        """Whether a metadata field of some document has this folded word."""
        return bool(self.engine.search(EngineRequest("document", Term("metadata", word), limit=0)).total)

    def suggest(self, text: str, limit: int) -> tuple[Completion, ...]:
        """Completions of the text that is being typed."""
        from searchidx.search.completions import Completer, CorpusSearches  # a query never pays for it

        completer = Completer(self.vocabulary.term_dictionary, self.store.lexicon, CorpusSearches(self.searcher))
        return completer.completions(text, limit)

    def frequent_words(self, limit: int) -> tuple[str, ...]:
        """Words that many documents have, names before others; read once until the lexicon changes."""
        return self._frequent_words.value()[:limit]

    def _read_frequent_words(self) -> tuple[str, ...]:
        from searchidx.search.completions import frequent_words  # a query never pays for it

        return frequent_words(self.store.lexicon, self._analyzer.language)

    def similar(self, document_id: str, limit: int) -> Results:
        """Other documents on the same subject, most similar first; errors as `document`."""
        from searchidx.search.similar import similarity_query  # a query never pays for it

        query = similarity_query(self.document(document_id), self._analyzer, self.store.lexicon)
        return self.searcher.similar(document_id, query, limit)

    def enter(self) -> None:
        """Count one more thread as a user of the reader."""
        self._users += 1

    def leave(self) -> None:
        """Count one user less; a retired reader is closed after the last one."""
        self._users -= 1
        self._close_if_unused()

    def retire(self) -> None:
        """Close the files as soon as the reader has no users."""
        self._is_retired = True
        self._close_if_unused()

    def _close_if_unused(self) -> None:
        if self._is_retired and not self._users:
            self.engine.close()
            self.store.close()


class ReaderManager:
    """Keeps an index open and opens it again when its manifest changes; may serve many threads."""

    def __init__(self, location: Location, analyzer: Analyzer, synonyms: Sequence[Path]) -> None:
        self._location = location
        self._synonyms = synonyms
        self._analyzer = analyzer
        self._lock = RLock()
        self._open: IndexReader | None = None
        self._seen: tuple[int, int] | None = None

    def use(self, action: Callable[[IndexReader], T]) -> T:
        """The result of `action` on the newest reader.

        `action` is called again when the reader became stale meanwhile: its generation was replaced, or the
        store purged rows that its engine still finds. Raises IndexStateError when the index no longer exists, and
        EngineUnavailableError when it changes too fast to be read.
        """
        for _ in range(_MAX_ATTEMPTS):
            stamp = self._stamp()
            try:
                with self._current() as reader:
                    return action(reader)
            except StaleReaderError:
                continue
            except EngineError:
                if self._stamp() == stamp:
                    raise
        raise EngineUnavailableError("the index is changing too fast to be read; try again")

    @contextmanager
    def _current(self) -> Iterator[IndexReader]:
        with self._lock:
            reader = self._newest()
            reader.enter()
        try:
            yield reader
        finally:
            with self._lock:
                reader.leave()

    def _newest(self) -> IndexReader:
        stamp = self._stamp()
        if self._open is None or stamp != self._seen:
            self.close()
            manifest = read_manifest(self._location)
            self._open = IndexReader(self._location, manifest, self._analyzer, self._synonyms)
            self._seen = stamp
        return self._open

    def _stamp(self) -> tuple[int, int] | None:
        """A value that changes whenever the manifest is replaced; None without a manifest."""
        try:
            status = self._location.manifest.stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns

    def version(self) -> str:
        """A text that changes with every change that a search may see; the same in every process.

        It depends only on the times and sizes of files; nothing is opened. Read it before a search: the results
        are then as new as this version, or newer.
        """
        log = self._location.store.with_name(f"{self._location.store.name}-wal")
        paths = (self._location.manifest, self._location.store, log, *self._synonyms)
        state = repr([_time_and_size(path) for path in paths])
        return hashlib.sha256(state.encode()).hexdigest()[:_VERSION_DIGITS]

    def close(self) -> None:
        """Close all files; the next use opens them again."""
        with self._lock:
            if self._open is not None:
                self._open.retire()
                self._open = None


def _time_and_size(path: Path) -> tuple[int, int] | None:
    """Time of the last change and size of a file; None for a missing or empty one: reading makes an empty log."""
    try:
        status = path.stat()
    except OSError:
        return None
    return (status.st_mtime_ns, status.st_size) if status.st_size else None
