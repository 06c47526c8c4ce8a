"""The index: the facade of the library for indexing and searching."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Unpack

from searchidx.analysis.analyzer import Analyzer
from searchidx.errors import DocumentNotFoundError
from searchidx.indexing.engine_choice import check_choice
from searchidx.model.document import Document, MatchedDocument
from searchidx.model.reports import (
    CheckReport,
    IndexStats,
    OnProgress,
    SyncReport,
)
from searchidx.model.results import (
    Completion,
    Results,
)
from searchidx.query.parsing.parser import parse
from searchidx.query.planning.planner import build_plan
from searchidx.query.terms.synonyms import (
    DEFAULT_FILE,
    read_synonyms,
)
from searchidx.search.highlight import find_matches
from searchidx.search.options import SearchKeywords, SearchOptions
from searchidx.search.snapshot import IndexSnapshot, SnapshotProvider
from searchidx.store.manifest import (
    Location,
    location_of,
    read_manifest,
)

if TYPE_CHECKING:
    from searchidx.indexing.writer import IndexWriter


class Index:
    """A full-text index in a folder. One process writes at a time; any number of threads and processes read,
    and see each committed state by themselves."""

    def __init__(self, location: Location, engine: str | None, synonyms: Path) -> None:
        """Use `Index.open` or `Index.create`."""
        self._location = location
        self._engine = engine
        self._analyzer = Analyzer()
        self._snapshots = SnapshotProvider(location, self._analyzer, synonyms)

    @classmethod
    def open(cls, location: str | Path, *, synonyms: Path = DEFAULT_FILE) -> Index:
        """The index at `location`; IndexStateError when there is none, or when its format is not supported.

        `synonyms` replaces the built-in file of synonyms (groups, one a line); CorpusError when it cannot be read.
        """
        where = location_of(location)
        read_manifest(where)
        index = cls(where, None, synonyms)
        if synonyms != DEFAULT_FILE:
            read_synonyms(synonyms, index._analyzer)  # fail now, not in the first search
        return index

    @classmethod
    def create(cls, location: str | Path, *, engine: str | None = None, wait: bool = False) -> Index:
        """The index at `location`, made empty if there is none yet.

        `engine` is whoosh, tantivy, or auto, which chooses by the size of the corpus. Without it, an existing
        index keeps its engine, and a new one is made with auto. The next `sync` moves an index to another engine.
        An index whose creation was interrupted, or whose manifest was lost, is completed from its store.
        Raises IndexStateError when the folder holds other things, EngineMissingError for an unknown engine,
        IndexLockedError when another process writes and `wait` is not set.
        """
        if engine is not None:
            check_choice(engine)
        where = location_of(location)
        index = cls(where, engine, DEFAULT_FILE)
        if not where.manifest.exists():
            with index._writing(wait) as writer:
                writer.settle()
        return index

    @classmethod
    def open_damaged(cls, location: str | Path) -> Index:
        """A damaged index, for `check` and `repair`: its manifest may be lost or unreadable.

        IndexStateError when there is neither a manifest nor a store.
        """
        where = location_of(location)
        if not where.store.exists():
            read_manifest(where)
        return cls(where, None, DEFAULT_FILE)

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all files."""
        self._snapshots.close()

    @contextmanager
    def _writing(self, wait: bool) -> Iterator[IndexWriter]:
        from searchidx.indexing.writer import writing  # a search never needs what reads a corpus

        with writing(self._location, self._analyzer, self._engine, wait=wait) as writer:
            yield writer

    # --- indexing

    def sync(self, folder: str | Path, *, wait: bool = False, on_progress: OnProgress | None = None) -> SyncReport:
        """Bring the index up to date with a folder or a single file: add, update and remove documents.

        Only documents of this folder are ever removed. A second run changes nothing. An interrupted run is
        committed up to its last batch, and the next run continues. Raises CorpusError when the folder does not
        exist (nothing is removed then), IndexLockedError when another process writes and `wait` is not set.
        """
        path = Path(folder).expanduser().resolve()
        with self._writing(wait) as writer:
            return writer.sync(path, on_progress)

    def forget(self, folder: str | Path, *, wait: bool = False) -> SyncReport:
        """Remove all documents of a folder, and the folder from the indexed folders."""
        path = Path(folder).expanduser().resolve()
        with self._writing(wait) as writer:
            return writer.forget(path)

    # --- searching

    def folders(self) -> tuple[Path, ...]:
        """The indexed folders, in the order of their first indexing."""
        return self._snapshots.use(IndexSnapshot.folders)

    def search(
        self, query: str, options: SearchOptions | None = None, /, **keywords: Unpack[SearchKeywords]
    ) -> Results:
        """The documents or paragraphs that match a query; every string is a query.

        Options are given as `SearchOptions`, or as keywords with the names of its fields; a keyword overrides the
        field of `options`. Raises QueryError when an option is out of range, never because of the query.
        """
        merged = replace(options or SearchOptions(), **keywords)
        return self._snapshots.use(lambda snapshot: snapshot.searcher.search(query, merged))

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Completion, ...]:
        """Completions of a typed text: words, most frequent first, then titles; all of them find something."""
        return self._snapshots.use(lambda snapshot: snapshot.suggest(text, limit))

    def similar(self, document_id: str, *, limit: int = 10) -> Results:
        """Other documents about the same subject, most similar first; DocumentNotFoundError as `document`."""
        document = self.document(document_id)
        return self._snapshots.use(lambda snapshot: snapshot.similar(document, limit))

    def document(self, document_id: str) -> Document:
        """The whole document; DocumentNotFoundError when there is none with this id."""
        document = self._snapshots.use(lambda snapshot: snapshot.document(document_id))
        if document is None:
            raise DocumentNotFoundError(document_id)
        return document

    def matched_document(self, document_id: str, query: str) -> MatchedDocument:
        """The whole document with the matches of a query; DocumentNotFoundError as `document`."""
        document = self.document(document_id)
        parsed = parse(query)
        plan = self._snapshots.use(lambda snapshot: build_plan(parsed.root, snapshot.vocabulary))
        title = find_matches(document.title, plan.highlight_terms("title"), self._analyzer)
        terms = plan.highlight_terms("text")
        texts = (find_matches(each.text, terms, self._analyzer) for each in document.paragraphs)
        return MatchedDocument(document, title.ranges, tuple(text.ranges for text in texts))

    def version(self) -> str:
        """A short text that changes with every change that a search may see.

        It is the same in every process that reads this index, and shows whether earlier results are still current.
        Read it before searching.
        """
        return self._snapshots.version()

    def counts(self) -> tuple[int, int]:
        """The numbers of documents and paragraphs."""
        return self._snapshots.use(lambda snapshot: snapshot.store.counts())

    def stats(self) -> IndexStats:
        """Statistics of the index."""
        return self._snapshots.use(lambda snapshot: snapshot.stats(self._location.folder))

    # --- maintenance

    def check(self, *, wait: bool = False) -> CheckReport:
        """Read every file of the index and report damage; changes nothing."""
        with self._writing(wait) as writer:
            return CheckReport(writer.problems())

    def repair(self, *, wait: bool = False) -> CheckReport:
        """Rebuild engine and lexicon from the store, without opening the engine's files.

        Documents that are damaged in the store are read again from their source files at the next `sync`.
        """
        with self._writing(wait) as writer:
            found = writer.problems()
            writer.rebuild()
        self._snapshots.close()
        return CheckReport(found, repaired=True)

    def rebuild(
        self, *, engine: str | None = None, wait: bool = False, on_progress: OnProgress | None = None
    ) -> None:
        """Rebuild the engine from the store, or build another `engine` (see `create`); readers use the old one
        until the new one is complete."""
        if engine is not None:
            check_choice(engine)
            self._engine = engine
        with self._writing(wait) as writer:
            writer.rebuild(on_progress)
