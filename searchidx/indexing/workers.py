"""Reading and analyzing documents, of source files or of the store, in this process or in worker processes.

Results come in packets of some megabytes. See `runtime.processes.map_ordered`, which calls the readers.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Generic, TypeVar

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import (
    DocumentAnalyzer,
    FormCounter,
    FormCounts,
)
from searchidx.corpus import SourceFile, file_hash, read
from searchidx.errors import CorpusError
from searchidx.indexing.entries import DocumentTerms, analyze
from searchidx.model.document import Document
from searchidx.store.documents import Documents, document_hash
from searchidx.store.sources import FileState
from searchidx.store.store import Store

PACKET_CHARACTERS = 2_000_000
"""Text in a packet: ten megabytes with its terms, and enough that a form is counted once for many documents."""

_MTIME_RESOLUTION_NS = 2_000_000_000
"""The coarsest clock of file times. A file that changed so shortly before it was read could change again and keep
its time."""

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Packet(Generic[Item]):
    """Some of what was read, in order, and the counts of all documents in it that have terms."""

    items: list[Item]
    form_counts: Mapping[str, FormCounts]

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the counts as plain tuples, which takes a quarter of the time."""
        return _unpickle_packet, (self.items, {form: tuple(each) for form, each in self.form_counts.items()})


def _unpickle_packet(items: list[Item], counts: Mapping[str, tuple[int, int, int]]) -> Packet[Item]:
    return Packet(items, {form: FormCounts._make(each) for form, each in counts.items()})


def _packets(items: Iterable[tuple[Item, int]], counter: FormCounter) -> Iterator[Packet[Item]]:
    """The items in packets. Each item comes with its characters of text, and `counter` has counted its forms."""
    packed: list[Item] = []
    characters = 0
    for item, length in items:
        packed.append(item)
        characters += length
        if characters >= PACKET_CHARACTERS:
            yield Packet(packed, counter.drain())
            packed, characters = [], 0
    if packed:
        yield Packet(packed, counter.drain())


# --- source files


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file to read."""

    file: SourceFile
    known_hash: str = ""  # of the bytes, when the file was read before
    known_documents: frozenset[str] = frozenset()  # content hashes of the documents that it had then


@dataclass(frozen=True, slots=True)
class FilesTask:
    """Files to read one after the other."""

    files: Sequence[FileTask]
    prefix: str  # of the documents' ids


@dataclass(frozen=True, slots=True)
class FileBegin:
    """A file whose documents and problems follow; none follow when its bytes are those that are known."""

    file: SourceFile
    state: FileState  # as it is now; the row is not known here
    encoding: str


@dataclass(frozen=True, slots=True)
class AnalyzedDocument:
    """A document and its terms; the terms are None when the store has this document already."""

    document: Document
    hash: str  # of its content
    terms: DocumentTerms | None


@dataclass(frozen=True, slots=True)
class FileEnd:
    """The end of a file. A file that failed at once has no `FileBegin`."""

    file: SourceFile
    error: CorpusError | None = None  # the file as a whole failed
    is_unreadable: bool = False  # it could not be opened, so nothing is known of its documents


FileItem = FileBegin | AnalyzedDocument | CorpusError | FileEnd


class FileReader:
    """Reads and analyzes source files."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._counter = FormCounter()
        self._documents = DocumentAnalyzer(analyzer, self._counter)

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process counts by itself."""
        return FileReader, (self._analyzer,)

    def __call__(self, task: FilesTask) -> Iterator[Packet[FileItem]]:
        """The contents of the files, in order."""
        items = ((item, _length(item)) for file in task.files for item in self._read(file, task.prefix))
        return _packets(items, self._counter)

    def _read(self, task: FileTask, prefix: str) -> Iterator[FileItem]:
        file = task.file
        try:
            state = _state_of(file)
            if state.hash == task.known_hash:
                yield FileBegin(file, state, "")
                yield FileEnd(file)
                return
            reading = read(file)
            yield FileBegin(file, state, reading.encoding)
            for item in reading.documents:
                yield item if isinstance(item, CorpusError) else self._analyze(item, prefix, task)
            yield FileEnd(file)
        except CorpusError as error:
            yield FileEnd(file, error, isinstance(error.__cause__, OSError))

    def _analyze(self, document: Document, prefix: str, task: FileTask) -> AnalyzedDocument:
        named = replace(document, id=prefix + document.id) if prefix else document
        digest = document_hash(named)
        is_known = digest in task.known_documents
        return AnalyzedDocument(named, digest, None if is_known else analyze(named, self._documents))


def _state_of(file: SourceFile) -> FileState:
    started = time.time_ns()
    digest = file_hash(file.path, file.relative)
    is_mtime_final = started - file.mtime_ns > _MTIME_RESOLUTION_NS
    return FileState(0, file.size, file.mtime_ns if is_mtime_final else 0, digest)


def _length(item: FileItem) -> int:
    return item.document.length if isinstance(item, AnalyzedDocument) else 0


# --- the store


@dataclass(frozen=True, slots=True)
class StoredTerms:
    """A stored document and its terms, with the rows of the document and its paragraphs."""

    row: int
    paragraph_rows: Sequence[int]
    document: Document
    terms: DocumentTerms


def stored_terms(documents: Documents, rows: Iterable[int], analyzer: DocumentAnalyzer) -> Iterator[StoredTerms]:
    """The documents in these rows with their terms; rows without a document are left out."""
    for row in rows:
        stored = documents.document(row)
        if stored is not None:
            yield StoredTerms(row, stored.paragraph_rows, stored.document, analyze(stored.document, analyzer))


class StoredReader:
    """Reads and analyzes documents of a store."""

    def __init__(self, store: Path, analyzer: Analyzer) -> None:
        self._store = store
        self._analyzer = analyzer
        self._counter = FormCounter()
        self._documents = DocumentAnalyzer(analyzer, self._counter)

    def __reduce__(self) -> tuple[Any, ...]:
        """Another process counts by itself."""
        return StoredReader, (self._store, self._analyzer)

    def __call__(self, rows: Sequence[int]) -> Iterator[Packet[StoredTerms]]:
        """The documents in these rows, in order."""
        with Store.open(self._store, writable=False) as store:
            found = stored_terms(store.documents, rows, self._documents)
            yield from _packets(((each, each.document.length) for each in found), self._counter)
