"""Nothing is lost when the process is killed at any moment."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from searchidx.engines.contract import (
    Change,
    Entry,
)
from searchidx.engines.registry import ENGINES
from searchidx.engines.tantivy.engine import TantivyChange
from searchidx.engines.whoosh.engine import WhooshChange
from searchidx.errors import IndexStateError, Remedy
from searchidx.index import Index
from searchidx.store.manifest import (
    Location,
    Manifest,
    read_manifest,
    write_manifest,
)
from tests.laws_support import laws

SYNC = """
import sys
from searchidx.indexing import generations, sync, workers
from searchidx.engines.tantivy.engine import TantivyEngine
from searchidx.engines.whoosh.engine import WhooshEngine
from searchidx.index import Index

batch, engine = int(sys.argv[3]), sys.argv[4]
sync.WORTH_PROCESSES_BYTES = generations.WORTH_PROCESSES_DOCUMENTS = 0
WhooshEngine.batch_characters = TantivyEngine.batch_characters = workers.PACKET_CHARACTERS = batch
index = Index.create(sys.argv[1], engine=engine)
index.sync(sys.argv[2])
index.rebuild()
"""
"""Index in small batches, so that segments are merged too, then build the engine anew; both with processes."""


def start(location: Path, folder: Path, batch: int, engine: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", SYNC, str(location), str(folder), str(batch), engine])


def committed(location: Path) -> int:
    """How many documents a reader finds now; what the next run finishes must not look damaged."""
    try:
        with Index.open(location) as index:
            assert index.check().problems == ()
            return index.search("de la", per_page=1).total
    except IndexStateError:
        return 0  # killed before there was an index


def kill_at_random_moments(folder: Path, location: Path, kills: int, batch: int, engine: str) -> list[int]:
    """Kill a run `kills` times; what readers found after each."""
    seen = []
    began = time.monotonic()
    assert start(location.with_name("whole"), folder, batch, engine).wait() == 0
    longest = time.monotonic() - began
    chance = random.Random(location.name)
    for _ in range(kills):
        process = start(location, folder, batch, engine)
        try:
            process.wait(chance.uniform(0.05, longest))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        seen.append(committed(location))
    return seen


def prove(folder: Path, location: Path, kills: int, batch: int, engine: str) -> None:
    seen = kill_at_random_moments(folder, location, kills, batch, engine)
    assert seen == sorted(seen), "what was committed was lost"
    index = Index.create(location, engine=engine)
    index.sync(folder)
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.txt")}
    assert index.stats().documents == len(files)
    assert index.check().problems == ()
    for name in files:
        index.document(name)
    whole = Index.open(location.with_name("whole"))
    for query in ("de la", "ley", "artículo 2", '"de la"'):
        assert index.search(query).total == whole.search(query).total


@pytest.mark.parametrize("engine", ENGINES)
def test_killed_at_random_moments_nothing_is_lost(tmp_path: Path, engine: str) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for number in range(40):
        text = f"Documento {number}\n\n" + "\n\n".join(f"El artículo {n} de la ley {number}." for n in range(20))
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    prove(folder, tmp_path / "index", kills=5, batch=2_000, engine=engine)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ENGINES)
def test_laws_killed_thirty_times(tmp_path: Path, engine: str) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for number, line in enumerate(laws(300 if engine == "whoosh" else 1_000)):
        law = json.loads(line)
        (folder / f"{number:04}.txt").write_text(f"{law['title']}\n\n{law['text']}", encoding="utf-8")
    prove(folder, tmp_path / "index", kills=30, batch=200_000, engine=engine)


@pytest.fixture(params=ENGINES)
def index(tmp_path: Path, request: pytest.FixtureRequest) -> Index:
    for number in range(6):
        path = tmp_path / "docs" / f"{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Título {number}\n\nHabla de la ley {number}.", encoding="utf-8")
    made = Index.create(tmp_path / "index", engine=request.param)
    made.sync(tmp_path / "docs")
    return made


def crash(*_: object) -> None:
    raise KeyboardInterrupt


def leave_pending(index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Remove one document and change another, and crash when the store has it and the engine has not."""
    (tmp_path / "docs" / "0.txt").unlink()
    (tmp_path / "docs" / "1.txt").write_text("Título 1\n\nHabla del gas.", encoding="utf-8")
    with monkeypatch.context() as patch:
        for change in ("whoosh.engine.WhooshChange", "tantivy.engine.TantivyChange"):
            patch.setattr(f"searchidx.engines.{change}.commit", crash)
        with pytest.raises(KeyboardInterrupt):
            index.sync(tmp_path / "docs")


def test_a_crash_between_store_and_engine_is_made_good_by_the_next_run(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_pending(index, tmp_path, monkeypatch)
    assert index.search("habla").total == 6  # as before: the engine has not heard of it
    assert index.check().problems == ()  # nothing is damaged, the next run goes on from here
    assert not index.sync(tmp_path / "docs").changed
    assert index.search("habla").total == 5
    assert index.search("gas").total == 1
    assert index.check().problems == ()


def test_a_crash_while_the_engine_is_told_leaves_what_was_committed(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "docs" / "0.txt").unlink()
    (tmp_path / "docs" / "1.txt").write_text("Título 1\n\nHabla del gas.", encoding="utf-8")
    with monkeypatch.context() as patch:
        for change in (WhooshChange, TantivyChange):

            def add(self: Change, entries: Iterable[Entry], original: Any = change.add) -> None:
                original(self, entries)
                raise KeyboardInterrupt

            patch.setattr(change, "add", add)
        with pytest.raises(KeyboardInterrupt):
            index.sync(tmp_path / "docs")
    assert (index.search("habla").total, index.search("gas").total) == (6, 0)
    assert index.check().problems == ()
    report = index.sync(tmp_path / "docs")
    assert (report.updated, report.removed) == (1, 1)
    assert (index.search("habla").total, index.search("gas").total) == (5, 1)
    assert index.check().problems == ()


@pytest.mark.parametrize(
    "place",
    [
        "indexing.generations.write_manifest",
        "store.pending.PendingChanges.mark_applied",
        "indexing.generations._delete_other_generations",
    ],
)
def test_a_crash_at_the_swap_of_generations_loses_nothing(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    leave_pending(index, tmp_path, monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(f"searchidx.{place}", crash)
        with pytest.raises(KeyboardInterrupt):
            index.rebuild()
    assert index.search("habla").total in (5, 6)
    assert not index.sync(tmp_path / "docs").changed
    assert (index.search("habla").total, index.search("gas").total) == (5, 1)
    assert index.check().problems == ()


def test_an_interrupted_run_leaves_what_was_committed(
    index: Index, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for engine in ("whoosh.engine.WhooshEngine", "tantivy.engine.TantivyEngine"):
        monkeypatch.setattr(f"searchidx.engines.{engine}.batch_characters", 1)
    monkeypatch.setattr("searchidx.indexing.workers.PACKET_CHARACTERS", 1)
    for number in range(6, 12):
        (tmp_path / "docs" / f"{number}.txt").write_text(f"Título {number}\n\nHabla de la ley.", encoding="utf-8")

    def interrupt(progress: object) -> None:
        if getattr(progress, "documents", 0) == 9:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.sync(tmp_path / "docs", on_progress=interrupt)
    assert index.search("habla").total == 8  # the ninth was under way
    assert index.check().problems == ()
    assert index.sync(tmp_path / "docs").added == 4


def files_of(index: Index) -> list[Path]:
    location = index.stats().location
    names = ("manifest.json", "store.sqlite")
    return [location / name for name in names] + [
        path for path in location.rglob("gen-*/*/*") if path.stat().st_size
    ]


def flip(path: Path, place: float) -> None:
    data = bytearray(path.read_bytes())
    data[int(place * (len(data) - 1))] ^= 1 << 4
    path.write_bytes(data)


@pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
def test_a_flipped_bit_in_an_engine_file_or_the_manifest_is_found_and_mended(index: Index, place: float) -> None:
    index.close()
    for path in files_of(index):
        if path.name == "store.sqlite" or not path.exists():
            continue
        flip(path, place)
        assert index.check().problems != (), path.name
        assert index.repair().repaired
        assert index.check().problems == ()
        assert index.search("habla").total == 6


def test_a_lost_manifest_is_made_again_from_the_store(index: Index, tmp_path: Path) -> None:
    index.close()
    Location(tmp_path / "index").manifest.unlink()
    with pytest.raises(IndexStateError, match="no manifest") as raised:
        index.search("habla")
    assert raised.value.remedy is Remedy.REBUILD
    with Index.create(tmp_path / "index") as again:
        assert again.search("habla").total == 6


def test_a_document_that_changed_in_the_store_is_found_and_read_again(index: Index, tmp_path: Path) -> None:
    index.close()
    path = tmp_path / "index" / "store.sqlite"
    data = path.read_bytes()
    place = data.index(b"Habla de la ley 3")
    path.write_bytes(data[:place] + b"h" + data[place + 1 :])
    assert "the document 3.txt is not what was stored" in index.check().problems
    index.repair()
    assert index.sync(tmp_path / "docs").updated == 1
    assert index.check().problems == ()
    assert index.document("3.txt").text == "Habla de la ley 3."


def test_a_store_that_is_rubbish_is_refused_with_what_to_do(index: Index, tmp_path: Path) -> None:
    index.close()
    for suffix in ("-wal", "-shm"):
        (tmp_path / "index" / f"store.sqlite{suffix}").unlink(missing_ok=True)
    (tmp_path / "index" / "store.sqlite").write_bytes(b"rubbish" * 1000)
    with pytest.raises(IndexStateError, match="not a database") as raised:
        index.search("habla")
    assert raised.value.remedy is Remedy.CHECK_DISK


def test_another_format_is_refused_with_what_to_do(index: Index) -> None:
    location = Location(index.stats().location)
    newer = Manifest("whoosh", 1, read_manifest(location).analyzer, format=99)
    write_manifest(location, newer)
    with pytest.raises(IndexStateError, match="format 99") as raised:
        index.search("habla")
    assert raised.value.remedy is Remedy.REINDEX
