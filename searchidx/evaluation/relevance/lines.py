"""Lines of evaluation files, and their fields."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from searchidx import CorpusError


def numbered_lines(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a UTF-8 file that are not blank, numbered from 1; CorpusError when it cannot be read."""
    try:
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield number, line.rstrip("\n")
    except OSError as error:
        raise CorpusError(str(path), (error.strerror or type(error).__name__).lower()) from error
    except UnicodeDecodeError as error:
        raise CorpusError(str(path), "it is not UTF-8") from error


def split_fields(line: str, counts: Collection[int]) -> list[str]:
    """The fields of a line, without space around them.

    They are separated by tabs where that gives one of the numbers of fields in `counts`, so that the path of a
    document may contain spaces; otherwise by any white space, as in TREC files.
    """
    by_tabs = [field.strip() for field in line.split("\t")]
    return by_tabs if len(by_tabs) in counts else line.split()
