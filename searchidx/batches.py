"""How do store and engine change together, such that a crash anywhere loses nothing?

Changes gather in one open transaction of the store. `flush` commits it, lets the engine apply what is pending, and
settles. Whatever stops in between is found pending by the next writer and applied again: applying is idempotent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from types import TracebackType

from searchidx.analysis.analyzer import Analyzer
from searchidx.engines.base import Engine, Entry
from searchidx.entries import FormCounts, analyse, surface_counts
from searchidx.files import checksum, files_below
from searchidx.model import Document
from searchidx.store.connection import Connection
from searchidx.store.lexicon import Lexicon
from searchidx.store.reading import StoredDocument, StoreReader
from searchidx.store.writing import EngineFile, StoreWriter

BATCH_CHARACTERS = 2_000_000
"""Text of a batch: a few seconds of Whoosh's work, so that much is lost by a crash and waits to be searchable."""

_ALWAYS_READ_BYTES = 1 << 20  # smaller files are summed at each settling: they may be rewritten in place


class BatchWriter:
    """Adds and removes documents in batches; a context that rolls back what an exception interrupts."""

    def __init__(self, connection: Connection, engine: Engine, analyzer: Analyzer, generation: Path) -> None:
        self._connection = connection
        self._engine = engine
        self._analyzer = analyzer
        self._generation = generation
        self._reader = StoreReader(connection)
        self._writer = StoreWriter(connection)
        self._lexicon = Lexicon(connection)
        self._counts = FormCounts()
        self._entries: list[Entry] = []
        self._characters = 0

    def __enter__(self) -> BatchWriter:
        self.recover()
        self._connection.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if kind is not None:
            self._connection.rollback()
            return
        self._flush()

    def recover(self) -> None:
        """Let the engine apply what an interrupted run had committed."""
        pending = self._writer.pending()
        if pending.removed or pending.added:
            apply_stored(self._engine, self._analyzer, self._reader, pending.added, pending.removed)
            self._settle()

    def add(self, file: int, document: Document) -> int:
        """Add a document of a source file; its row."""
        return self.replace([], file, document)

    def replace(self, rows: Sequence[int], file: int, document: Document) -> int:
        """Add a document in the place of those with these rows, in one batch; its row."""
        self._take_away(rows)
        stored = self._writer.add(file, document)
        analysed = analyse(stored, self._analyzer)
        self._counts.count(analysed.forms, self._analyzer)
        self._entries += analysed.entries
        self._grow(sum(len(paragraph.text) for paragraph in document.paragraphs))
        return stored.row

    def remove(self, rows: Sequence[int]) -> None:
        """Remove the documents with these rows."""
        for row in rows:
            self._take_away([row])
            self._grow(0)

    def _take_away(self, rows: Sequence[int]) -> None:
        for row in rows:
            stored = self._reader.document(row)
            if stored is not None:
                self._counts.count(surface_counts(stored.document), self._analyzer, sign=-1)
                self._characters += sum(len(paragraph.text) for paragraph in stored.document.paragraphs)
        self._writer.remove(rows)

    def _grow(self, characters: int) -> None:
        self._characters += characters
        if self._characters >= BATCH_CHARACTERS:
            self._flush()
            self._connection.begin()

    def _flush(self) -> None:
        self._lexicon.change(self._counts.changes())
        pending = self._writer.pending()
        self._connection.commit()
        entries, self._entries, self._characters = self._entries, [], 0
        if pending.removed or pending.added:
            self._engine.apply(pending.removed, entries)
            self._settle()

    def _settle(self) -> None:
        known = {file.path: file for file in self._writer.engine_files()}
        files = list(engine_files(self._generation, known.values()))
        with self._connection.transaction():
            self._writer.settle(files)
            self._writer.purge()


def apply_stored(
    engine: Engine, analyzer: Analyzer, reader: StoreReader, rows: Iterable[int], removed: Sequence[int] = ()
) -> None:
    """Give the engine stored documents anew, in batches of bounded size; `removed` goes with the first."""
    entries: list[Entry] = []
    characters = 0
    for stored in _stored(reader, rows):
        entries += analyse(stored, analyzer).entries
        characters += sum(len(paragraph.text) for paragraph in stored.document.paragraphs)
        if characters >= BATCH_CHARACTERS:
            engine.apply(removed, entries)
            entries, characters, removed = [], 0, ()
    if entries or removed:
        engine.apply(removed, entries)


def _stored(reader: StoreReader, rows: Iterable[int]) -> Iterator[StoredDocument]:
    for row in rows:
        stored = reader.document(row)
        if stored is not None:
            yield stored


def recount(connection: Connection, analyzer: Analyzer) -> None:
    """Count the whole lexicon anew, inside a transaction."""
    reader, lexicon, counts = StoreReader(connection), Lexicon(connection), FormCounts()
    lexicon.clear()
    rows = iter(reader.document_rows())
    while chunk := list(islice(rows, 1_000)):
        for stored in _stored(reader, chunk):
            counts.count(surface_counts(stored.document), analyzer)
        lexicon.change(counts.changes())


def engine_files(generation: Path, known: Iterable[EngineFile]) -> Iterator[EngineFile]:
    """The engine's files with their checksums; large ones that are known are not read again."""
    by_path = {file.path: file for file in known}
    for path in files_below(generation):
        name = path.relative_to(generation.parent).as_posix()
        size = path.stat().st_size
        before = by_path.get(name)
        if before is not None and before.size == size and size > _ALWAYS_READ_BYTES:
            yield before
        else:
            yield EngineFile(name, size, checksum(path))
