"""An index of the version before, store schema 1 and manifest format 2, is upgraded by the next writer."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from searchidx.errors import IndexStateError, Remedy
from searchidx.index import Index
from searchidx.indexing import generations
from searchidx.store.connection import SCHEMA_VERSION
from searchidx.store.manifest import Location, read_any_manifest, read_manifest
from searchidx.store.store import Store
from tests.cli.conftest import run

OLD_SCHEMA = Path(__file__).with_name("schema_1.sql")
_TABLES = ("folders", "files", "documents", "paragraphs", "pending", "engine_files", "lexicon")
_APPLICATION_ID = 0x53494458


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "docs"
    made.mkdir()
    records = [
        {"id": str(number), "text": f"Habla de la ley {number}.", "fuente": "EFE", "lugar": "Moscú"}
        for number in range(6)
    ]
    (made / "a.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return made


def write_old_manifest(location: Location, wanted: str = "auto") -> None:
    values = {"engine": "whoosh", "generation": 1, "analyzer": "0123abcd", "wanted": wanted, "format": 2}
    checksum = zlib.crc32(json.dumps(values, sort_keys=True).encode())
    location.manifest.write_text(json.dumps(values | {"checksum": checksum}), encoding="utf-8")


def downgrade(location: Location) -> None:
    """Copy the store into one that the old schema made, and leave an engine that must not be opened."""
    new = location.store.rename(location.folder / "new")
    with closing(sqlite3.connect(location.store, isolation_level=None)) as old:
        old.execute("PRAGMA journal_mode = WAL")
        old.executescript(OLD_SCHEMA.read_text(encoding="utf-8"))
        old.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        old.execute("PRAGMA user_version = 1")
        old.execute("ATTACH ? AS new", (str(new),))
        for table in _TABLES:
            names = [name for _, name, *_ in old.execute(f"PRAGMA main.table_info({table})")]
            values = ", ".join("folded" if name == "fold" else name for name in names)
            old.execute(f"INSERT INTO main.{table} ({', '.join(names)}) SELECT {values} FROM new.{table}")
        old.execute("DELETE FROM sqlite_sequence")
        old.execute("INSERT INTO sqlite_sequence SELECT * FROM new.sqlite_sequence")
        old.execute("DETACH new")
    new.unlink()
    for path in location.generation(1).rglob("*.*"):
        path.write_bytes(b"rubbish")


@pytest.fixture
def old(tmp_path: Path, folder: Path) -> Location:
    location = Location(tmp_path / "index")
    with Index.create(location.folder) as index:
        index.sync(folder)
    downgrade(location)
    write_old_manifest(location)
    return location


def assert_upgraded(location: Location, folder: Path) -> None:
    with Index.open(location.folder) as index:
        assert index.search("habla").total == 6
        assert index.search("fuente:efe lugar:moscu ley").total == 6
        assert index.document("3").source == "EFE"
        assert index.check().problems == ()
        report = index.sync(folder)
        assert (report.unchanged, report.changed) == (6, False)
    assert read_manifest(location).is_current


def test_a_reader_says_that_the_index_is_old(old: Location) -> None:
    with pytest.raises(IndexStateError, match="found format 2, wanted format 4") as raised:
        Index.open(old.folder)
    assert raised.value.remedy is Remedy.UPGRADE
    with pytest.raises(IndexStateError, match="version 1, wanted version 2") as raised:
        Store.open(old.store, writable=False)
    assert raised.value.remedy is Remedy.UPGRADE


def sync(location: Path, folder: Path) -> None:
    with Index.create(location) as index:
        index.sync(folder)


def create(location: Path, _: Path) -> None:
    Index.create(location).close()


def rebuild(location: Path, _: Path) -> None:
    with Index.open_for_repair(location) as index:
        index.rebuild()


def repair(location: Path, _: Path) -> None:
    with Index.open_for_repair(location) as index:
        index.repair()


@pytest.mark.parametrize("write", [sync, create, rebuild, repair])
def test_every_writer_upgrades_an_old_index(
    old: Location, folder: Path, write: Callable[[Path, Path], None]
) -> None:
    write(old.folder, folder)
    assert_upgraded(old, folder)
    assert [path.name for path in old.generations()] == ["gen-0002"]


def test_an_old_index_keeps_the_engine_that_was_chosen(old: Location, folder: Path) -> None:
    write_old_manifest(old, wanted="tantivy")
    sync(old.folder, folder)
    assert read_manifest(old).engine == "tantivy"
    assert_upgraded(old, folder)


def test_a_batch_that_was_open_in_an_old_index_is_finished(old: Location, folder: Path) -> None:
    with closing(sqlite3.connect(old.store, isolation_level=None)) as store:
        (row,) = store.execute("SELECT row FROM documents WHERE id = '5'").fetchone()
        store.execute("INSERT INTO pending VALUES (0, 'remove'), (?, 'add')", (row,))
    with Store.open(old.store, writable=True) as upgraded:
        assert upgraded.pending.batch_is_open()
        assert upgraded.pending.operations().added == (row,)
        assert upgraded.pending.operations().removed == ()
    sync(old.folder, folder)
    assert_upgraded(old, folder)


def test_an_interrupted_upgrade_is_finished_by_the_next_writer(
    old: Location, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(generations, "write_manifest", crash)
        with pytest.raises(KeyboardInterrupt):
            create(old.folder, folder)
    assert read_any_manifest(old).format == 2
    with pytest.raises(IndexStateError, match="format 2"):
        Index.open(old.folder)
    create(old.folder, folder)
    assert_upgraded(old, folder)


def test_a_failed_upgrade_leaves_the_store_as_it_was(old: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchidx.store.connection.METADATA_FIELDS", ("source", "place", "author", "order"))
    with pytest.raises(IndexStateError, match="syntax error"):
        Store.open(old.store, writable=True)
    with closing(sqlite3.connect(old.store)) as store:
        assert store.execute("PRAGMA user_version").fetchone() == (1,)
        assert store.execute("SELECT count(fold) FROM lexicon").fetchone() > (0,)


def test_a_metadata_field_without_a_column_gets_one(old: Location, monkeypatch: pytest.MonkeyPatch) -> None:
    Store.open(old.store, writable=True).close()
    monkeypatch.setattr("searchidx.store.connection.METADATA_FIELDS", ("source", "place", "author", "zone"))
    with pytest.raises(IndexStateError, match="without zone") as raised:
        Store.open(old.store, writable=False)
    assert raised.value.remedy is Remedy.UPGRADE
    Store.open(old.store, writable=True).close()
    with closing(sqlite3.connect(old.store)) as store:
        assert store.execute("SELECT DISTINCT zone FROM documents").fetchall() == [("",)]
        assert store.execute("SELECT DISTINCT hash FROM files").fetchall() == [("",)]  # to be read again
        assert store.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)


def test_the_command_names_what_upgrades_an_old_index(old: Location) -> None:
    before = old.store.read_bytes(), old.manifest.read_bytes()
    for command in (("query", "ley"), ("check",), ("stats",)):
        done = run(*command, "--index", old.folder)
        assert (done.exit_code, f"searchidx rebuild --index {old.folder}" in done.stderr) == (2, True)
    assert (old.store.read_bytes(), old.manifest.read_bytes()) == before


@pytest.mark.parametrize("command", [("rebuild",), ("index",), ("check", "--repair")])
def test_commands_that_write_upgrade_an_old_index(old: Location, folder: Path, command: tuple[str, ...]) -> None:
    assert run(*command, "--index", old.folder).exit_code == 0
    assert_upgraded(old, folder)
