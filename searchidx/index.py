"""The index: where documents go in and answers come out. The one room where the two flows meet."""

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
from searchidx.model.document import (
    Document,
    MatchedDocument,
)
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
from searchidx.query.planning.planner import (
    build_plan,
)
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
        """The index at `location`; IndexStateError when there is none, or it has another format.

        `synonyms` is a file of groups, one a line, to search with instead of the built-in one; CorpusError when it
        cannot be read.
        """
        where = location_of(location)
        read_manifest(where)
        index = cls(where, None, synonyms)
        if synonyms != DEFAULT_FILE:
            read_synonyms(synonyms, index._analyzer)  # told now, not to the first who searches
        return index

    @classmethod
    def create(cls, location: str | Path, *, engine: str | None = None, wait: bool = False) -> Index:
        """The index at `location`, made empty if there is none yet.

        `engine` is whoosh, tantivy, or auto, which is whichever fits the size; without it an index keeps what it
        was made for, and a new one is made for auto. The next `sync` moves an index that has another engine.
        An index that was interrupted while it was made, or whose manifest was lost, is completed from its store.
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
        """What there is of an index, for `check` and `repair`: its manifest may be lost or unreadable.

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
        """Let go of all files."""
        self._snapshots.close()

    @contextmanager
    def _writing(self, wait: bool) -> Iterator[IndexWriter]:
        from searchidx.indexing.writer import writing  # a query never pays for reading a corpus

        with writing(self._location, self._analyzer, self._engine, wait=wait) as writer:
            yield writer

    # --- in

    def sync(self, folder: str | Path, *, wait: bool = False, on_progress: OnProgress | None = None) -> SyncReport:
        """Make the index say what a folder (or a single file) says: add, update and remove documents.

        Only what came from this folder is ever removed. A second run changes nothing. What is interrupted is
        committed up to the last batch, and the next run goes on. Raises CorpusError when the folder is not
        there (nothing is removed then), IndexLockedError when another process writes and `wait` is not set.
        """
        path = Path(folder).expanduser().resolve()
        with self._writing(wait) as writer:
            return writer.sync(path, on_progress)

    def forget(self, folder: str | Path, *, wait: bool = False) -> SyncReport:
        """Remove all that came from a folder, and the folder from those that the index knows."""
        path = Path(folder).expanduser().resolve()
        with self._writing(wait) as writer:
            return writer.forget(path)

    # --- out

    def folders(self) -> tuple[Path, ...]:
        """The folders that were indexed, in the order in which they came."""
        return self._snapshots.use(IndexSnapshot.folders)

    def search(
        self, query: str, options: SearchOptions | None = None, /, **keywords: Unpack[SearchKeywords]
    ) -> Results:
        """The documents or paragraphs that answer a query; every string is one.

        Options are given as `SearchOptions`, or as keywords with the names of its fields; a keyword overrides the
        field of `options`. Raises QueryError when an option is out of its range, never because of the query.
        """
        chosen = replace(options or SearchOptions(), **keywords)
        return self._snapshots.use(lambda snapshot: snapshot.searcher.search(query, chosen))

    def suggest(self, text: str, *, limit: int = 8) -> tuple[Completion, ...]:
        """How what is being typed may go on: words that exist, most frequent first, then titles; each finds
        something."""
        return self._snapshots.use(lambda snapshot: snapshot.suggest(text, limit))

    def frequent_words(self, limit: int = 10) -> tuple[str, ...]:
        """Words that many documents have, most frequent first, names before others; each finds something.

        They show a reader what an index is about. Empty for an empty index.
        """
        return self._snapshots.use(lambda snapshot: snapshot.frequent_words(limit))

    def similar(self, document_id: str, *, limit: int = 10) -> Results:
        """Other documents on the same matter, most alike first; DocumentNotFoundError as `document`."""
        document = self.document(document_id)
        return self._snapshots.use(lambda snapshot: snapshot.similar(document, limit))

    def document(self, document_id: str) -> Document:
        """One document whole; DocumentNotFoundError when there is none of this id."""
        document = self._snapshots.use(lambda snapshot: snapshot.document(document_id))
        if document is None:
            raise DocumentNotFoundError(document_id)
        return document

    def matched_document(self, document_id: str, query: str) -> MatchedDocument:
        """One document with everything that a query marks in it; DocumentNotFoundError as `document`."""
        document = self.document(document_id)
        parsed = parse(query)
        plan = self._snapshots.use(lambda snapshot: build_plan(parsed.root, snapshot.vocabulary))
        title = find_matches(document.title, plan.highlight_terms("title"), self._analyzer)
        terms = plan.highlight_terms("text")
        texts = (find_matches(each.text, terms, self._analyzer) for each in document.paragraphs)
        return MatchedDocument(document, title.ranges, tuple(text.ranges for text in texts))

    def version(self) -> str:
        """A short text that is another one after every change of what a search may find.

        It is the same in every process that reads this index: to know whether an answer is still the newest one.
        Ask for it before the answer.
        """
        return self._snapshots.version()

    def counts(self) -> tuple[int, int]:
        """How many documents and paragraphs the index holds."""
        return self._snapshots.use(lambda snapshot: snapshot.store.counts())

    def stats(self) -> IndexStats:
        """What the index holds."""
        return self._snapshots.use(lambda snapshot: snapshot.stats(self._location.folder))

    # --- care

    def check(self, *, wait: bool = False) -> CheckReport:
        """Read every file and say what is not as it was written; changes nothing."""
        with self._writing(wait) as writer:
            return CheckReport(writer.problems())

    def repair(self, *, wait: bool = False) -> CheckReport:
        """Build engine and lexicon anew from the store, without opening the engine's files.

        Documents that are damaged in the store itself are read from their source files at the next `sync`.
        """
        with self._writing(wait) as writer:
            found = writer.problems()
            writer.rebuild()
        self._snapshots.close()
        return CheckReport(found, repaired=True)

    def rebuild(
        self, *, engine: str | None = None, wait: bool = False, on_progress: OnProgress | None = None
    ) -> None:
        """Build the engine anew from the store, or another `engine` (see `create`); readers use the old one until
        the new one is ready."""
        if engine is not None:
            check_choice(engine)
            self._engine = engine
        with self._writing(wait) as writer:
            writer.rebuild(on_progress)
