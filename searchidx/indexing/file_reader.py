"""What do source files give? Read and analysed here, in a process of its own where there is much to do."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import DocumentAnalyzer
from searchidx.corpus import SourceFile, content_hash, read
from searchidx.errors import CorpusError
from searchidx.indexing.entries import analyse
from searchidx.indexing.packets import Analysed, Packet, packed
from searchidx.model.document import Document
from searchidx.store.sources import FileState
from searchidx.store.writing import content_hash as document_hash

_RACY_NS = 2_000_000_000
"""A file changed so shortly before it was read could change again under the same time (clocks of 2 s exist)."""


@dataclass(frozen=True, slots=True)
class FileTask:
    """A file to be read."""

    file: SourceFile
    known_hash: str = ""  # of the bytes, when it was read before
    known_documents: frozenset[str] = frozenset()  # hashes of those that it gave then


@dataclass(frozen=True, slots=True)
class FilesTask:
    """Files to be read one after the other."""

    files: Sequence[FileTask]
    prefix: str  # of the documents' ids


@dataclass(frozen=True, slots=True)
class FileBegin:
    """A file whose documents and problems follow; none do when its bytes are those that are known."""

    file: SourceFile
    state: FileState  # as it is now; the row is not known here
    encoding: str


@dataclass(frozen=True, slots=True)
class FileEnd:
    """The end of a file, which has begun unless it failed at once."""

    file: SourceFile
    error: CorpusError | None = None  # it failed as a whole
    is_unreadable: bool = False  # and nothing is known of what it holds


Item = FileBegin | Analysed | CorpusError | FileEnd


class FileReader:
    """Reads files for the process that writes; see `processes.map_ordered`."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._reader = DocumentAnalyzer(analyzer)

    def __call__(self, task: FilesTask) -> Iterator[Packet[Item]]:
        """What these files give, in order."""
        items = ((item, _length(item)) for file in task.files for item in self._file(file, task.prefix))
        return packed(items, self._reader)

    def _file(self, task: FileTask, prefix: str) -> Iterator[Item]:
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
                yield item if isinstance(item, CorpusError) else self._analysed(item, prefix, task)
            yield FileEnd(file)
        except CorpusError as error:
            yield FileEnd(file, error, isinstance(error.__cause__, OSError))

    def _analysed(self, document: Document, prefix: str, task: FileTask) -> Analysed:
        named = replace(document, id=prefix + document.id) if prefix else document
        digest = document_hash(named)
        is_known = digest in task.known_documents
        return Analysed(named, digest, None if is_known else analyse(named, self._reader))


def _state_of(file: SourceFile) -> FileState:
    started = time.time_ns()
    digest = content_hash(file.path, file.relative)
    return FileState(0, file.size, file.mtime_ns if started - file.mtime_ns > _RACY_NS else 0, digest)


def _length(item: Item) -> int:
    return item.document.length if isinstance(item, Analysed) else 0
