"""Every change of a folder is reported, even one that the operating system does not report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from searchidx.indexing.watch import changed_roots

NOTHING: frozenset[Path] = frozenset()


@pytest.fixture
def armed(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, ...]]:
    """Every watch that is begun, by the folders it was given; the system reports nothing of any."""
    begun: list[tuple[Path, ...]] = []

    def blind(*folders: Path, **_: object) -> Iterator[set[tuple[object, str]]]:
        begun.append(folders)
        while True:
            yield set()

    monkeypatch.setattr("watchfiles.watch", blind)
    return begun


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "docs"
    made.mkdir()
    return made


def test_the_roots_are_told_before_and_after_the_watch_begins_and_then_only_when_they_change(
    armed: list[tuple[Path, ...]], folder: Path
) -> None:
    changed = changed_roots([folder])
    assert [next(changed) for _ in range(4)] == [{folder}, {folder}, NOTHING, NOTHING]
    assert armed == [(folder,)]


def test_a_folder_that_is_replaced_while_the_watch_begins_is_watched_anew(
    armed: list[tuple[Path, ...]], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import watchfiles  # the fixture has put the blind one there

    blind = watchfiles.watch

    def replacing(*folders: Path, **options: object) -> Iterator[set[tuple[object, str]]]:
        if not armed:
            folder.rmdir()
            folder.mkdir()  # often with the same inode
        yield from blind(*folders, **options)  # type: ignore[arg-type, misc]

    monkeypatch.setattr("watchfiles.watch", replacing)
    changed = changed_roots([folder])
    assert [next(changed) for _ in range(4)] == [{folder}, {folder}, {folder}, NOTHING]
    assert armed == [(folder,), (folder,)]


def test_a_folder_is_told_when_it_goes_and_when_it_comes_back_and_is_watched_again(
    armed: list[tuple[Path, ...]], folder: Path
) -> None:
    changed = changed_roots([folder])
    assert [next(changed) for _ in range(3)] == [{folder}, {folder}, NOTHING]
    away = folder.rename(folder.with_name("away"))
    assert [next(changed) for _ in range(2)] == [{folder}, NOTHING]
    away.rename(folder)
    assert next(changed) == {folder}
    assert NOTHING in [next(changed) for _ in range(2)]
    assert armed == [(folder,), (folder,)]


def test_a_single_file_is_looked_at_itself(armed: list[tuple[Path, ...]], folder: Path) -> None:
    file = folder / "r.jsonl"
    file.write_text("{}", encoding="utf-8")
    changed = changed_roots([file])
    assert [next(changed) for _ in range(3)] == [{file}, {file}, NOTHING]
    file.write_text("{}\n{}", encoding="utf-8")
    assert [next(changed) for _ in range(2)] == [{file}, NOTHING]
    assert armed == []
