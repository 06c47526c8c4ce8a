"""The error line of the command: the library's facts, then what to type."""

from __future__ import annotations

import pytest

from searchidx import (
    CorpusError,
    EngineError,
    EngineMissingError,
    EngineUnavailableError,
    IndexLockedError,
    QueryError,
    WorkerError,
)
from searchidx.cli.errors import advice_for, print_error


@pytest.mark.parametrize(
    ("error", "advice"),
    [
        (IndexLockedError(7, None), "try again later or use --wait"),
        (EngineError("tantivy cannot search"), "rebuild: searchidx check --repair"),
        (EngineMissingError("lucene", "lucene-engine"), "install it with: pip install lucene-engine"),
        (EngineMissingError("lucene", known=("whoosh",)), None),
        (EngineUnavailableError("the index is changing too fast"), None),
        (CorpusError("a.txt", "it is empty"), None),
        (
            WorkerError("a process that reads files has ended (code -9)"),
            "was there not enough memory? What was written stays; the next run goes on from there",
        ),
        (OSError(5, "odd"), None),
    ],
)
def test_advice_depends_on_the_type_of_the_error(error: Exception, advice: str | None) -> None:
    assert advice_for(error) == advice


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (EngineError("a file is gone"), "Error: a file is gone; rebuild: searchidx check --repair\n"),
        (QueryError("per_page", "0 is too small"), "Error: --limit: 0 is too small\n"),
        (QueryError("level", "'x' is unknown"), "Error: level: 'x' is unknown\n"),
        (FileNotFoundError(2, "No such file", "a\x1bb.txt"), "Error: a�b.txt: No such file\n"),
        (MemoryError(), "Error: there is not enough memory\n"),
    ],
)
def test_an_error_is_printed_in_one_line_with_its_advice(
    error: Exception, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_error(error)
    assert capsys.readouterr().err == line


def test_advice_is_given_once(capsys: pytest.CaptureFixture[str]) -> None:
    print_error(IndexLockedError(7, None))
    assert capsys.readouterr().err.count("--wait") == 1
