"""How does an index come to say what a folder says? Only what came from that folder is ever touched."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from searchidx.analysis.analyzer import Analyzer
from searchidx.corpus import PartlyReadError, SourceFile, UnreadableError
from searchidx.errors import CorpusError
from searchidx.indexing.batches import BatchWriter
from searchidx.indexing.file_reader import FileBegin, FileEnd, FileReader, FilesTask, FileTask
from searchidx.indexing.packets import Analysed
from searchidx.model.reports import (
    MOST_PROBLEMS,
    OnProgress,
    Progress,
    SyncReport,
)
from searchidx.runtime.processes import (
    map_ordered,
    worker_count,
)
from searchidx.store.connection import Connection
from searchidx.store.sources import FileState, Folder, Sources

TASK_BYTES = 4_000_000
"""Source text that one process reads in one go; a larger file is one task."""

WORTH_PROCESSES_BYTES = 8_000_000
"""Less is read here, before another process could have started (about 0.2 s)."""


@dataclass(slots=True)
class _Tally:
    """What a run has done so far."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: int = 0
    problems: list[CorpusError] = field(default_factory=list)
    encodings: dict[str, int] = field(default_factory=dict)
    done: int = 0  # bytes
    total: int = 0

    def report(self) -> SyncReport:
        problems = tuple(self.problems)
        return SyncReport(
            self.added, self.updated, self.removed, self.unchanged, self.skipped, problems, self.encodings
        )

    def skip(self, error: CorpusError, count: int = 1) -> None:
        # What was read in part is in the index, and told all the same.
        self.skipped += 0 if isinstance(error, PartlyReadError) else count
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.append(error)


@dataclass(slots=True)
class _OpenFile:
    """The file whose documents are coming in."""

    begin: FileBegin
    row: int
    last_row: int  # of the documents that were there before
    skipped_before: int
    characters: int = 0
    is_whole: bool = True  # every document of it is in the index


class FolderSync:
    """Brings one folder's documents up to date; one object a run."""

    def __init__(
        self, connection: Connection, writer: BatchWriter, analyzer: Analyzer, on_progress: OnProgress | None
    ) -> None:
        self._sources = Sources(connection)
        self._writer = writer
        self._analyzer = analyzer
        self._on_progress = on_progress
        self._tally = _Tally()
        self._known: Mapping[str, FileState] = {}
        self._open: _OpenFile | None = None

    def run(self, folder: Folder, found: Sequence[SourceFile | UnreadableError]) -> SyncReport:
        """Add, update and remove until the index says what the folder says, in which these files were `found`."""
        files = [item for item in found if isinstance(item, SourceFile)]
        unreadable = [item for item in found if isinstance(item, UnreadableError)]
        self._known = self._sources.files(folder)
        for problem in unreadable:
            self._tally.skip(problem)
        self._remove_gone(files, unreadable)
        self._tally.total = sum(file.size for file in files)
        self._read(folder, self._keep_untouched(files))
        return self._tally.report()

    def forget(self, folder: Folder) -> SyncReport:
        """Remove everything that came from a folder."""
        self._known = self._sources.files(folder)
        self._remove_gone([], [])
        self._sources.remove_folder(folder)
        return self._tally.report()

    def _tell(self, characters: int) -> None:
        if self._on_progress is not None:
            tally = self._tally
            read_now = tally.added + tally.updated + tally.unchanged
            self._on_progress(Progress(min(tally.done + characters, tally.total), tally.total, read_now))

    # --- before anything is read

    def _remove_gone(self, files: list[SourceFile], unreadable: list[UnreadableError]) -> None:
        present = {file.relative for file in files}
        for path, state in self._known.items():
            if path not in present and not any(item.covers(path) for item in unreadable):
                self._remove_file(state)
                self._writer.rest()

    def _remove_file(self, state: FileState) -> None:
        self._remove(self._sources.rows(state.row))
        self._sources.remove_file(state.row)

    def _remove(self, rows: list[int]) -> None:
        self._writer.remove(rows)
        self._tally.removed += len(rows)

    def _keep_untouched(self, files: list[SourceFile]) -> list[SourceFile]:
        """Count what is as it was by size and time; the other files, which have to be read."""
        documents = self._sources.document_counts() if self._known else {}
        rest = []
        for file in files:
            state = self._known.get(file.relative)
            if state is None or not state.hash or (state.size, state.mtime_ns) != (file.size, file.mtime_ns):
                rest.append(file)
                continue
            self._keep(file, state, documents.get(state.row, 0))
            self._tally.done += file.size
        self._tell(0)
        return rest

    def _keep(self, file: SourceFile, state: FileState, documents: int) -> None:
        """Count an unchanged file, and say once more what could not be read of it."""
        self._tally.unchanged += documents
        if state.skipped:
            reason = f"{state.skipped} of its records could not be read, and it has not changed since"
            self._tally.skip(CorpusError(file.relative, reason), state.skipped)

    # --- what is read

    def _read(self, folder: Folder, files: list[SourceFile]) -> None:
        size = sum(file.size for file in files)
        processes = worker_count() if size >= WORTH_PROCESSES_BYTES else 0
        tasks = (FilesTask(each, folder.prefix) for each in self._tasks(files))
        for packet in map_ordered(tasks, FileReader(self._analyzer), min(processes, len(files))):
            self._writer.count(packet.counted)
            for item in packet.items:
                match item:
                    case FileBegin():
                        self._begin_file(folder, item)
                    case Analysed():
                        self._take_document(item)
                    case CorpusError():
                        self._tally.skip(item)
                    case FileEnd():
                        self._end_file(folder, item)
            self._writer.rest()

    def _tasks(self, files: list[SourceFile]) -> Iterator[list[FileTask]]:
        task: list[FileTask] = []
        size = 0
        for file in files:
            state = self._known.get(file.relative)
            if state is None:
                task.append(FileTask(file))
            else:
                task.append(FileTask(file, state.hash, frozenset(self._sources.hashes(state.row))))
            size += file.size
            if size >= TASK_BYTES:
                yield task
                task, size = [], 0
        if task:
            yield task

    def _begin_file(self, folder: Folder, begin: FileBegin) -> None:
        state = self._known.get(begin.file.relative)
        if state is not None and state.hash == begin.state.hash:
            self._keep(begin.file, state, len(self._sources.rows(state.row)))
            self._sources.save_file(folder, begin.file.relative, replace(begin.state, skipped=state.skipped))
            return
        if begin.encoding not in ("utf-8", "ascii"):
            self._tally.encodings[begin.encoding] = self._tally.encodings.get(begin.encoding, 0) + 1
        row = self._sources.save_file(folder, begin.file.relative, replace(begin.state, hash=""))
        self._sources.begin_file()
        self._open = _OpenFile(begin, row, self._writer.last_row, self._tally.skipped)

    def _take_document(self, analysed: Analysed) -> None:
        file = self._open
        assert file is not None
        file.is_whole &= self._sync_document(file, analysed)
        file.characters += analysed.document.length
        self._tell(min(file.characters, file.begin.file.size))

    def _sync_document(self, file: _OpenFile, analysed: Analysed) -> bool:
        """Store the document unless it is there already; False when its id belongs to somebody else."""
        known = self._sources.known(analysed.document.id)
        if known is None:
            self._writer.add(file.row, analysed)
            self._tally.added += 1
        elif known.file != file.row or known.row > file.last_row or not self._sources.see(known.row):
            self._writer.pass_over(analysed)
            reason = f"another document has the id {analysed.document.id!r}"
            self._tally.skip(CorpusError(file.begin.file.relative, reason))
            return known.file == file.row
        elif known.hash == analysed.hash:
            self._writer.pass_over(analysed)
            self._tally.unchanged += 1
        else:
            self._writer.replace([known.row], file.row, analysed)
            self._tally.updated += 1
        return True

    def _end_file(self, folder: Folder, end: FileEnd) -> None:
        file, self._open = self._open, None
        if end.error is not None:
            self._fail(end, end.error)
        elif file is not None:
            self._remove(self._sources.unseen(file.row, file.last_row))
            if file.is_whole:
                skipped = self._tally.skipped - file.skipped_before
                self._sources.save_file(folder, end.file.relative, replace(file.begin.state, skipped=skipped))
        self._tally.done += end.file.size
        self._tell(0)

    def _fail(self, end: FileEnd, error: CorpusError) -> None:
        self._tally.skip(error)
        state = self._known.get(end.file.relative)
        if state is not None and not end.is_unreadable:
            # Read, and found to hold no document any more; what could not be read at all stays as it was.
            self._remove_file(state)
