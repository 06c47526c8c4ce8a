"""The index: the facade of the library for indexing and searching."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Unpack

from searchidx.analysis.analyzer import Analyzer
from searchidx.errors import IndexStateError
from searchidx.model.document import Document, MatchedDocument
from searchidx.model.results import Completion, Results
from searchidx.query.terms.synonyms import DEFAULT_FILES, read_synonyms
from searchidx.search.options import SearchKeywords, SearchOptions
from searchidx.search.reader import IndexReader, ReaderManager
from searchidx.store.manifest import Location, location_of, read_manifest

if TYPE_CHECKING:  # a search needs none of these
    from searchidx.indexing.writer import IndexWriter
    from searchidx.model.reports import CheckReport, IndexStats, OnProgress, SyncReport


class Index:
    """A full-text index in a folder.

    One process writes at a time. Any number of threads and processes read, and each search sees the newest
    committed state.
    """

    def __init__(self, location: Location, engine: str | None, synonyms: Sequence[Path]) -> None:
        """Use `Index.open` or `Index.create`."""
        self._location = location
        self._engine = engine
        self._analyzer = Analyzer()
        self._readers = ReaderManager(location, self._analyzer, synonyms)

    @classmethod
    def open(cls, location: str | Path, *, synonyms: Path | None = None) -> Index:
        """The index at `location`; IndexStateError when there is none, or it has the format of another version.

        `synonyms`, a file of groups, one a line, replaces the built-in ones; CorpusError when it cannot be read.
        """
        where = location_of(location)
        read_manifest(where)
        index = cls(where, None, (synonyms,) if synonyms else DEFAULT_FILES)
        if synonyms is not None:
            read_synonyms((synonyms,), index._analyzer)  # fail now, not in the first search
        return index

    @classmethod
    def create(cls, location: str | Path, *, engine: str | None = None, wait: bool = False) -> Index:
        """The index at `location`, made empty if there is none yet.

        `engine` is whoosh, tantivy, or auto, which is whichever fits the size; without it an index keeps what it
        was made for, and a new one is made for auto. The next `sync` moves an index that has another engine.
        An index that was interrupted while it was made, whose manifest is lost, or that an older version wrote is
        completed from its store.
        Raises IndexStateError when the folder holds other things, EngineMissingError for an unknown engine,
        IndexLockedError when another process writes and `wait` is not set.
        """
        if engine is not None:
            _check_engine(engine)
        where = location_of(location)
        index = cls(where, engine, DEFAULT_FILES)
        try:
            read_manifest(where)
        except IndexStateError:
            with index._open_writer(wait) as writer:
                writer.finish()
        return index

    @classmethod
    def open_for_repair(cls, location: str | Path) -> Index:
        """An index for `check`, `repair` and `rebuild`: its manifest may be lost, damaged or old.

        IndexStateError when there is neither a manifest nor a store.
        """
        where = location_of(location)
        if not where.store.exists():
            read_manifest(where)
        return cls(where, None, DEFAULT_FILES)

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all files."""
        self._readers.close()

    @contextmanager
    def _open_writer(self, wait: bool, engine: str | None = None) -> Iterator[IndexWriter]:
        from searchidx.indexing.writer import open_writer  # a search does not need it

        with open_writer(self._location, self._analyzer, engine or self._engine, wait=wait) as writer:
            yield writer

    # --- indexing

    def sync(self, folder: str | Path, *, wait: bool = False, on_progress: OnProgress | None = None) -> SyncReport:
        """Bring the index up to date with a folder or a single file: add, update and remove documents.

        Only documents of this folder are ever removed. A second run changes nothing. An interrupted run is
        committed up to its last batch, and the next run continues. Raises CorpusError when the folder does not
        exist (nothing is removed then), IndexLockedError when another process writes and `wait` is not set.
        """
        path = Path(folder).expanduser().resolve()
        with self._open_writer(wait) as writer:
            return writer.sync(path, on_progress)

    def forget(self, folder: str | Path, *, wait: bool = False) -> SyncReport:
        """Remove all documents of a folder, and the folder from the indexed folders."""
        path = Path(folder).expanduser().resolve()
        with self._open_writer(wait) as writer:
            return writer.forget(path)

    # --- searching

    def folders(self) -> tuple[Path, ...]:
        """The indexed folders, in the order of their first indexing."""
        return self._readers.use(IndexReader.folders)

    def search(
        self, query: str, options: SearchOptions | None = None, /, **keywords: Unpack[SearchKeywords]
    ) -> Results:
        """The documents or paragraphs that match a query; every string is a query.

        Options are given as `SearchOptions`, or as keywords with the names of its fields; a keyword overrides the
        field of `options`. Raises QueryError when an option is out of range, never because of the query.
        """
        merged = replace(options or SearchOptions(), **keywords)
        return self._readers.use(lambda reader: reader.searcher.search(query, merged))

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Completion, ...]:
        """Completions of a typed text: words, most frequent first, then titles; all of them find something."""
        return self._readers.use(lambda reader: reader.suggest(text, limit))

    def frequent_words(self, limit: int = 10) -> tuple[str, ...]:
        """Words that many documents have, most frequent first, names before others; each finds something.

        They show a reader what an index is about. Empty for an empty index.
        """
        return self._readers.use(lambda reader: reader.frequent_words(limit))

    def similar(self, document_id: str, *, limit: int = 10) -> Results:
        """Other documents on the same matter, most alike first; DocumentNotFoundError as `document`."""
        return self._readers.use(lambda reader: reader.similar(document_id, limit))

    def document(self, document_id: str) -> Document:
        """One document whole; DocumentNotFoundError when there is none of this id."""
        return self._readers.use(lambda reader: reader.document(document_id))

    def matched_document(self, document_id: str, query: str) -> MatchedDocument:
        """One document with everything that a query marks in it; DocumentNotFoundError as `document`."""
        return self._readers.use(lambda reader: reader.matched_document(document_id, query))

    def version(self) -> str:
        """A short text that changes with every change that a search may see.

        It is the same in every process that reads this index, and shows whether earlier results are still current.
        Read it before searching.
        """
        return self._readers.version()

    def counts(self) -> tuple[int, int]:
        """How many documents and paragraphs the index holds."""
        return self._readers.use(lambda reader: reader.store.documents.counts())

    def stats(self) -> IndexStats:
        """Statistics of the index."""
        return self._readers.use(lambda reader: reader.stats(self._location.folder))

    # --- maintenance

    def check(self, *, wait: bool = False) -> CheckReport:
        """What is not as it was written, in any file of the index; nothing is changed.

        Raises IndexStateError when the store itself cannot be read, or an older version wrote it.
        """
        from searchidx.indexing.writer import check_index  # a search does not need it

        return check_index(self._location, self._analyzer, wait=wait)

    def repair(self, *, wait: bool = False) -> CheckReport:
        """Rebuild engine and lexicon from the store, without opening the engine's files.

        Documents that are damaged in the store are read again from their source files at the next `sync`.
        """
        with self._open_writer(wait) as writer:
            report = writer.repair()
        self._readers.close()
        return report

    def rebuild(
        self, *, engine: str | None = None, wait: bool = False, on_progress: OnProgress | None = None
    ) -> None:
        """Rebuild the engine from the store, or build another `engine` (see `create`) from now on.

        Searches use the old engine until the new one is ready. An `Index` that was made by `create` with an engine
        moves back to that one at its next `sync`.
        """
        if engine is not None:
            _check_engine(engine)
        with self._open_writer(wait, engine) as writer:
            writer.rebuild(on_progress)


def _check_engine(engine: str) -> None:
    from searchidx.indexing.engine_choice import check_choice  # a search does not need it

    check_choice(engine)
