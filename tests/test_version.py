"""Does an index tell when what it finds may be something else?"""

from __future__ import annotations

from pathlib import Path

import pytest

from searchidx.index import Index


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


def test_another_process_tells_the_same_version(location: Path, folder: Path) -> None:
    with Index.open(location) as reader, Index.open(location) as writer:
        (folder / "b.txt").write_text("Más gas.", encoding="utf-8")
        writer.sync(folder)
        assert reader.version() == writer.version()


def test_other_synonyms_make_another_version(location: Path, tmp_path: Path) -> None:
    synonyms = tmp_path / "synonyms.txt"
    synonyms.write_text("gas = gasóleo\n", encoding="utf-8")
    with Index.open(location) as plain, Index.open(location, synonyms=synonyms) as own:
        assert plain.version() != own.version()


def test_what_is_counted_follows_the_changes(location: Path, folder: Path) -> None:
    with Index.open(location) as index:
        assert index.counts() == (1, 1)
        (folder / "b.txt").write_text("Uno.\n\nDos.", encoding="utf-8")
        index.sync(folder)
        assert index.counts() == (2, 3)
