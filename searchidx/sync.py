"""How does an index come to say what a folder says? Only what came from that folder is ever touched."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from searchidx.batches import BatchWriter
from searchidx.corpus import PartlyReadError, SourceFile, UnreadableError, content_hash, read, scan
from searchidx.errors import CorpusError
from searchidx.model import MOST_PROBLEMS, Document, Progress, SyncReport
from searchidx.store.connection import Connection
from searchidx.store.sources import FileState, Folder, Sources
from searchidx.store.writing import content_hash as document_hash

OnProgress = Callable[[Progress], None]

_RACY_NS = 2_000_000_000
"""A file changed so shortly before it was read could change again under the same time (clocks of 2 s exist)."""


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


class FolderSync:
    """Brings one folder's documents up to date; one object a run."""

    def __init__(self, connection: Connection, writer: BatchWriter, on_progress: OnProgress | None) -> None:
        self._sources = Sources(connection)
        self._writer = writer
        self._on_progress = on_progress
        self._tally = _Tally()

    def run(self, folder: Folder) -> SyncReport:
        """Add, update and remove until the index says what the folder says.

        Raises CorpusError when the folder itself cannot be looked at; nothing is removed then.
        """
        found = list(scan(folder.path))
        files = [item for item in found if isinstance(item, SourceFile)]
        unreadable = [item for item in found if isinstance(item, UnreadableError)]
        known = self._sources.files(folder)
        for problem in unreadable:
            self._tally.skip(problem)
        self._remove_gone(known, files, unreadable)
        self._tally.total = sum(file.size for file in files)
        for file in files:
            self._sync_file(folder, file, known.get(file.relative))
            self._tally.done += file.size
            self._tell(0)
        return self._tally.report()

    def forget(self, folder: Folder) -> SyncReport:
        """Remove everything that came from a folder."""
        self._remove_gone(self._sources.files(folder), [], [])
        self._sources.remove_folder(folder)
        return self._tally.report()

    def _tell(self, characters: int) -> None:
        if self._on_progress is not None:
            tally = self._tally
            read_now = tally.added + tally.updated + tally.unchanged
            self._on_progress(Progress(min(tally.done + characters, tally.total), tally.total, read_now))

    def _remove_gone(
        self, known: Mapping[str, FileState], files: list[SourceFile], unreadable: list[UnreadableError]
    ) -> None:
        present = {file.relative for file in files}
        for path, state in known.items():
            if path not in present and not any(item.covers(path) for item in unreadable):
                self._remove(self._sources.rows(state.row))
                self._sources.remove_file(state.row)

    def _remove(self, rows: list[int]) -> None:
        self._writer.remove(rows)
        self._tally.removed += len(rows)

    def _sync_file(self, folder: Folder, file: SourceFile, state: FileState | None) -> None:
        """Size and time spare the reading, the content's hash decides."""
        if state is not None and state.hash and (state.size, state.mtime_ns) == (file.size, file.mtime_ns):
            self._keep(file, state)
            return
        started = time.time_ns()
        try:
            digest = content_hash(file.path, file.relative)
            mtime_ns = file.mtime_ns if started - file.mtime_ns > _RACY_NS else 0
            now = FileState(0, file.size, mtime_ns, digest)
            if state is not None and state.hash == digest:
                self._keep(file, state)
                self._sources.save_file(folder, file.relative, replace(now, skipped=state.skipped))
            else:
                self._read_file(folder, file, now)
        except CorpusError as error:
            self._tally.skip(error)
            if state is not None and not isinstance(error.__cause__, OSError):
                # Read, and found to hold no document any more; what could not be read at all stays as it was.
                self._remove(self._sources.rows(state.row))
                self._sources.remove_file(state.row)

    def _keep(self, file: SourceFile, state: FileState) -> None:
        """Count an unchanged file, and say once more what could not be read of it."""
        self._tally.unchanged += len(self._sources.rows(state.row))
        if state.skipped:
            reason = f"{state.skipped} of its records could not be read, and it has not changed since"
            self._tally.skip(CorpusError(file.relative, reason), state.skipped)

    def _read_file(self, folder: Folder, file: SourceFile, now: FileState) -> None:
        reading = read(file)
        if reading.encoding not in ("utf-8", "ascii"):
            self._tally.encodings[reading.encoding] = self._tally.encodings.get(reading.encoding, 0) + 1
        row = self._sources.save_file(folder, file.relative, replace(now, hash=""))
        self._sources.begin_file()
        skipped_before = self._tally.skipped
        is_whole = True
        characters = 0
        for item in reading.documents:
            if isinstance(item, CorpusError):
                self._tally.skip(item)
                continue
            document = replace(item, id=folder.prefix + item.id)
            is_whole &= self._sync_document(row, file, document)
            characters += sum(len(paragraph.text) for paragraph in document.paragraphs)
            self._tell(min(characters, file.size))
        self._remove(self._sources.unseen(row))
        if is_whole:
            skipped = self._tally.skipped - skipped_before
            self._sources.save_file(folder, file.relative, replace(now, skipped=skipped))

    def _sync_document(self, file_row: int, file: SourceFile, document: Document) -> bool:
        """Store the document unless it is there already; False when its id belongs to somebody else."""
        known = self._sources.known(document.id)
        if known is None:
            row = self._writer.add(file_row, document)
            self._tally.added += 1
        elif known.file != file_row or not self._sources.see(known.row):
            self._tally.skip(CorpusError(file.relative, f"another document has the id {document.id!r}"))
            return known.file == file_row
        elif known.hash == document_hash(document):
            row = known.row
            self._tally.unchanged += 1
        else:
            row = self._writer.replace([known.row], file_row, document)
            self._tally.updated += 1
        self._sources.see(row)
        return True
