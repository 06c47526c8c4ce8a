"""The command as a process: pipes, signals, encodings, locks and terminals."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import time
from pathlib import Path

import pytest

from searchidx.store.lock import writer_lock
from tests.cli.conftest import SEEDS, run, spawn, start, write

_TIMEOUT_S = 60


def test_results_and_exit_codes_are_the_same_in_a_process(seeds_index: Path) -> None:
    found = spawn("query", "gas", "--json", "--index", seeds_index)
    assert (found.returncode, found.stderr) == (0, b"")
    assert json.loads(found.stdout)["total"] == 3
    assert spawn("query", "zanahoria", "--index", seeds_index).returncode == 1
    assert spawn("query", "gas", "--index", "/nowhere").returncode == 2


@pytest.mark.parametrize("form", ["--json", "--color=never"])
def test_a_reader_that_goes_away_is_no_error(tmp_path: Path, form: str) -> None:
    folder = write(tmp_path / "docs", {f"{n}.txt": ("El gas sube de precio. " * 400) + str(n) for n in range(100)})
    run("index", folder, "--index", tmp_path / "index")
    reading, writing = os.pipe()
    process = start(
        "query", "gas", form, "-n", 100, "--index", tmp_path / "index", stdout=writing, stderr=subprocess.PIPE
    )
    os.close(writing)
    os.read(reading, 10)
    os.close(reading)
    _, errors = process.communicate(timeout=_TIMEOUT_S)
    assert b"Traceback" not in errors
    assert b"Broken" not in errors
    assert process.returncode == 0


def test_an_output_that_lacks_letters_gets_their_numbers(seeds_index: Path) -> None:
    text = spawn("query", "reunión", "--index", seeds_index, env={"PYTHONIOENCODING": "latin-1"})
    assert text.returncode == 0
    assert rb"\u2039reuni" + b"\xf3" + rb"n\u203a" in text.stdout
    printed = spawn("query", "reunión", "--json", "--index", seeds_index, env={"PYTHONIOENCODING": "ascii"})
    assert json.loads(printed.stdout)["query"] == "reunión"


def test_the_c_locale_is_no_error(seeds_index: Path) -> None:
    assert spawn("query", "reunión", "--index", seeds_index, env={"LC_ALL": "C", "LANG": "C"}).returncode == 0


def test_an_interrupted_run_keeps_what_was_written_and_goes_on_later(tmp_path: Path) -> None:
    text = (SEEDS / "001_b6d178efe64e1b6c.txt").read_text(encoding="utf-8")
    folder = write(tmp_path / "docs", {f"{number:04}.txt": f"{text}\n\n{number}" for number in range(700)})
    location = tmp_path / "index"
    process = start("index", folder, "--engine", "whoosh", "--index", location, stderr=subprocess.PIPE)
    deadline = time.monotonic() + _TIMEOUT_S
    # Interrupted once something is committed, so that there is something to keep.
    while process.poll() is None and time.monotonic() < deadline:
        searched = run("query", "gas", "--json", "--index", location)
        if searched.exit_code == 0:
            break
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=_TIMEOUT_S)
    assert process.returncode == 130, errors
    assert b"Interrupted. What was written stays" in errors
    assert b"Traceback" not in errors
    assert 0 < json.loads(run("stats", "--json", "--index", location).stdout)["documents"] < 700
    assert run("index", folder, "-q", "--index", location).exit_code == 0
    assert json.loads(run("stats", "--json", "--index", location).stdout)["documents"] == 700
    assert run("check", "--index", location).exit_code == 0


def test_a_writer_with_wait_says_so_and_goes_on_when_the_other_is_done(tmp_path: Path) -> None:
    location = tmp_path / "index"
    run("index", SEEDS, "--index", location)
    with writer_lock(location / "writer.lock", wait=False):
        process = start("index", SEEDS, "--wait", "--index", location, stderr=subprocess.PIPE)
        assert process.stderr is not None
        assert process.stderr.readline().decode().startswith(f"Waiting for process {os.getpid()}")
    _, errors = process.communicate(timeout=_TIMEOUT_S)
    assert process.returncode == 0
    assert b"5 documents unchanged" in errors


def on_terminal(*args: object, size: tuple[int, int] = (24, 80)) -> tuple[str, int]:
    """What the command writes when all its streams are a terminal, and its exit code."""
    master, slave = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    os.set_blocking(master, False)
    import termios  # not everywhere

    termios.tcsetwinsize(slave, size)
    process = start(*args, stdin=slave, stdout=slave, stderr=slave, env=environment)
    os.close(slave)
    written, deadline = b"", time.monotonic() + _TIMEOUT_S
    while time.monotonic() < deadline:
        select.select([master], [], [], 1)
        try:
            piece = os.read(master, 1 << 16)
        except BlockingIOError:
            continue
        except OSError:  # Linux's end of a terminal
            break
        if not piece:
            break
        written += piece
    os.close(master)
    return written.decode(), process.wait(_TIMEOUT_S)


def test_a_terminal_gets_colour_in_its_own_width(seeds_index: Path) -> None:
    output, code = on_terminal("query", "gas", "--index", seeds_index, size=(24, 60))
    assert code == 0
    assert "\x1b[1;31mgas\x1b[0m" in output
    bare = re.sub(r"\x1b\[[0-9;]*m", "", output)
    assert 50 < max(len(line.rstrip()) for line in bare.splitlines()) <= 60


def test_a_short_run_on_a_terminal_shows_no_bar(tmp_path: Path) -> None:
    output, code = on_terminal("index", SEEDS, "--index", tmp_path / "index")
    assert code == 0
    assert "\r" not in output.replace("\r\n", "")
