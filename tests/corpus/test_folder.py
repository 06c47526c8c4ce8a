"""The scan of a folder: links, odd names, entries that cannot be looked at."""

from __future__ import annotations

import inspect
import os
import socket
import sys
import unicodedata
from pathlib import Path

import pytest

from searchidx.corpus import SourceFile, UnreadableError, scan
from searchidx.errors import CorpusError


def names(root: Path) -> list[str]:
    return [item.relative for item in scan(root) if isinstance(item, SourceFile)]


def unreadable(root: Path) -> list[UnreadableError]:
    return [item for item in scan(root) if isinstance(item, UnreadableError)]


def fill(root: Path, *paths: str) -> None:
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text("Hola.")


def test_files_come_by_name_and_depth_first(tmp_path: Path) -> None:
    fill(tmp_path, "b.txt", "a/z.md", "a/b/c.csv", "c.HTML")
    assert names(tmp_path) == ["a/b/c.csv", "a/z.md", "b.txt", "c.HTML"]


def test_hidden_names_and_other_extensions_are_skipped(tmp_path: Path) -> None:
    fill(tmp_path, ".oculto/a.txt", ".b.txt", "c.png", "LEEME", "d.txt")
    assert names(tmp_path) == ["d.txt"]


def test_a_file_has_its_size_and_its_time(tmp_path: Path) -> None:
    fill(tmp_path, "a.txt")
    (found,) = scan(tmp_path)
    status = (tmp_path / "a.txt").stat()
    assert found == SourceFile(tmp_path / "a.txt", "a.txt", 5, status.st_mtime_ns)


def test_the_root_may_be_a_single_file(tmp_path: Path) -> None:
    fill(tmp_path, ".una.txt")
    assert names(tmp_path / ".una.txt") == [".una.txt"]


@pytest.mark.parametrize("name", ["nada", "foto.png", "tubo.txt", "a\0b"])
def test_a_root_that_cannot_be_read_is_an_error(tmp_path: Path, name: str) -> None:
    fill(tmp_path, "foto.png")
    os.mkfifo(tmp_path / "tubo.txt")
    with pytest.raises(CorpusError):
        list(scan(tmp_path / name))


def test_a_name_in_nfd_is_given_in_nfc(tmp_path: Path) -> None:
    fill(tmp_path, unicodedata.normalize("NFD", "años/canción.txt"))
    assert names(tmp_path) == ["años/canción.txt"]


def test_two_names_that_differ_only_in_encoding_are_reported(tmp_path: Path) -> None:
    fill(tmp_path, "canción.txt")
    fill(tmp_path, unicodedata.normalize("NFD", "canción.txt"))
    assert names(tmp_path) == ["canción.txt"]
    assert [item.path for item in unreadable(tmp_path)] == ["canción.txt"]


def test_links_that_run_in_a_circle_do_not_stop_the_walk(tmp_path: Path) -> None:
    fill(tmp_path, "a/b/c.txt")
    (tmp_path / "a/b/otra").symlink_to(tmp_path / "a")
    (tmp_path / "a/arriba").symlink_to(tmp_path.parent)
    (tmp_path / "yo.txt").symlink_to(tmp_path / "yo.txt")
    assert names(tmp_path) == ["a/b/c.txt"]
    assert [(item.path, item.is_folder) for item in unreadable(tmp_path)] == [("yo.txt", False)]


def test_a_folder_is_read_under_its_own_name_rather_than_a_link_to_it(tmp_path: Path) -> None:
    fill(tmp_path, "z/a.txt")
    (tmp_path / "a").symlink_to(tmp_path / "z")
    assert names(tmp_path) == ["z/a.txt"]


def test_a_linked_folder_elsewhere_and_a_linked_file_are_read(tmp_path: Path) -> None:
    fill(tmp_path, "fuera/a.txt", "dentro/b.txt")
    (tmp_path / "dentro/enlace").symlink_to(tmp_path / "fuera")
    (tmp_path / "dentro/c.txt").symlink_to(tmp_path / "fuera/a.txt")
    assert names(tmp_path / "dentro") == ["b.txt", "c.txt", "enlace/a.txt"]


def test_a_link_that_leads_nowhere_covers_what_may_have_been_below_it(tmp_path: Path) -> None:
    (tmp_path / "archivo").symlink_to(tmp_path / "desmontado")
    (tmp_path / "uno.txt").symlink_to(tmp_path / "desmontado.txt")
    folder, file = unreadable(tmp_path)
    assert folder.covers("archivo/2025/a.txt")
    assert not folder.covers("archivo-viejo/a.txt")
    assert file.covers("uno.txt")
    assert not file.covers("uno.txt/a.txt")


def test_pipes_and_sockets_are_reported_and_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "tubo.txt")
    os.mkfifo(tmp_path / "otro")
    with socket.socket(socket.AF_UNIX) as server:
        monkeypatch.chdir(tmp_path)  # a socket's address may be no longer than some 100 bytes
        server.bind("zócalo.csv")
        assert [str(item) for item in unreadable(tmp_path)] == [
            "tubo.txt: it is a named pipe, not a file",
            "zócalo.csv: it is a socket, not a file",
        ]


def test_a_folder_that_cannot_be_opened_is_reported_as_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(tmp_path, "a/x.txt", "b.txt")
    whole = os.scandir

    def scandir(path: Path) -> object:
        if path.name == "a":
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(os, "scandir", scandir)
    (found,) = unreadable(tmp_path)
    assert (str(found), found.is_folder) == ("a: permission denied", True)
    assert found.covers("a/x.txt")
    assert names(tmp_path) == ["b.txt"]
    with pytest.raises(CorpusError, match="permission denied"):
        list(scan(tmp_path / "a"))


@pytest.mark.skipif(sys.platform == "darwin", reason="this system refuses such names")
def test_a_name_that_is_not_utf8_is_reported_in_printable_letters(tmp_path: Path) -> None:
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xf1o.txt"))).write_text("Hola.")
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xf1os"))).mkdir()
    assert [str(item) for item in scan(tmp_path)] == [
        r"a\xf1o.txt: its name is not valid UTF-8",
        r"a\xf1os: its name is not valid UTF-8",
    ]
    with pytest.raises(CorpusError, match="not valid UTF-8"):
        list(scan(Path(os.fsdecode(os.fsencode(tmp_path) + b"/a\xf1o.txt"))))


def test_a_tree_deeper_than_the_recursion_limit_is_walked(tmp_path: Path) -> None:
    depth = 300
    path = "d/" * depth + "hondo.txt"
    fill(tmp_path, path)
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + depth // 2)
    try:
        found = names(tmp_path)
    finally:
        sys.setrecursionlimit(limit)
    assert found == [path]
