"""The facade `Index`: creating and opening an index, its version and its counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from searchidx.errors import EngineMissingError, IndexStateError, Remedy
from searchidx.index import Index
from tests.index_support import SEEDS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text("Hay gas.", encoding="utf-8")
    return folder


@pytest.fixture
def location(tmp_path: Path, folder: Path) -> Path:
    with Index.create(tmp_path / "index") as index:
        index.sync(folder)
    return tmp_path / "index"


def test_reading_changes_no_version(location: Path) -> None:
    with Index.open(location) as index:
        before = index.version()
        index.search("gas")
        index.document("a.txt")
        assert index.version() == before
    with Index.open(location) as other:
        assert other.version() == before


def test_an_added_a_changed_and_a_removed_document_each_make_a_new_version(location: Path, folder: Path) -> None:
    text = folder / "b.txt"
    with Index.open(location) as index:
        seen = [index.version()]
        for content in ("Más gas.", "Mucho más gas.", None):
            if content:
                text.write_text(content, encoding="utf-8")
            else:
                text.unlink()
            index.sync(folder)
            seen.append(index.version())
    assert len(set(seen)) == 4


def test_every_reader_has_the_same_version(location: Path, folder: Path) -> None:
    with Index.open(location) as reader, Index.open(location) as writer:
        (folder / "b.txt").write_text("Más gas.", encoding="utf-8")
        writer.sync(folder)
        assert reader.version() == writer.version()


def test_other_synonyms_make_another_version(location: Path, tmp_path: Path) -> None:
    synonyms = tmp_path / "synonyms.txt"
    synonyms.write_text("gas = gasóleo\n", encoding="utf-8")
    with Index.open(location) as plain, Index.open(location, synonyms=synonyms) as own:
        assert plain.version() != own.version()


def test_the_counts_follow_the_changes(location: Path, folder: Path) -> None:
    with Index.open(location) as index:
        assert index.counts() == (1, 1)
        (folder / "b.txt").write_text("Uno.\n\nDos.", encoding="utf-8")
        index.sync(folder)
        assert index.counts() == (2, 3)


def test_opening_what_is_no_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(IndexStateError, match="no index") as raised:
        Index.open(tmp_path / "nothing")
    assert raised.value.remedy is Remedy.CREATE
    with pytest.raises(IndexStateError, match="local folder"):
        Index.open("opensearch://localhost:9200/docs")


def test_no_index_is_made_among_other_peoples_files(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter.doc").write_text("Dear", encoding="utf-8")
    with pytest.raises(IndexStateError, match=r"letter\.doc"):
        Index.create(tmp_path / "home")
    assert [path.name for path in (tmp_path / "home").iterdir()] == ["letter.doc"]


def test_an_index_may_share_its_folder_with_a_readme(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "README.md").write_text("The index.", encoding="utf-8")
    (tmp_path / "index" / ".gitignore").write_text("*", encoding="utf-8")
    Index.create(tmp_path / "index").sync(SEEDS)
    assert Index.open(tmp_path / "index").stats().documents == 5


def test_the_error_of_an_unknown_engine_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(EngineMissingError, match="whoosh"):
        Index.create(tmp_path / "index", engine="lucene")


def test_everything_in_an_index_is_for_its_owner_alone(location: Path) -> None:
    with Index.open(location) as index:
        index.search("gas")
    modes = {path.name: path.stat().st_mode & 0o077 for path in location.rglob("*")}
    assert {name: mode for name, mode in modes.items() if mode} == {}


def test_an_empty_index_answers_with_nothing(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        assert index.search("gas").total == 0
        assert (index.stats().documents, index.folders()) == (0, ())
        assert index.check().problems == ()
