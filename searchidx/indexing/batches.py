"""How do store and engine change together, such that a crash anywhere loses nothing?

Changes gather in one open transaction of the store. `flush` commits it, lets the engine apply what is pending, and
settles. Whatever stops in between is found pending by the next writer and applied again: applying is idempotent.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_reader import Counts, DocumentReader
from searchidx.engines.base import Engine, Entry
from searchidx.files import checksum, files_below
from searchidx.indexing.entries import analyse, entries_of, texts_of
from searchidx.indexing.form_counts import FormCounts, lexicon_changes
from searchidx.indexing.packets import Analysed
from searchidx.indexing.stored_reader import StoredTerms, stored_terms
from searchidx.model import Document
from searchidx.store.connection import Connection
from searchidx.store.lexicon import Lexicon
from searchidx.store.reading import StoreReader
from searchidx.store.writing import EngineFile, StoreWriter

_ALWAYS_READ_BYTES = 1 << 20  # smaller files are summed at each settling: they may be rewritten in place


class BatchWriter:
    """Adds and removes documents in batches; a context that rolls back what an exception interrupts."""

    def __init__(self, connection: Connection, engine: Engine, analyzer: Analyzer, generation: Path) -> None:
        self._connection = connection
        self._engine = engine
        self._generation = generation
        self._store = StoreReader(connection)
        self._writer = StoreWriter(connection)
        self._lexicon = Lexicon(connection)
        self._reader = DocumentReader(analyzer)
        self._counts = FormCounts()
        self._added: list[StoredTerms] = []
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
        self._take_away(rows)
        document = analysed.document
        terms = analysed.terms or analyse(document, self._reader)
        row, paragraph_rows = self._writer.add(file, document, analysed.hash)
        self._added.append(StoredTerms(row, paragraph_rows, document, terms))
        self._characters += document.length

    def remove(self, rows: Sequence[int]) -> None:
        """Remove the documents with these rows."""
        self._take_away(rows)

    def _take_away(self, rows: Sequence[int]) -> None:
        for row in rows:
            stored = self._store.document(row)
            if stored is not None:
                self._uncount(stored.document)
                self._characters += stored.document.length
        self._writer.remove(rows)

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
        self._lexicon.change(lexicon_changes(self._counts.taken()))
        pending = self._writer.pending()
        self._connection.commit()
        added, self._added, self._characters = self._added, [], 0
        if pending.removed or pending.added:
            self._engine.apply(pending.removed, _entries(added))
            self._settle()

    def _settle(self) -> None:
        known = {file.path: file for file in self._writer.engine_files()}
        files = list(engine_files(self._generation, known.values()))
        with self._connection.transaction():
            self._writer.settle(files)
            self._writer.purge()


def apply_stored(engine: Engine, stored: Iterable[StoredTerms], removed: Sequence[int] = ()) -> None:
    """Give the engine stored documents anew, in batches of bounded size; `removed` goes with the first."""
    batch: list[StoredTerms] = []
    characters = 0
    for each in stored:
        batch.append(each)
        characters += each.document.length
        if characters >= engine.batch_characters:
            engine.apply(removed, _entries(batch))
            batch, characters, removed = [], 0, ()
    if batch or removed:
        engine.apply(removed, _entries(batch))


def _entries(stored: Iterable[StoredTerms]) -> Iterator[Entry]:
    for each in stored:
        yield from entries_of(each.row, each.paragraph_rows, each.document, each.terms)


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
