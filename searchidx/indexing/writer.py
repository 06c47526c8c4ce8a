"""An index that is open for writing, by one process at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from searchidx.analysis.analyzer import Analyzer
from searchidx.corpus import SourceFile, UnreadableError, scan
from searchidx.errors import CorpusError, IndexStateError, Remedy
from searchidx.indexing.batches import BatchWriter
from searchidx.indexing.checking import damaged_documents, find_problems
from searchidx.indexing.engine_choice import AUTO, BYTES_A_PARAGRAPH, EngineChoice, choose
from searchidx.indexing.generations import build_generation, open_live_engine
from searchidx.indexing.sync import FolderSync
from searchidx.model.reports import (
    CheckReport,
    Notice,
    OnProgress,
    SyncReport,
)
from searchidx.runtime.relaxed_gc import relaxed_gc
from searchidx.store.lock import writer_lock
from searchidx.store.manifest import (
    Location,
    Manifest,
    read_any_manifest,
)
from searchidx.store.sources import Folder
from searchidx.store.store import Store


@dataclass(frozen=True, slots=True)
class IndexWriter:
    """An index open for writing; made by `open_writer`."""

    location: Location
    store: Store
    analyzer: Analyzer
    engine: str | None  # an engine or AUTO; None: what the manifest says

    def sync(self, path: Path, on_progress: OnProgress | None) -> SyncReport:
        """Bring the documents of one folder (or file) up to date; CorpusError when it does not exist."""
        if not path.exists():
            raise CorpusError(str(path), "there is no such file or folder; what is indexed of it was kept")
        found = list(scan(path))
        with self._open_batches(self._choice(self._expected_paragraphs(path, found))) as batches:
            folder = self._folder(path) or self.store.sources.add_folder(path)
            report = FolderSync(self.store, batches, self.analyzer, on_progress).run(folder, found)
        return replace(report, notices=tuple(self._move_to_fitting_engine(on_progress)))

    def _expected_paragraphs(self, path: Path, found: Sequence[SourceFile | UnreadableError]) -> int:
        """The number of paragraphs after the sync, estimated from the sizes of new and changed files."""
        folder = self._folder(path)
        known = self.store.sources.files(folder) if folder else {}
        sizes = {item.relative: item.size for item in found if isinstance(item, SourceFile)}
        new = sum(size for name, size in sizes.items() if name not in known or known[name].size != size)
        return self._paragraphs() + new // BYTES_A_PARAGRAPH

    def _move_to_fitting_engine(self, on_progress: OnProgress | None) -> list[Notice]:
        """Rebuild a corpus that has outgrown its engine with the next engine; return notices for the user."""
        notices = []
        paragraphs = self._paragraphs()
        manifest, choice = self._manifest(), self._choice(paragraphs)
        if manifest is not None and manifest.engine != choice.engine:
            self._build(choice, on_progress)
            notices.append(Notice(f"with {paragraphs:,} paragraphs, the engine is now {choice.engine}"))
        if size_notice := choice.size_notice(paragraphs):
            notices.append(size_notice)
        return notices

    def forget(self, path: Path) -> SyncReport:
        """Remove a folder and all that came from it; CorpusError when it was never indexed."""
        folder = self._folder(path)
        if folder is None:
            raise CorpusError(str(path), "it was never indexed")
        with self._open_batches(self._choice(self._paragraphs())) as batches:
            return FolderSync(self.store, batches, self.analyzer, None).forget(folder)

    def finish(self) -> None:
        """Make the index ready to be read: create or upgrade its engine, and finish an interrupted batch."""
        with self._open_batches(self._choice(self._paragraphs())):
            pass

    def rebuild(self, on_progress: OnProgress | None = None) -> None:
        """Build the engine and the lexicon from the store, whatever state the engine's files are in.

        Documents that are damaged in the store are read from their source files at the next sync.
        """
        with self.store.transaction():
            self.store.documents.invalidate([row for row, _ in damaged_documents(self.store)])
        # A rebuild costs the same with any engine, so the current engine does not count.
        self._build(choose(self._wanted(), self._paragraphs(), None), on_progress)

    def repair(self) -> CheckReport:
        """Rebuild the index; the report names the problems that were there before."""
        problems = tuple(find_problems(self.location, self.store, self.analyzer))
        self.rebuild()
        return CheckReport(problems, repaired=True)

    def _build(self, choice: EngineChoice, on_progress: OnProgress | None) -> None:
        _, engine = build_generation(self.location, self.store, choice, self.analyzer, on_progress)
        engine.close()

    def _manifest(self) -> Manifest | None:
        """The manifest, of an older version too; None when it is missing or damaged."""
        try:
            return read_any_manifest(self.location)
        except IndexStateError:
            return None

    def _choice(self, paragraphs: int) -> EngineChoice:
        manifest = self._manifest()
        return choose(self._wanted(), paragraphs, manifest.engine if manifest else None)

    def _wanted(self) -> str:
        manifest = self._manifest()
        return self.engine or (manifest.wanted if manifest else AUTO)

    def _paragraphs(self) -> int:
        return self.store.documents.counts()[1]

    def _folder(self, path: Path) -> Folder | None:
        return next((folder for folder in self.store.sources.folders() if folder.path == path), None)

    @contextmanager
    def _open_batches(self, choice: EngineChoice) -> Iterator[BatchWriter]:
        generation, engine = open_live_engine(self.location, self.store, self._manifest(), choice, self.analyzer)
        try:
            with BatchWriter(self.store, engine, self.analyzer, generation) as batches:
                yield batches
            with self.store.transaction():
                self.store.documents.purge()
        finally:
            engine.close()


@contextmanager
def open_writer(
    location: Location, analyzer: Analyzer, engine: str | None, *, wait: bool
) -> Iterator[IndexWriter]:
    """The index at `location`, open for writing by this process alone; created when there is none.

    A store of an older version is upgraded. Raises IndexLockedError when another process writes (unless `wait`),
    and IndexStateError for a folder that holds other things than an index.
    """
    _make_folder(location)
    with (
        writer_lock(location.lock, wait=wait),
        relaxed_gc(),
        Store.open(location.store, writable=True) as store,
    ):
        yield IndexWriter(location, store, analyzer, engine)


def check_index(location: Location, analyzer: Analyzer, *, wait: bool) -> CheckReport:
    """What is wrong with the index at `location`; nothing is changed.

    Raises IndexLockedError when another process writes (unless `wait`), and IndexStateError when the store cannot
    be read.
    """
    with (
        writer_lock(location.lock, wait=wait),
        relaxed_gc(),
        Store.open(location.store, writable=False) as store,
    ):
        return CheckReport(tuple(find_problems(location, store, analyzer)))


def _make_folder(location: Location) -> None:
    is_index = location.manifest.exists() or location.store.exists()
    if not is_index and (foreign := location.foreign_files()):
        found = f"other files ({foreign[0]} …)"
        raise IndexStateError(str(location.folder), found, "an index", Remedy.CHOOSE_ANOTHER_FOLDER)
    try:
        location.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        remedy = Remedy.CHOOSE_WRITABLE_FOLDER
        raise IndexStateError(str(location.folder), str(error), "a folder", remedy) from error
