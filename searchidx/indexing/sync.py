"""Bringing the documents of one folder in the index up to date. Documents of other folders are not touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from searchidx.analysis.analyzer import Analyzer
from searchidx.corpus import PartlyReadError, SourceFile, UnreadableError
from searchidx.errors import CorpusError
from searchidx.indexing.batches import BatchWriter
from searchidx.indexing.workers import AnalyzedDocument, FileBegin, FileEnd, FileReader, FilesTask, FileTask
from searchidx.model.reports import (
    MAX_PROBLEMS,
    OnProgress,
    Progress,
    SyncReport,
)
from searchidx.runtime.processes import (
    map_ordered,
    worker_count,
)
from searchidx.store.sources import FileState, Folder
from searchidx.store.store import Store

TASK_BYTES = 4_000_000
"""Source text that one process reads at once; a larger file is one task."""

WORTH_PROCESSES_BYTES = 8_000_000
"""Less than this is read in this process, before another process could have started (about 0.2 s)."""

Outcome = Literal["added", "updated", "removed", "unchanged", "skipped"]
"""The counts of a `SyncReport`."""

_UnchangedFile = tuple[SourceFile, FileState]
"""A file, and its equal state at the last run."""

_Storing = Literal["stored", "repeated_id", "id_of_another_file"]
"""A document is in the index, or was skipped: an earlier document of its file, or one of another, has its id."""


@dataclass(slots=True)
class _OpenFile:
    """The file whose documents are being stored."""

    begin: FileBegin
    row: int
    last_row: int  # of the documents that were stored before
    skipped_before: int
    characters: int = 0
    is_complete: bool = True  # no document of it was skipped because another file has its id


class FolderSync:
    """One run on one folder."""

    def __init__(
        self, store: Store, batches: BatchWriter, analyzer: Analyzer, on_progress: OnProgress | None
    ) -> None:
        self._store = store
        self._sources = store.sources
        self._batches = batches
        self._analyzer = analyzer
        self._on_progress = on_progress
        self._counts: Counter[Outcome] = Counter()
        self._problems: list[CorpusError] = []
        self._partly_read: list[PartlyReadError] = []
        self._encodings: Counter[str] = Counter()
        self._done_bytes = 0
        self._total_bytes = 0
        self._known: Mapping[str, FileState] = {}
        self._open: _OpenFile | None = None

    def run(self, folder: Folder, found: Sequence[SourceFile | UnreadableError]) -> SyncReport:
        """Add, update and remove documents until the index agrees with the files `found` in the folder."""
        files = [item for item in found if isinstance(item, SourceFile)]
        unreadable = [item for item in found if isinstance(item, UnreadableError)]
        self._known = self._sources.files(folder)
        for problem in unreadable:
            self._skip(problem)
        self._remove_missing_files(files, unreadable)
        self._total_bytes = sum(file.size for file in files)
        changed, unchanged = self._split_by_change(files)
        self._keep_unchanged_files(unchanged)
        self._read(folder, changed)
        return self._report()

    def forget(self, folder: Folder) -> SyncReport:
        """Remove the folder and all documents that came from it."""
        self._known = self._sources.files(folder)
        self._remove_missing_files([], [])
        self._sources.remove_folder(folder)
        return self._report()

    def _report(self) -> SyncReport:
        counts = self._counts
        return SyncReport(
            counts["added"],
            counts["updated"],
            counts["removed"],
            counts["unchanged"],
            counts["skipped"],
            tuple(self._problems),
            tuple(self._partly_read),
            dict(self._encodings),
        )

    def _skip(self, error: CorpusError, count: int = 1) -> None:
        """Report `count` files or records that are not in the index."""
        self._counts["skipped"] += count
        if len(self._problems) < MAX_PROBLEMS:
            self._problems.append(error)

    def _note_partly_read(self, error: PartlyReadError) -> None:
        """Report what is missing of a document that is in the index."""
        if len(self._partly_read) < MAX_PROBLEMS:
            self._partly_read.append(error)

    def _report_progress(self, characters: int) -> None:
        if self._on_progress is not None:
            done = min(self._done_bytes + characters, self._total_bytes)
            documents = self._counts["added"] + self._counts["updated"] + self._counts["unchanged"]
            self._on_progress(Progress(done, self._total_bytes, documents))

    # --- before anything is read

    def _remove_missing_files(self, files: list[SourceFile], unreadable: list[UnreadableError]) -> None:
        present = {file.relative for file in files}
        for path, state in self._known.items():
            if path not in present and not any(item.covers(path) for item in unreadable):
                self._remove_file(state)
                self._batches.flush_if_full()

    def _remove_file(self, state: FileState) -> None:
        self._remove_documents(self._sources.document_rows(state.row))
        self._sources.remove_file(state.row)

    def _remove_documents(self, rows: list[int]) -> None:
        self._batches.remove(rows)
        self._counts["removed"] += len(rows)

    def _split_by_change(self, files: Sequence[SourceFile]) -> tuple[list[SourceFile], list[_UnchangedFile]]:
        """The files that are new or differ in size or time, and the others."""
        changed: list[SourceFile] = []
        unchanged: list[_UnchangedFile] = []
        for file in files:
            state = self._known.get(file.relative)
            if state is None or not state.hash or (state.size, state.mtime_ns) != (file.size, file.mtime_ns):
                changed.append(file)
            else:
                unchanged.append((file, state))
        return changed, unchanged

    def _keep_unchanged_files(self, files: Sequence[_UnchangedFile]) -> None:
        """Count the documents of files that need not be read, and report the progress."""
        documents = self._sources.document_counts() if files else {}
        for file, state in files:
            self._keep(file, state, documents.get(state.row, 0))
            self._done_bytes += file.size
        self._report_progress(0)

    def _keep(self, file: SourceFile, state: FileState, documents: int) -> None:
        """Count an unchanged file, and report again what could not be read of it."""
        self._counts["unchanged"] += documents
        if state.skipped:
            reason = f"{state.skipped} of its records could not be read, and it has not changed since"
            self._skip(CorpusError(file.relative, reason), state.skipped)

    # --- reading

    def _read(self, folder: Folder, files: list[SourceFile]) -> None:
        size = sum(file.size for file in files)
        processes = worker_count() if size >= WORTH_PROCESSES_BYTES else 0
        tasks = (FilesTask(each, folder.prefix) for each in self._tasks(files))
        for packet in map_ordered(tasks, FileReader(self._analyzer), min(processes, len(files))):
            for item in self._batches.unpack(packet):
                match item:
                    case FileBegin():
                        self._begin_file(folder, item)
                    case AnalyzedDocument():
                        self._sync_document(item)
                    case PartlyReadError():
                        self._note_partly_read(item)
                    case CorpusError():
                        self._skip(item)
                    case FileEnd():
                        self._end_file(folder, item)

    def _tasks(self, files: list[SourceFile]) -> Iterator[list[FileTask]]:
        task: list[FileTask] = []
        size = 0
        for file in files:
            state = self._known.get(file.relative)
            if state is None:
                task.append(FileTask(file))
            else:
                hashes = frozenset(self._sources.document_hashes(state.row))
                task.append(FileTask(file, state.hash, hashes))
            size += file.size
            if size >= TASK_BYTES:
                yield task
                task, size = [], 0
        if task:
            yield task

    def _begin_file(self, folder: Folder, begin: FileBegin) -> None:
        state = self._known.get(begin.file.relative)
        if state is not None and state.hash == begin.state.hash:
            self._keep(begin.file, state, len(self._sources.document_rows(state.row)))
            self._sources.save_file(folder, begin.file.relative, replace(begin.state, skipped=state.skipped))
            return
        if begin.encoding not in ("utf-8", "ascii"):
            self._encodings[begin.encoding] += 1
        row = self._sources.save_file(folder, begin.file.relative, replace(begin.state, hash=""))
        self._sources.begin_file()
        self._open = _OpenFile(begin, row, self._store.documents.last_row(), self._counts["skipped"])

    def _sync_document(self, analyzed: AnalyzedDocument) -> None:
        file = self._open
        assert file is not None
        # The id may be free at the next run; then this file must be read again.
        file.is_complete &= self._store_document(file, analyzed) != "id_of_another_file"
        file.characters += analyzed.document.length
        self._report_progress(min(file.characters, file.begin.file.size))

    def _store_document(self, file: _OpenFile, analyzed: AnalyzedDocument) -> _Storing:
        """Store the document, unless it is stored already or its id is not free."""
        known = self._sources.known(analyzed.document.id)
        if known is None:
            self._batches.add(file.row, analyzed)
            self._counts["added"] += 1
        elif known.file != file.row or known.row > file.last_row or not self._sources.note_seen(known.row):
            self._batches.skip(analyzed)
            reason = f"another document has the id {analyzed.document.id!r}"
            self._skip(CorpusError(file.begin.file.relative, reason))
            return "repeated_id" if known.file == file.row else "id_of_another_file"
        elif known.hash == analyzed.hash:
            self._batches.skip(analyzed)
            self._counts["unchanged"] += 1
        else:
            self._batches.replace([known.row], file.row, analyzed)
            self._counts["updated"] += 1
        return "stored"

    def _end_file(self, folder: Folder, end: FileEnd) -> None:
        file, self._open = self._open, None
        if end.error is not None:
            self._fail(end, end.error)
        elif file is not None:
            self._remove_documents(self._sources.unseen_rows(file.row, file.last_row))
            if file.is_complete:
                skipped = self._counts["skipped"] - file.skipped_before
                self._sources.save_file(folder, end.file.relative, replace(file.begin.state, skipped=skipped))
        self._done_bytes += end.file.size
        self._report_progress(0)

    def _fail(self, end: FileEnd, error: CorpusError) -> None:
        self._skip(error)
        state = self._known.get(end.file.relative)
        if state is not None and not end.is_unreadable:
            # It was opened and holds no document any more. What could not be opened keeps its documents.
            self._remove_file(state)
