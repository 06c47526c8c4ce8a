"""How is an index opened for writing? By one process at a time, which first finishes what another left undone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from searchidx.analysis.analyzer import Analyzer
from searchidx.batches import BatchWriter
from searchidx.checking import damaged_documents, problems_of
from searchidx.errors import CorpusError, IndexStateError
from searchidx.generations import build_generation, live_engine
from searchidx.lock import writer_lock
from searchidx.manifest import Location, Manifest, read_manifest
from searchidx.model import SyncReport
from searchidx.store.connection import Connection
from searchidx.store.sources import Folder, Sources
from searchidx.store.writing import StoreWriter
from searchidx.sync import FolderSync, OnProgress


@dataclass(frozen=True, slots=True)
class IndexWriter:
    """An index opened for writing; made by `writing`."""

    location: Location
    connection: Connection
    manifest: Manifest | None
    analyzer: Analyzer

    def sync(self, path: Path, engine: str, on_progress: OnProgress | None) -> SyncReport:
        """Bring the documents of one folder (or file) up to date; CorpusError when it is not there."""
        if not path.exists():
            raise CorpusError(str(path), "there is no such file or folder; what is indexed of it was kept")
        with self._batches(engine) as batches:
            folder = self._folder(path) or Sources(self.connection).add_folder(path)
            return FolderSync(self.connection, batches, self.analyzer, on_progress).run(folder)

    def forget(self, path: Path, engine: str) -> SyncReport:
        """Remove all that came from a folder; CorpusError when it was never indexed."""
        folder = self._folder(path)
        if folder is None:
            raise CorpusError(str(path), "it was never indexed; `searchidx stats` lists what was")
        with self._batches(engine) as batches:
            return FolderSync(self.connection, batches, self.analyzer, None).forget(folder)

    def settle(self, engine: str) -> None:
        """Make what the index needs to be read, and finish what an interrupted run left."""
        with self._batches(engine):
            pass

    def problems(self) -> tuple[str, ...]:
        """What is not as it was written, each in a sentence."""
        return tuple(problems_of(self.location, self.connection, self.analyzer))

    def rebuild(self, engine: str) -> None:
        """Build the engine anew from the store, whatever state its files are in.

        Documents that are damaged in the store are read from their source files at the next run.
        """
        with self.connection.transaction():
            StoreWriter(self.connection).distrust([row for row, _ in damaged_documents(self.connection)])
        _, built = build_generation(self.location, self.connection, engine, self.analyzer)
        built.close()

    def _folder(self, path: Path) -> Folder | None:
        return next((folder for folder in Sources(self.connection).folders() if folder.path == path), None)

    @contextmanager
    def _batches(self, engine_name: str) -> Iterator[BatchWriter]:
        generation, engine = live_engine(self.location, self.connection, self.manifest, engine_name, self.analyzer)
        try:
            with BatchWriter(self.connection, engine, self.analyzer, generation) as batches:
                yield batches
            with self.connection.transaction():
                StoreWriter(self.connection).purge()
        finally:
            engine.close()


@contextmanager
def writing(location: Location, analyzer: Analyzer, *, wait: bool) -> Iterator[IndexWriter]:
    """The index at `location`, made when there is none yet, for this process alone.

    Raises IndexLockedError when another process writes (unless `wait`), and IndexStateError for a folder that
    holds other things than an index.
    """
    _make_folder(location)
    with writer_lock(location.lock, wait=wait):
        connection = Connection(location.store, writable=True)
        try:
            yield IndexWriter(location, connection, _manifest(location), analyzer)
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


def _manifest(location: Location) -> Manifest | None:
    """The manifest; None where there is none or it cannot be read, and the engine is built from the store."""
    try:
        return read_manifest(location)
    except IndexStateError:
        return None
