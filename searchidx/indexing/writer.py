"""How is an index opened for writing? By one process at a time, which first finishes what another left undone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from searchidx.analysis.analyzer import Analyzer
from searchidx.corpus import SourceFile, UnreadableError, scan
from searchidx.errors import CorpusError, IndexStateError
from searchidx.indexing.batches import BatchWriter
from searchidx.indexing.checking import damaged_documents, problems_of
from searchidx.indexing.engine_choice import AUTO, BYTES_A_PARAGRAPH, Choice, choose
from searchidx.indexing.generations import build_generation, live_engine
from searchidx.indexing.sync import FolderSync
from searchidx.model.reports import (
    OnProgress,
    SyncReport,
)
from searchidx.runtime.relaxed_gc import relaxed_gc
from searchidx.store.connection import Connection
from searchidx.store.lock import writer_lock
from searchidx.store.manifest import (
    Location,
    Manifest,
    read_manifest,
)
from searchidx.store.reading import StoreReader
from searchidx.store.sources import Folder, Sources
from searchidx.store.writing import StoreWriter


@dataclass(frozen=True, slots=True)
class IndexWriter:
    """An index opened for writing; made by `writing`."""

    location: Location
    connection: Connection
    analyzer: Analyzer
    wanted: str | None  # an engine or AUTO; None: whatever was wanted when the index was made

    def sync(self, path: Path, on_progress: OnProgress | None) -> SyncReport:
        """Bring the documents of one folder (or file) up to date; CorpusError when it is not there."""
        if not path.exists():
            raise CorpusError(str(path), "there is no such file or folder; what is indexed of it was kept")
        found = list(scan(path))
        with self._batches(self._choice(self._expected_paragraphs(path, found))) as batches:
            folder = self._folder(path) or Sources(self.connection).add_folder(path)
            report = FolderSync(self.connection, batches, self.analyzer, on_progress).run(folder, found)
        return replace(report, notices=tuple(self._notices_after(on_progress)))

    def _expected_paragraphs(self, path: Path, found: Sequence[SourceFile | UnreadableError]) -> int:
        """How many there will be, as far as the sizes of new and changed files tell."""
        folder = self._folder(path)
        known = Sources(self.connection).files(folder) if folder else {}
        sizes = {item.relative: item.size for item in found if isinstance(item, SourceFile)}
        new = sum(size for name, size in sizes.items() if name not in known or known[name].size != size)
        return self._paragraphs() + new // BYTES_A_PARAGRAPH

    def _notices_after(self, on_progress: OnProgress | None) -> Iterator[str]:
        """Move a corpus that has outgrown its engine to the next one, and say so."""
        paragraphs = self._paragraphs()
        manifest, choice = self.manifest(), self._choice(paragraphs)
        if manifest is not None and manifest.engine != choice.engine:
            self._build(choice, on_progress)
            yield f"with {paragraphs:,} paragraphs, the engine is now {choice.engine}"
        if advice := choice.advice(paragraphs):
            yield advice

    def forget(self, path: Path) -> SyncReport:
        """Remove all that came from a folder; CorpusError when it was never indexed."""
        folder = self._folder(path)
        if folder is None:
            raise CorpusError(str(path), "it was never indexed; `searchidx stats` lists what was")
        with self._batches(self._choice(self._paragraphs())) as batches:
            return FolderSync(self.connection, batches, self.analyzer, None).forget(folder)

    def settle(self) -> None:
        """Make what the index needs to be read, and finish what an interrupted run left."""
        with self._batches(self._choice(self._paragraphs())):
            pass

    def problems(self) -> tuple[str, ...]:
        """What is not as it was written, each in a sentence."""
        return tuple(problems_of(self.location, self.connection, self.analyzer))

    def rebuild(self, on_progress: OnProgress | None = None) -> None:
        """Build the engine anew from the store, whatever state its files are in.

        Documents that are damaged in the store are read from their source files at the next run.
        """
        with self.connection.transaction():
            StoreWriter(self.connection).distrust([row for row, _ in damaged_documents(self.connection)])
        # It costs the same for any engine, so the one that it has does not count.
        self._build(choose(self._wanted(), self._paragraphs(), None), on_progress)

    def manifest(self) -> Manifest | None:
        """The manifest; None where there is none or it cannot be read, and the engine is built from the store."""
        try:
            return read_manifest(self.location)
        except IndexStateError:
            return None

    def _build(self, choice: Choice, on_progress: OnProgress | None) -> None:
        _, built = build_generation(self.location, self.connection, choice, self.analyzer, on_progress)
        built.close()

    def _choice(self, paragraphs: int) -> Choice:
        manifest = self.manifest()
        return choose(self._wanted(), paragraphs, manifest.engine if manifest else None)

    def _wanted(self) -> str:
        manifest = self.manifest()
        return self.wanted or (manifest.wanted if manifest else AUTO)

    def _paragraphs(self) -> int:
        return StoreReader(self.connection).counts()[1]

    def _folder(self, path: Path) -> Folder | None:
        return next((folder for folder in Sources(self.connection).folders() if folder.path == path), None)

    @contextmanager
    def _batches(self, choice: Choice) -> Iterator[BatchWriter]:
        generation, engine = live_engine(self.location, self.connection, self.manifest(), choice, self.analyzer)
        try:
            with BatchWriter(self.connection, engine, self.analyzer, generation) as batches:
                yield batches
            with self.connection.transaction():
                StoreWriter(self.connection).purge()
        finally:
            engine.close()


@contextmanager
def writing(location: Location, analyzer: Analyzer, wanted: str | None, *, wait: bool) -> Iterator[IndexWriter]:
    """The index at `location`, made when there is none yet, for this process alone.

    Raises IndexLockedError when another process writes (unless `wait`), and IndexStateError for a folder that
    holds other things than an index.
    """
    _make_folder(location)
    with writer_lock(location.lock, wait=wait), relaxed_gc():
        connection = Connection(location.store, writable=True)
        try:
            yield IndexWriter(location, connection, analyzer, wanted)
        finally:
            connection.close()


def _make_folder(location: Location) -> None:
    is_ours = location.manifest.exists() or location.store.exists()
    if not is_ours and (strangers := location.strangers()):
        remedy = "Choose an empty or a new folder with --index."
        raise IndexStateError(str(location.folder), f"other files ({strangers[0]} …)", "an index", remedy)
    try:
        location.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        remedy = "Choose a folder that can be written with --index."
        raise IndexStateError(str(location.folder), str(error), "a folder", remedy) from error
