"""Which build of the engine is live, and how does another take its place?

A new generation is built from the store beside the live one, then the manifest is swapped.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from searchidx.analysis.analyzer import Analyzer
from searchidx.batches import apply_stored, engine_files, recount
from searchidx.engines.base import Engine
from searchidx.engines.registry import open_engine
from searchidx.manifest import Location, Manifest, write_manifest
from searchidx.store.connection import Connection
from searchidx.store.reading import StoreReader
from searchidx.store.writing import StoreWriter


def live_engine(
    location: Location, connection: Connection, manifest: Manifest | None, engine: str, analyzer: Analyzer
) -> tuple[Path, Engine]:
    """The generation's folder and its engine, for the writer; built anew when the manifest does not fit.

    It does not fit when there is none, when it names another engine than `engine`, when the analyzer that made its
    terms is not this one, or when its files are gone.
    """
    if manifest is not None and manifest.engine == engine and manifest.analyzer == analyzer.fingerprint():
        folder = location.generation(manifest.generation)
        if folder.is_dir():
            _drop_others(location, folder)
            return folder, open_engine(engine, folder, create=False)
    return build_generation(location, connection, engine, analyzer)


def build_generation(
    location: Location, connection: Connection, engine_name: str, analyzer: Analyzer
) -> tuple[Path, Engine]:
    """Build a new generation from the store and make it live; no older engine file is opened."""
    numbers = [int(path.name.removeprefix("gen-")) for path in location.generations()]
    manifest = Manifest(engine_name, max(numbers, default=0) + 1, analyzer.fingerprint())
    folder = location.generation(manifest.generation)
    folder.mkdir(mode=0o700)
    engine = open_engine(engine_name, folder)
    reader = StoreReader(connection)
    apply_stored(engine, analyzer, reader, reader.document_rows())
    with connection.transaction():
        writer = StoreWriter(connection)
        writer.settle(list(engine_files(folder, [])))
        writer.purge()
        recount(connection, analyzer)
    write_manifest(location, manifest)
    _drop_others(location, folder)
    return folder, engine


def _drop_others(location: Location, live: Path) -> None:
    """Delete replaced and unfinished generations; readers that still have one open keep what they opened."""
    for folder in location.generations():
        if folder != live:
            shutil.rmtree(folder, ignore_errors=True)
