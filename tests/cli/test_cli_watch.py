"""`searchidx index --watch`: what the index holds after changes of its folders, and what is printed."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import threading
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue

import pytest

from searchidx.store.lock import writer_lock
from tests.cli.conftest import ROOT, process_args, run, spawn, write

NEWS = "El gas llegó ayer a la ciudad y hubo una reunión con los vecinos."
_TIMEOUT_S = 60


class Watching:
    """A running `index --watch` and the lines that it prints."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: Queue[str] = Queue()
        self._read_lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self._lines.put(re.sub(r"^\d\d:\d\d:\d\d  | \(\d+\.\d s\)$", "", line.rstrip("\n")))

    def next(self) -> str:
        """The next line, without times."""
        try:
            self._read_lines.append(self._lines.get(timeout=_TIMEOUT_S))
        except Empty:
            pytest.fail(f"nothing more was printed after {self._read_lines}; exit code {self.process.poll()}")
        return self._read_lines[-1]

    def until(self, wanted: str) -> list[str]:
        """The lines up to one that has this in it."""
        lines = [self.next()]
        while wanted not in lines[-1]:
            lines.append(self.next())
        return lines

    def stop(self, number: signal.Signals) -> int:
        """The exit code after this signal; what it still prints is kept."""
        self.process.send_signal(number)
        code = self.process.wait(_TIMEOUT_S)
        self._reader.join(_TIMEOUT_S)
        return code

    def unread(self) -> list[str]:
        """The lines that were printed but not read yet."""
        return [self._lines.get() for _ in range(self._lines.qsize())]


@contextmanager
def watching(*args: object) -> Iterator[Watching]:
    process = subprocess.Popen(
        process_args("index", "--watch", *args), cwd=ROOT, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )
    try:
        yield Watching(process)
    finally:
        process.kill()
        process.wait()
        assert process.stderr is not None
        process.stderr.close()


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    return write(tmp_path / "docs", {"a.txt": NEWS, "b.txt": NEWS + " Y el petróleo."})


@pytest.fixture
def location(tmp_path: Path) -> Path:
    return tmp_path / "index"


def total(query: str, location: Path) -> int:
    return int(json.loads(run("query", query, "--json", "--index", location).stdout)["total"])


@pytest.mark.parametrize("how", [[], ["--poll"]], ids=["events", "polling"])
def test_new_changed_and_removed_documents_are_followed(docs: Path, location: Path, how: list[str]) -> None:
    with watching(docs, "--index", location, *how) as watcher:
        assert watcher.next() == f"Following {docs} (Ctrl-C stops it)"
        assert watcher.next() == "2 documents added"
        write(docs / "deep" / "er", {"ñandú.txt": "El ñandú corre por la pampa."})
        watcher.until("1 document added")
        assert total("ñandú", location) == 1
        write(docs, {"a.txt": NEWS + " Zanahorias."})
        watcher.until("1 document updated")
        assert total("zanahorias", location) == 1
        (docs / "b.txt").unlink()
        watcher.until("1 document removed")
        assert total("petróleo", location) == 0


def test_what_happened_while_nobody_watched_is_done_first(docs: Path, location: Path) -> None:
    run("index", docs, "--index", location)
    write(docs, {"c.txt": NEWS})
    with watching("--index", location) as watcher:  # the folders that it knows
        assert watcher.until("added")[-1] == "1 document added, 2 unchanged"


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_it_ends_well_on_a_signal_and_prints_nothing_more(
    docs: Path, location: Path, number: signal.Signals, code: int
) -> None:
    with watching(docs, "--index", location) as watcher:
        watcher.until("2 documents added")
        assert watcher.stop(number) == code
        assert watcher.unread() == []
    assert run("index", docs, "--index", location).exit_code == 0  # the lock is free


def test_it_can_be_stopped_in_the_middle_of_a_run(tmp_path: Path, location: Path) -> None:
    text = "\n\n".join(f"{NEWS} {number}" for number in range(60))
    folder = write(tmp_path / "many", {f"{number}.txt": f"{text} {number}" for number in range(700)})
    with watching(folder, "--index", location) as watcher:
        watcher.next()
        deadline = time.monotonic() + _TIMEOUT_S
        while not (location / "writer.json").exists():  # it has begun to write
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert watcher.stop(signal.SIGTERM) == 0
        assert watcher.unread() == []
    assert run("check", "--index", location).exit_code == 0


def test_a_folder_that_vanishes_keeps_what_was_indexed_and_is_followed_again_when_it_is_back(
    docs: Path, location: Path
) -> None:
    with watching(docs, "--index", location) as watcher:
        watcher.until("2 documents added")
        docs.rename(docs.with_name("elsewhere"))
        assert "there is no such file or folder" in watcher.next()
        assert total("gas", location) == 2
        write(docs.with_name("elsewhere"), {"c.txt": NEWS})
        docs.with_name("elsewhere").rename(docs)
        watcher.until("1 document added")
        write(docs, {"d.txt": NEWS})
        watcher.until("1 document added")


def test_another_folder_in_its_place_is_followed(docs: Path, location: Path) -> None:
    with watching(docs, "--index", location) as watcher:
        watcher.until("2 documents added")
        for path in docs.iterdir():
            path.unlink()
        docs.rmdir()
        write(docs, {"c.txt": "Una casa."})
        while (total("casa", location), total("gas", location)) != (1, 0):
            watcher.next()
        write(docs, {"d.txt": "Otra casa."})
        while total("casa", location) != 2:
            watcher.next()


def test_a_single_file_is_followed_when_an_editor_puts_a_new_one_in_its_place(
    tmp_path: Path, location: Path
) -> None:
    file = write(tmp_path / "docs", {"r.jsonl": '{"id": "uno", "text": "El gas"}\n'}) / "r.jsonl"
    with watching(file, "--index", location) as watcher:
        watcher.until("1 document added")
        new = file.with_name("r.jsonl~")
        new.write_text('{"id": "uno", "text": "El gas"}\n{"id": "dos", "text": "El gas"}\n', encoding="utf-8")
        os.replace(new, file)
        watcher.until("1 document added, 1 unchanged")


def test_what_editors_write_beside_a_document_is_not_reported(docs: Path, location: Path) -> None:
    with watching(docs, "--index", location) as watcher:
        watcher.until("2 documents added")
        write(docs, {".a.txt.swp": "x", "4913": "x", "a.txt~": NEWS, "#a.txt#": NEWS, "new.tmp": "Una casa."})
        os.replace(docs / "new.tmp", docs / "a.txt")
        for name in (".a.txt.swp", "4913", "a.txt~", "#a.txt#"):
            (docs / name).unlink()
        assert watcher.next() == "1 document updated, 1 unchanged"
        write(docs, {"z.txt": NEWS})
        assert watcher.next() == "1 document added, 2 unchanged"


def test_a_burst_of_changes_is_followed_to_its_end(docs: Path, location: Path) -> None:
    with watching(docs, "--index", location) as watcher:
        watcher.until("2 documents added")
        write(docs, {f"{number}.txt": f"Nota {number}" for number in range(2_000)})
        added = 0
        while added < 2_000:
            found = re.match(r"([\d,]+) documents? added", watcher.next())
            added += int(found[1].replace(",", "")) if found else 0
        assert total("nota", location) == 2_000


def test_a_name_in_another_form_of_its_accents_is_the_same_document(docs: Path, location: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "café.txt")
    with watching(docs, "--index", location) as watcher:
        watcher.until("2 documents added")
        write(docs, {decomposed: "Un café."})
        watcher.until("1 document added")
        write(docs, {decomposed: "Otro café."})
        watcher.until("1 document updated")
        assert total("café", location) == 1


def test_while_another_process_writes_it_waits_and_prints_so_once(docs: Path, location: Path) -> None:
    with watching(docs, "--index", location) as watcher:
        watcher.until("2 documents added")
        with writer_lock(location / "writer.lock", wait=True):
            write(docs, {"c.txt": NEWS})
            assert watcher.next() == f"Waiting for process {os.getpid()}, which is writing to this index …"
            write(docs, {"d.txt": NEWS})
        watcher.until("added")
        assert total("gas", location) in (3, 4)
        assert run("index", docs, "--wait", "-q", "--index", location).exit_code == 0
        assert total("gas", location) == 4


def test_the_lock_is_free_while_nothing_changes(docs: Path, location: Path) -> None:
    with watching(docs, "--index", location) as watcher:
        watcher.until("2 documents added")
        assert spawn("index", docs, "--wait", "--index", location).returncode == 0


def test_a_file_that_cannot_be_read_is_reported_once(docs: Path, location: Path) -> None:
    write(docs, {"e.txt": b""})
    with watching(docs, "--index", location) as watcher:
        assert watcher.until("2 documents added")[-2:] == [
            f"Skipped {docs / 'e.txt'}: the file is empty",
            "2 documents added; 1 skipped",
        ]
        write(docs, {"c.txt": NEWS})
        assert watcher.next() == "1 document added, 2 unchanged; 1 skipped"
        write(docs, {"e.txt": NEWS})
        assert watcher.next() == "1 document added, 3 unchanged"


def test_lines_name_their_folder_where_there_are_several(docs: Path, location: Path, tmp_path: Path) -> None:
    other = write(tmp_path / "otros", {"x.txt": NEWS})
    with watching(docs, other, "--index", location) as watcher:
        watcher.next()
        assert {watcher.next(), watcher.next()} == {f"{docs}: 2 documents added", f"{other}: 1 document added"}
        write(other, {"y.txt": NEWS})
        assert watcher.next() == f"{other}: 1 document added, 1 unchanged"


def test_a_folder_that_the_system_cannot_follow_is_reported_with_the_way_out(
    docs: Path, location: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_more(*_: object, **__: object) -> Iterator[object]:
        raise OSError("OS file watch limit reached")

    monkeypatch.setattr("watchfiles.watch", no_more)
    result = run("index", "--watch", docs, "--index", location)
    assert result.exit_code == 2
    assert result.stderr.endswith(
        f"Error: {docs}: it cannot be followed (OS file watch limit reached); try --poll\n"
    )
    assert total("gas", location) == 2  # what was there is indexed all the same


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["--watch", "--forget", "docs"], "--watch goes neither with --forget nor with --strict"),
        (["--watch", "--strict", "docs"], "--watch goes neither with --forget nor with --strict"),
        (["--poll", "docs"], "--poll says how to watch"),
        (["--watch", "/nowhere"], "there is no such file or folder"),
        (["--watch"], "no index"),
    ],
)
def test_what_cannot_be_watched_is_an_error(location: Path, args: list[str], message: str) -> None:
    result = run("index", *args, "--index", location)
    assert (result.exit_code, message in result.stderr) == (2, True)
    assert not location.exists()
