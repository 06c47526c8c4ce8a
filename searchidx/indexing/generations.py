"""Which build of the engine is live, and how does another take its place?

A new generation is built from the store beside the live one, then the manifest is swapped.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from searchidx.analysis.analyzer import Analyzer
from searchidx.engines.contract import Engine
from searchidx.engines.registry import open_engine
from searchidx.indexing.batches import apply_stored, engine_files
from searchidx.indexing.engine_choice import Choice
from searchidx.indexing.form_counts import FormCounts, lexicon_changes
from searchidx.indexing.stored_reader import StoredReader, StoredTerms
from searchidx.model.reports import (
    OnProgress,
    Progress,
)
from searchidx.runtime.processes import (
    map_ordered,
    worker_count,
)
from searchidx.store.connection import Connection
from searchidx.store.lexicon import Lexicon
from searchidx.store.manifest import (
    Location,
    Manifest,
    write_manifest,
)
from searchidx.store.reading import StoreReader
from searchidx.store.writing import StoreWriter

TASK_DOCUMENTS = 500
WORTH_PROCESSES_DOCUMENTS = 2_000
"""Fewer are analysed here, before another process could have started."""


def live_engine(
    location: Location, connection: Connection, manifest: Manifest | None, choice: Choice, analyzer: Analyzer
) -> tuple[Path, Engine]:
    """The generation's folder and its engine, for the writer; built anew when the manifest does not fit.

    It does not fit when there is none, when it names another engine than the chosen, when the analyzer that made
    its terms is not this one, or when its files are gone.
    """
    if manifest is not None and manifest.engine == choice.engine and manifest.analyzer == analyzer.fingerprint():
        folder = location.generation(manifest.generation)
        if folder.is_dir():
            _drop_others(location, folder)
            if manifest.wanted != choice.wanted:
                write_manifest(location, replace(manifest, wanted=choice.wanted))
            return folder, open_engine(choice.engine, folder, create=False)
    return build_generation(location, connection, choice, analyzer)


def build_generation(
    location: Location,
    connection: Connection,
    choice: Choice,
    analyzer: Analyzer,
    on_progress: OnProgress | None = None,
) -> tuple[Path, Engine]:
    """Build a new generation from the store and make it live; no older engine file is opened."""
    numbers = [int(path.name.removeprefix("gen-")) for path in location.generations()]
    manifest = Manifest(choice.engine, max(numbers, default=0) + 1, analyzer.fingerprint(), choice.wanted)
    folder = location.generation(manifest.generation)
    folder.mkdir(mode=0o700)
    engine = open_engine(choice.engine, folder)
    counts = FormCounts()
    apply_stored(engine, _all_stored(connection, analyzer, counts, on_progress))
    with connection.transaction():
        lexicon = Lexicon(connection)
        lexicon.clear()
        lexicon.change(lexicon_changes(counts.taken(), analyzer))
    write_manifest(location, manifest)
    # Only now is nothing pending: killed before, the old generation is live and still lacks what it lacked.
    with connection.transaction():
        writer = StoreWriter(connection)
        writer.settle(list(engine_files(folder, [])))
        writer.purge()
    _drop_others(location, folder)
    return folder, engine


def _all_stored(
    connection: Connection, analyzer: Analyzer, counts: FormCounts, on_progress: OnProgress | None
) -> Iterator[StoredTerms]:
    """All documents as terms, counted on the way."""
    rows = StoreReader(connection).document_rows()
    tasks = (rows[start : start + TASK_DOCUMENTS] for start in range(0, len(rows), TASK_DOCUMENTS))
    processes = worker_count() if len(rows) > WORTH_PROCESSES_DOCUMENTS else 0
    done = 0
    for packet in map_ordered(tasks, StoredReader(connection.path, analyzer), processes):
        counts.add(packet.counted)
        yield from packet.items
        done += len(packet.items)
        if on_progress is not None:
            on_progress(Progress(done, len(rows), done))


def _drop_others(location: Location, live: Path) -> None:
    """Delete replaced and unfinished generations; readers that still have one open keep what they opened."""
    for folder in location.generations():
        if folder != live:
            shutil.rmtree(folder, ignore_errors=True)
