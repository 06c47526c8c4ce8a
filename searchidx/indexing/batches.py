"""How do store and engine change together, such that a crash anywhere loses nothing?

A batch is one open transaction of the store and one change of the engine, made side by side: the engine indexes
while documents are read. The store is committed first, then the engine, then the batch is settled. Whatever stops
in between is found pending by the next writer, who tells the engine again; that is idempotent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import (
    Counts,
    DocumentAnalyzer,
)
from searchidx.engines.contract import (
    Change,
    Engine,
)
from searchidx.indexing.entries import analyse, entries_of, texts_of
from searchidx.indexing.form_counts import FormCounts, lexicon_changes
from searchidx.indexing.packets import Analysed
from searchidx.indexing.stored_reader import StoredTerms, stored_terms
from searchidx.model.document import Document
from searchidx.runtime.files import (
    checksum,
    files_below,
)
from searchidx.store.connection import Connection
from searchidx.store.lexicon import Lexicon
from searchidx.store.reading import StoreReader
from searchidx.store.writing import EngineFile, StoreWriter

REWRITTEN_BYTES = 1 << 20
"""Engines write no file anew that is larger; smaller ones are summed at each settling."""


class BatchWriter:
    """Adds and removes documents in batches; a context that rolls back what an exception interrupts."""

    def __init__(self, connection: Connection, engine: Engine, analyzer: Analyzer, generation: Path) -> None:
        self._connection = connection
        self._engine = engine
        self._generation = generation
        self._store = StoreReader(connection)
        self._writer = StoreWriter(connection)
        self._lexicon = Lexicon(connection)
        self._reader = DocumentAnalyzer(analyzer)
        self._counts = FormCounts()
        self._change: Change | None = None  # of the engine; begun when there is something to tell it
        self._characters = 0

    def __enter__(self) -> BatchWriter:
        self.recover()
        self._connection.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._flush()
            else:
                self._connection.rollback()
        finally:
            if self._change is not None:
                self._change.rollback()

    def recover(self) -> None:
        """Let the engine apply what an interrupted run had committed."""
        pending = self._writer.pending()
        if pending.removed or pending.added:
            stored = stored_terms(self._store, pending.added, self._reader)
            apply_stored(self._engine, stored, pending.removed)
            self._reader.taken()  # the lexicon has counted them already
        elif all(self._is_live(file) for file in self._writer.engine_files()):
            return
        self._settle()

    def _is_live(self, file: EngineFile) -> bool:
        """Whether a file that was written down is of this generation: a kill may have left those of another."""
        return file.path.startswith(f"{self._generation.name}/")

    @property
    def last_row(self) -> int:
        """The last row that a document was ever given."""
        return self._writer.last_row

    def count(self, counted: Mapping[str, Counts]) -> None:
        """Add to the lexicon what documents count that are to be added, each by one of the next three."""
        self._counts.add(counted)

    def pass_over(self, analysed: Analysed) -> None:
        """Leave out a document after all."""
        if analysed.terms is not None:
            self._uncount(analysed.document)

    def add(self, file: int, analysed: Analysed) -> None:
        """Add a document of a source file."""
        self.replace([], file, analysed)

    def replace(self, rows: Sequence[int], file: int, analysed: Analysed) -> None:
        """Add a document in the place of those with these rows, in one batch."""
        change = self._begun()
        self._take_away(rows)
        document = analysed.document
        terms = analysed.terms or analyse(document, self._reader)
        row, paragraph_rows = self._writer.add(file, document, analysed.hash)
        change.add(entries_of(row, paragraph_rows, document, terms))
        self._characters += document.length

    def remove(self, rows: Sequence[int]) -> None:
        """Remove the documents with these rows."""
        self._take_away(rows)

    def _take_away(self, rows: Sequence[int]) -> None:
        if not rows:
            return
        self._begun().remove(rows)
        for row in rows:
            stored = self._store.document(row)
            if stored is not None:
                self._uncount(stored.document)
                self._characters += stored.document.length
        self._writer.remove(rows)

    def _begun(self) -> Change:
        """The change of this batch; announced first, so that nobody takes for damaged what a kill leaves of it.

        What the transaction holds until then, which names files as not yet read, is committed with that.
        """
        if self._change is None:
            self._writer.announce()
            self._connection.commit()
            self._connection.begin()
            self._change = self._engine.begin()
        return self._change

    def _uncount(self, document: Document) -> None:
        self._counts.add(self._reader.taken())
        self._reader.read(texts_of(document))
        self._counts.add(self._reader.taken(), sign=-1)

    def rest(self) -> None:
        """Commit if that is worth it; to be called when all that was counted has been added."""
        if self._characters >= self._engine.batch_characters:
            self._flush()
            self._connection.begin()

    def _flush(self) -> None:
        self._counts.add(self._reader.taken())
        self._lexicon.change(lexicon_changes(self._counts.taken(), self._reader.analyzer))
        self._connection.commit()
        self._characters = 0
        if self._change is not None:
            self._change.commit()
            self._change = None
            self._settle()

    def _settle(self) -> None:
        known = {file.path: file for file in self._writer.engine_files()}
        files = list(engine_files(self._generation, known.values()))
        with self._connection.transaction():
            self._writer.settle(files)
            self._writer.purge()


def apply_stored(engine: Engine, stored: Iterable[StoredTerms], removed: Sequence[int] = ()) -> None:
    """Give the engine stored documents anew, in changes of bounded size; `removed` goes with the first."""
    change, characters = engine.begin(), 0
    try:
        change.remove(removed)
        for each in stored:
            change.add(entries_of(each.row, each.paragraph_rows, each.document, each.terms))
            characters += each.document.length
            if characters >= engine.batch_characters:
                change.commit()
                change, characters = engine.begin(), 0
        change.commit()
    except BaseException:
        change.rollback()
        raise


def engine_files(generation: Path, known: Iterable[EngineFile]) -> Iterator[EngineFile]:
    """The engine's files with their checksums; large ones that are known are not read again."""
    by_path = {file.path: file for file in known}
    for path in files_below(generation):
        name = path.relative_to(generation.parent).as_posix()
        size = path.stat().st_size
        before = by_path.get(name)
        if before is not None and before.size == size and size > REWRITTEN_BYTES:
            yield before
        else:
            yield EngineFile(name, size, checksum(path))
