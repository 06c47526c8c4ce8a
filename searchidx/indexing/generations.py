"""Generations: complete builds of the engine.

A new generation is built next to the live one, then the manifest is swapped.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import FormTotals
from searchidx.engines.contract import Engine
from searchidx.engines.registry import open_engine
from searchidx.indexing.batches import apply_stored, engine_files
from searchidx.indexing.engine_choice import EngineChoice
from searchidx.indexing.entries import lexicon_changes
from searchidx.indexing.workers import StoredReader, StoredTerms
from searchidx.model.reports import (
    OnProgress,
    Progress,
)
from searchidx.runtime.processes import (
    map_ordered,
    worker_count,
)
from searchidx.store.manifest import (
    Location,
    Manifest,
    write_manifest,
)
from searchidx.store.store import Store

TASK_DOCUMENTS = 500
WORTH_PROCESSES_DOCUMENTS = 2_000
"""Up to this number this process analyzes all documents before another process could have started."""


def open_live_engine(
    location: Location, store: Store, manifest: Manifest | None, choice: EngineChoice, analyzer: Analyzer
) -> tuple[Path, Engine]:
    """The folder of the live generation and its open engine, for the writer.

    A new generation is built when there is no manifest, when the manifest names another engine than the chosen,
    other engine fields, or another analyzer than this one, or when the engine's folder is missing.
    """
    if (
        manifest is not None
        and manifest.is_current
        and (manifest.engine, manifest.analyzer) == (choice.engine, analyzer.fingerprint())
    ):
        folder = location.generation(manifest.generation)
        if folder.is_dir():
            _delete_other_generations(location, folder)
            if manifest.wanted != choice.wanted:
                write_manifest(location, replace(manifest, wanted=choice.wanted))
            return folder, open_engine(choice.engine, folder, create=False)
    return build_generation(location, store, choice, analyzer)


def build_generation(
    location: Location,
    store: Store,
    choice: EngineChoice,
    analyzer: Analyzer,
    on_progress: OnProgress | None = None,
) -> tuple[Path, Engine]:
    """Build a new generation from the store and make it live; older engine files are not opened."""
    numbers = [int(path.name.removeprefix("gen-")) for path in location.generations()]
    manifest = Manifest(choice.engine, max(numbers, default=0) + 1, analyzer.fingerprint(), choice.wanted)
    folder = location.generation(manifest.generation)
    folder.mkdir(mode=0o700)
    engine = open_engine(choice.engine, folder)
    totals = FormTotals()
    apply_stored(engine, _all_stored_terms(store, analyzer, totals, on_progress))
    with store.transaction():
        store.lexicon.clear()
        store.lexicon.add_counts(lexicon_changes(totals.drain(), analyzer))
    write_manifest(location, manifest)
    # Not earlier: after a kill before the swap the old generation is live and still lacks the pending operations.
    with store.transaction():
        store.pending.mark_applied(list(engine_files(folder)))
        store.documents.purge()
    _delete_other_generations(location, folder)
    return folder, engine


def _all_stored_terms(
    store: Store, analyzer: Analyzer, totals: FormTotals, on_progress: OnProgress | None
) -> Iterator[StoredTerms]:
    """All documents with their terms; the counts of their forms are added to `totals`."""
    rows = store.documents.rows()
    tasks = (rows[start : start + TASK_DOCUMENTS] for start in range(0, len(rows), TASK_DOCUMENTS))
    processes = worker_count() if len(rows) > WORTH_PROCESSES_DOCUMENTS else 0
    done = 0
    for packet in map_ordered(tasks, StoredReader(store.path, analyzer), processes):
        totals.add(packet.form_counts)
        yield from packet.items
        done += len(packet.items)
        if on_progress is not None:
            on_progress(Progress(done, len(rows), done))


def _delete_other_generations(location: Location, live: Path) -> None:
    """Delete replaced and incomplete generations; readers that have one open keep the files that they opened."""
    for folder in location.generations():
        if folder != live:
            shutil.rmtree(folder, ignore_errors=True)
