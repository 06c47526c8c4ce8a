"""What most tests need: the project's own corpus as an index, and folders of made documents."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from searchidx.index import Index
from tests.not_run import SLOW, not_run_line

# What hypothesis tries may take as long as a busy machine needs.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")

SEEDS = Path(__file__).parent.parent / "seeds"

MakeIndex = Callable[[Mapping[str, str]], Index]


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
    """Every index that a test makes is closed after it."""
    opened: list[Index] = []
    make = Index.__init__

    def recorded(self: Index, *arguments: Any) -> None:
        make(self, *arguments)
        opened.append(self)

    monkeypatch.setattr(Index, "__init__", recorded)
    yield
    for index in opened:
        index.close()


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The five articles, indexed once; tests only read it."""
    with Index.create(tmp_path_factory.mktemp("seeds") / "index") as index:
        index.sync(SEEDS)
        yield index


@pytest.fixture
def make_index(tmp_path: Path) -> Iterator[MakeIndex]:
    """Index made documents: file name → content."""
    made: list[Index] = []

    def make(files: Mapping[str, str]) -> Index:
        folder = tmp_path / f"documents-{len(made)}"
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content, encoding="utf-8")
        folder.mkdir(exist_ok=True)
        index = Index.create(tmp_path / f"index-{len(made)}")
        index.sync(folder)
        made.append(index)
        return index

    yield make
    for index in made:
        index.close()


def found(index: Index, query: str) -> list[str]:
    """The ids that answer a query, without their extension, sorted."""
    return sorted(hit.id.split("_")[0].removesuffix(".txt") for hit in index.search(query, per_page=100).hits)
