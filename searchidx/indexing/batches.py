"""Batches: how store and engine change together, so that a crash at any moment loses nothing.

A batch is one transaction of the store and one change of the engine, made side by side: the engine indexes while
documents are read. The store is committed first, then the engine, then the batch is marked as applied. A batch
that is interrupted in between is found open by the next writer, which has the engine apply the pending operations
again; that is idempotent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import DocumentAnalyzer, FormCounter, FormTotals
from searchidx.engines.contract import (
    Change,
    Engine,
)
from searchidx.indexing.entries import analyze, entries_of, lexicon_changes, texts_of
from searchidx.indexing.workers import AnalyzedDocument, Item, Packet, StoredTerms, stored_terms
from searchidx.model.document import Document
from searchidx.runtime.files import (
    checksum,
    files_below,
)
from searchidx.store.pending import EngineFile
from searchidx.store.store import Store

REWRITTEN_BYTES = 1 << 20
"""Engines never rewrite a larger file; the checksums of smaller ones are computed again after each batch."""

_NO_DOCUMENT = 0  # rows begin with 1


class BatchWriter:
    """Adds and removes documents in batches; a context that rolls back the open batch on an exception."""

    def __init__(self, store: Store, engine: Engine, analyzer: Analyzer, generation: Path) -> None:
        self._store = store
        self._engine = engine
        self._generation = generation
        self._analyzer = analyzer
        self._totals = FormTotals()  # of this batch
        self._added_forms = FormCounter()
        self._added = DocumentAnalyzer(analyzer, self._added_forms)
        self._removed_forms = FormCounter()
        self._removed = DocumentAnalyzer(analyzer, self._removed_forms)
        self._change: Change | None = None  # of the engine, in this batch
        self._characters = 0

    def __enter__(self) -> BatchWriter:
        self.recover()
        self._store.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._commit()
            else:
                self._store.rollback()
        finally:
            if self._change is not None:
                self._change.rollback()

    def recover(self) -> None:
        """Finish the batch that an interrupted run left open."""
        pending = self._store.pending
        if pending.batch_is_open():
            operations = pending.operations()
            # An engine drops what an interrupted change left in its folder only when it commits something.
            removed = operations.removed or (_NO_DOCUMENT,)
            stored = stored_terms(self._store.documents, operations.added, self._added)
            apply_stored(self._engine, stored, removed)
            self._added_forms.drain()  # the interrupted run has added them to the lexicon
        elif all(self._is_live(file) for file in pending.engine_files()):
            return
        self._mark_applied()

    def _is_live(self, file: EngineFile) -> bool:
        """Whether a recorded file is of this generation: a kill may have left the record of another one."""
        return file.path.startswith(f"{self._generation.name}/")

    def unpack(self, packet: Packet[Item]) -> Iterator[Item]:
        """The items of a packet; the caller adds, replaces or skips each document among them.

        The batch is committed after the last item if it is full, and never before, because the lexicon gets the
        counts of the whole packet.
        """
        self._totals.add(packet.form_counts)
        yield from packet.items
        self.flush_if_full()

    def skip(self, analyzed: AnalyzedDocument) -> None:
        """Leave out a document of a packet."""
        if analyzed.terms is not None:
            self._subtract_forms(analyzed.document)

    def add(self, file: int, analyzed: AnalyzedDocument) -> None:
        """Add a document of a source file, which is given by its row."""
        self.replace([], file, analyzed)

    def replace(self, rows: Sequence[int], file: int, analyzed: AnalyzedDocument) -> None:
        """Remove the documents in these rows and add a document, in one batch."""
        change = self._begin_change()
        self.remove(rows)
        document = analyzed.document
        terms = analyzed.terms or analyze(document, self._added)
        row, paragraph_rows = self._store.documents.add(file, document, analyzed.hash)
        change.add(entries_of(row, paragraph_rows, document, terms))
        self._characters += document.length

    def remove(self, rows: Sequence[int]) -> None:
        """Remove the documents in these rows."""
        if not rows:
            return
        self._begin_change().remove(rows)
        for row in rows:
            stored = self._store.documents.document(row)
            if stored is not None:
                self._subtract_forms(stored.document)
                self._characters += stored.document.length
        self._store.documents.remove(rows)

    def _subtract_forms(self, document: Document) -> None:
        self._removed.analyze(texts_of(document))

    def _begin_change(self) -> Change:
        """The engine's change of this batch.

        That the batch is open is committed first, so that what a kill leaves of the change does not look damaged.
        Whatever else the transaction holds by then, which marks files as not yet read, is committed with it.
        """
        if self._change is None:
            self._store.pending.begin_batch()
            self._store.commit()
            self._store.begin()
            self._change = self._engine.begin()
        return self._change

    def flush_if_full(self) -> None:
        """Commit the batch and begin another one, if the batch is as large as the engine wants it."""
        if self._characters >= self._engine.batch_characters:
            self._commit()
            self._store.begin()

    def _commit(self) -> None:
        self._totals.add(self._added_forms.drain())
        self._totals.subtract(self._removed_forms.drain())
        self._store.lexicon.add_counts(lexicon_changes(self._totals.drain(), self._analyzer))
        self._store.commit()
        self._characters = 0
        if self._change is not None:
            self._change.commit()
            self._change = None
            self._mark_applied()

    def _mark_applied(self) -> None:
        recorded = self._store.pending.engine_files()
        files = list(engine_files(self._generation, recorded))
        with self._store.transaction():
            self._store.pending.mark_applied(files)
            self._store.documents.purge()


def apply_stored(engine: Engine, stored: Iterable[StoredTerms], removed: Sequence[int] = ()) -> None:
    """Give stored documents to the engine, in changes of bounded size; the first one also removes `removed`."""
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


def engine_files(generation: Path, recorded: Iterable[EngineFile] = ()) -> Iterator[EngineFile]:
    """The engine's files with their checksums; large ones that are recorded with the same size are not read."""
    by_path = {file.path: file for file in recorded}
    for path in files_below(generation):
        name = path.relative_to(generation.parent).as_posix()
        size = path.stat().st_size
        before = by_path.get(name)
        if before is not None and before.size == size and size > REWRITTEN_BYTES:
            yield before
        else:
            yield EngineFile(name, size, checksum(path))
