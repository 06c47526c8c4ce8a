"""An index gets the engine that fits its size, or the one that the user chooses."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from searchidx.errors import EngineMissingError
from searchidx.index import Index
from searchidx.indexing import engine_choice
from searchidx.model.reports import Notice, SyncReport
from tests.cli.conftest import run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Thirty documents of three paragraphs each."""
    made = tmp_path / "docs"
    made.mkdir()
    for number in range(30):
        text = f"Título {number}\n\nHabla de la ley {number}.\n\nY del año.\n\nCalló el señor Tokáyev."
        (made / f"{number:02}.txt").write_text(text, encoding="utf-8")
    return made


@pytest.fixture
def up_to_50(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_choice, "SMALL_UP_TO", 50)
    monkeypatch.setattr(engine_choice, "BYTES_A_PARAGRAPH", 1_000_000)


@pytest.fixture
def without_tantivy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "searchidx.engines.tantivy.engine", raising=False)
    monkeypatch.delitem(sys.modules, "searchidx.engines.tantivy.compiler", raising=False)
    monkeypatch.setitem(sys.modules, "tantivy", None)


def made(location: Path, folder: Path, engine: str | None = None) -> SyncReport:
    with Index.create(location, engine=engine) as index:
        return index.sync(folder)


def engine_of(location: Path) -> str:
    with Index.open(location) as index:
        assert index.search("senor tokayev").total == 30
        assert index.search('"de la ley 7"').total == 1
        assert index.check().problems == ()
        return index.stats().engine


def test_a_small_corpus_has_whoosh(tmp_path: Path, folder: Path) -> None:
    assert made(tmp_path / "index", folder).notices == ()
    assert engine_of(tmp_path / "index") == "whoosh"


@pytest.mark.usefixtures("up_to_50")
def test_a_corpus_that_outgrows_whoosh_is_moved_to_tantivy_and_stays_there(tmp_path: Path, folder: Path) -> None:
    location = tmp_path / "index"
    assert made(location, folder).notices == (Notice("with 90 paragraphs, the engine is now tantivy"),)
    assert engine_of(location) == "tantivy"
    for path in list(folder.iterdir())[20:]:
        path.rename(path.with_suffix(".gone"))
    report = made(location, folder)
    assert (report.removed, report.notices) == (10, ())
    with Index.open(location) as index:
        assert (index.stats().engine, index.stats().generation) == ("tantivy", 2)


def test_a_corpus_that_will_be_large_has_tantivy_from_its_beginning(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_choice, "SMALL_UP_TO", 5)
    monkeypatch.setattr("searchidx.indexing.writer.BYTES_A_PARAGRAPH", 20)
    assert made(tmp_path / "index", folder).notices == ()
    assert engine_of(tmp_path / "index") == "tantivy"


@pytest.mark.usefixtures("up_to_50", "without_tantivy")
def test_without_tantivy_everything_works_on_whoosh_and_a_notice_says_what_to_do(
    tmp_path: Path, folder: Path
) -> None:
    (notice,) = made(tmp_path / "index", folder).notices
    assert "many for the engine whoosh" in notice.text
    assert notice.package == "tantivy"
    assert engine_of(tmp_path / "index") == "whoosh"
    with pytest.raises(EngineMissingError, match="'tantivy' is not installed"):
        made(tmp_path / "other", folder, "tantivy")


def test_an_index_made_with_tantivy_says_what_is_missing_where_tantivy_is(
    tmp_path: Path, folder: Path, request: pytest.FixtureRequest
) -> None:
    location = tmp_path / "index"
    made(location, folder, "tantivy")
    request.getfixturevalue("without_tantivy")
    with Index.open(location) as index, pytest.raises(EngineMissingError, match="'tantivy' is not installed"):
        index.search("ley")
    done = run("rebuild", "--engine", "whoosh", "--index", location)
    assert (done.exit_code, "30 documents rebuilt with the engine whoosh" in done.stderr) == (0, True)
    assert engine_of(location) == "whoosh"


@pytest.mark.usefixtures("up_to_50")
def test_the_engine_that_was_asked_for_is_kept_whatever_the_size(tmp_path: Path, folder: Path) -> None:
    location = tmp_path / "index"
    made(location, folder, "whoosh")
    assert engine_of(location) == "whoosh"
    assert made(location, folder).notices == ()
    assert engine_of(location) == "whoosh"
    assert made(location, folder, "auto").notices == ()
    assert engine_of(location) == "tantivy"


def test_rebuild_changes_the_engine_and_readers_see_the_same(tmp_path: Path, folder: Path) -> None:
    location = tmp_path / "index"
    made(location, folder)
    with Index.open(location) as reader:
        before = reader.search("Habla ley 7")
        for number, engine in enumerate(("tantivy", "whoosh", "auto"), 2):
            assert run("rebuild", "--engine", engine, "--index", location).exit_code == 0
            after = reader.search("Habla ley 7")
            assert [hit.id for hit in after.hits] == [hit.id for hit in before.hits]
            assert reader.stats().generation == number
    assert len(list(location.glob("gen-*"))) == 1


def test_rebuild_with_auto_takes_the_engine_that_fits_the_size_whatever_there_was(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = tmp_path / "index"
    made(location, folder, "tantivy")
    assert run("rebuild", "--engine", "auto", "--index", location).exit_code == 0
    assert engine_of(location) == "whoosh"
    monkeypatch.setattr(engine_choice, "SMALL_UP_TO", 50)
    assert run("rebuild", "--index", location).exit_code == 0
    assert engine_of(location) == "tantivy"


def test_the_command_takes_an_engine_and_refuses_an_unknown_one(tmp_path: Path, folder: Path) -> None:
    location = tmp_path / "index"
    assert run("index", folder, "--engine", "tantivy", "--index", location).exit_code == 0
    assert json.loads(run("stats", "--json", "--index", location).stdout)["engine"] == "tantivy"
    refused = run("index", folder, "--engine", "lucene", "--index", location)
    assert (refused.exit_code, "'auto', 'whoosh', 'tantivy'" in refused.stderr) == (2, True)
    with pytest.raises(EngineMissingError, match="auto, whoosh, tantivy"):
        Index.create(tmp_path / "other", engine="lucene")


def test_an_empty_index_can_be_rebuilt_and_none_cannot(tmp_path: Path) -> None:
    Index.create(tmp_path / "index").close()
    assert run("rebuild", "--engine", "tantivy", "--index", tmp_path / "index").exit_code == 0
    none = run("rebuild", "--index", tmp_path / "none")
    assert (none.exit_code, "searchidx index" in none.stderr) == (2, True)
