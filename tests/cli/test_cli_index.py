"""`searchidx index`: what the index holds after it, and its summary."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from searchidx.store.lock import writer_lock
from tests.cli.conftest import SEEDS, run, write

NEWS = "El gas llegó ayer a la ciudad y hubo una reunión con los vecinos."


def summary(stderr: str) -> str:
    """The last line, without the time."""
    return re.sub(r" \(\d+\.\d s\)$", "", stderr.splitlines()[-1])


def documents(location: Path) -> int:
    return int(json.loads(run("stats", "--json", "--index", location).stdout)["documents"])


def test_the_first_run_makes_the_index_and_the_second_changes_nothing(tmp_path: Path) -> None:
    location = tmp_path / "deep" / "index"
    first, second = run("index", SEEDS, "--index", location), run("index", SEEDS, "--index", location)
    assert (first.exit_code, first.stdout, summary(first.stderr)) == (0, "", "5 documents added")
    assert (second.exit_code, second.stdout, summary(second.stderr)) == (0, "", "5 documents unchanged")


def test_all_changes_are_counted(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", {"a.txt": NEWS, "b.txt": NEWS + " b", "c.txt": NEWS + " c"})
    location = tmp_path / "index"
    run("index", folder, "--index", location)
    (folder / "a.txt").unlink()
    write(folder, {"b.txt": NEWS + " Otra cosa.", "d.txt": NEWS + " d", "e.txt": b""})
    result = run("index", folder, "--index", location)
    assert summary(result.stderr) == "1 document added, 1 updated, 1 removed, 1 unchanged; 1 skipped"
    assert f"Skipped {folder / 'e.txt'}: the file is empty" in result.stderr
    assert result.exit_code == 0


def test_strict_makes_a_file_that_cannot_be_read_an_error(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", {"a.txt": NEWS, "e.txt": b""})
    result = run("index", folder, "--strict", "--index", tmp_path / "index")
    assert result.exit_code == 2
    assert documents(tmp_path / "index") == 1


def test_a_broken_record_is_named_with_its_line(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", {"r.jsonl": '{"id": "x", "text": "hola"}\n{broken\n'})
    result = run("index", folder, "--index", tmp_path / "index")
    assert f"Skipped {folder / 'r.jsonl'}:2: " in result.stderr
    alone = run("index", folder / "r.jsonl", "--index", tmp_path / "other")
    assert f"Skipped {folder / 'r.jsonl'}:2: " in alone.stderr


def test_a_document_that_is_indexed_with_damaged_characters_is_not_called_skipped(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", {"a.txt": ("El año pasado. " * 9).encode() + b"\xff"})
    result = run("index", folder, "--strict", "--index", tmp_path / "index")
    line = f"Read in part: {folder / 'a.txt'}: 1 character is not valid utf-8 and was replaced"
    assert result.stderr.splitlines()[0] == line
    assert summary(result.stderr) == "1 document added"
    assert "Skipped" not in result.stderr
    assert result.exit_code == 0


def test_a_notice_names_the_package_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchidx.indexing.engine_choice.SMALL_UP_TO", 0)
    monkeypatch.setattr("searchidx.indexing.engine_choice.is_installed", lambda _: False)
    folder = write(tmp_path / "docs", {"a.txt": NEWS})
    result = run("index", folder, "--index", tmp_path / "index")
    assert "the next run makes searches fast again: pip install tantivy." in result.stderr


def test_of_many_problems_the_first_twenty_are_shown(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", {f"{number:02}.txt": b"" for number in range(25)})
    result = run("index", folder, "--index", tmp_path / "index")
    assert result.stderr.count("Skipped ") == 20
    assert "… and 5 more" in result.stderr
    assert summary(result.stderr) == "no documents found; 25 skipped"


def test_encodings_other_than_utf_8_are_reported(tmp_path: Path) -> None:
    text = "La reunión sobre el año próximo empezó con una canción; después habló el señor Núñez. " * 5
    folder = write(tmp_path / "docs", {"a.txt": text.encode("utf-16")})
    result = run("index", folder, "--index", tmp_path / "index")
    assert re.search(r"Not in UTF-8, and read as: 1 utf.16", result.stderr)


def test_an_empty_folder_is_no_error(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", {})
    result = run("index", folder, "--index", tmp_path / "index")
    assert (result.exit_code, summary(result.stderr)) == (0, "no documents found")
    assert run("query", "gas", "--index", tmp_path / "index").exit_code == 1


def test_without_a_path_the_known_folders_are_done(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one", {"a.txt": NEWS}), write(tmp_path / "two", {"b.txt": NEWS})
    location = tmp_path / "index"
    assert summary(run("index", one, two, "--index", location).stderr) == "2 documents added"
    write(two, {"c.txt": NEWS})
    again = run("index", "--index", location)
    assert (again.exit_code, summary(again.stderr)) == (0, "1 document added, 2 unchanged")


def test_without_a_path_and_without_known_folders_it_says_what_to_type(tmp_path: Path) -> None:
    location = tmp_path / "index"
    nothing = run("index", "--index", location)
    assert nothing.exit_code == 2
    assert not location.exists()
    folder = write(tmp_path / "docs", {"a.txt": NEWS})
    run("index", folder, "--index", location)
    run("index", "--forget", folder, "--index", location)
    forgotten = run("index", "--index", location)
    assert forgotten.exit_code == 2
    assert "searchidx index FOLDER" in forgotten.stderr


def test_a_missing_folder_is_reported_and_the_others_are_done(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", {"a.txt": NEWS})
    result = run("index", tmp_path / "missing", folder, "--index", tmp_path / "index")
    assert result.exit_code == 2
    assert "missing: there is no such file or folder" in result.stderr
    assert documents(tmp_path / "index") == 1


def test_a_known_folder_that_vanished_loses_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", {"a.txt": NEWS})
    run("index", folder, "--index", tmp_path / "index")
    folder.rename(tmp_path / "elsewhere")
    assert run("index", "--index", tmp_path / "index").exit_code == 2
    assert documents(tmp_path / "index") == 1


def test_a_missing_folder_alone_makes_no_index(tmp_path: Path) -> None:
    result = run("index", tmp_path / "missing", "--index", tmp_path / "index")
    assert result.exit_code == 2
    assert "missing: there is no such file or folder" in result.stderr
    assert not (tmp_path / "index").exists()


def test_forget_removes_what_came_from_a_folder(tmp_path: Path) -> None:
    one, two = write(tmp_path / "one", {"a.txt": NEWS}), write(tmp_path / "two", {"b.txt": NEWS})
    location = tmp_path / "index"
    run("index", one, two, "--index", location)
    result = run("index", "--forget", one, "--index", location)
    assert (result.exit_code, summary(result.stderr)) == (0, "1 document removed")
    assert documents(location) == 1
    again = run("index", "--forget", one, "--index", location)
    assert again.exit_code == 2
    assert "never indexed" in again.stderr


def test_quiet_prints_only_what_went_wrong(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", {"a.txt": NEWS, "e.txt": b""})
    result = run("index", folder, "-q", "--index", tmp_path / "index")
    assert result.stderr == f"Skipped {folder / 'e.txt'}: the file is empty\n"


def test_a_folder_of_other_things_is_not_used_as_an_index(tmp_path: Path) -> None:
    other = write(tmp_path / "photos", {"a.jpg": b"x"})
    result = run("index", SEEDS, "--index", other)
    assert result.exit_code == 2
    assert [path.name for path in other.iterdir()] == ["a.jpg"]


@pytest.mark.parametrize("args", [("index", SEEDS), ("check",), ("check", "--repair")])
def test_a_second_writer_is_reported_at_once_who_writes(tmp_path: Path, args: tuple[object, ...]) -> None:
    location = tmp_path / "index"
    run("index", SEEDS, "--index", location)
    with writer_lock(location / "writer.lock", wait=False):
        result = run(*args, "--index", location)
        assert run("query", "gas", "--index", location).exit_code == 0
    assert result.exit_code == 2
    assert "has been writing to this index" in result.stderr
    assert "--wait" in result.stderr
