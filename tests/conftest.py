"""Fixtures of all tests: the seeds as an index, and indexes of given files."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from searchidx.index import Index
from tests.index_support import SEEDS, MakeIndex, index_files
from tests.not_run_support import SLOW, not_run_line

# An example of hypothesis may take as long as a busy machine needs.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
    """Print what did not run, below everything but the count of tests."""
    yield
    skipped = terminalreporter.stats.get("skipped", [])
    deselected = terminalreporter.stats.get("deselected", [])
    reasons = [report.longrepr[2].removeprefix("Skipped: ") for report in skipped]
    reasons += [SLOW for item in deselected if item.get_closest_marker("slow")]
    if line := not_run_line(reasons):
        terminalreporter.write_line(line)


@pytest.fixture(autouse=True, scope="session")
def default_signals_for_processes() -> None:
    """Processes that a test starts react to Ctrl-C and hang-ups, however the suite was started.

    A shell starts a background job, and nohup starts its command, with these signals ignored; every process below
    inherits that. A handler is not inherited: the suite itself goes on ignoring them.
    """
    for number in (signal.SIGINT, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


@pytest.fixture(autouse=True)
def closed_indexes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Closes every index that a test opens, after the test."""
    opened: list[Index] = []
    initialise = Index.__init__

    def recorded(self: Index, *arguments: Any) -> None:
        initialise(self, *arguments)
        opened.append(self)

    monkeypatch.setattr(Index, "__init__", recorded)
    yield
    for index in opened:
        index.close()


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """An index of the seeds, made once; tests only read it."""
    with Index.create(tmp_path_factory.mktemp("seeds") / "index") as index:
        index.sync(SEEDS)
        yield index


@pytest.fixture
def make_index(tmp_path: Path) -> MakeIndex:
    """Makes an index of files: file name → content."""
    numbers = count(1)
    return lambda files: index_files(tmp_path / f"made-{next(numbers)}", files)
