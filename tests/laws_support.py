"""A large corpus of laws for the expensive runs, where the machine has one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

_SHARED = Path(__file__).parent.parent.parent / "shared" / "data"
LAWS = Path(os.environ.get("SEARCHIDX_LAWS", _SHARED / "laws-es.jsonl.zst"))
"""One JSON object a line: id, title, date, text."""


def laws(count: int) -> Iterator[str]:
    """The first lines of the corpus; skips the test where there is none."""
    if not LAWS.exists():
        pytest.skip("no corpus of laws: SEARCHIDX_LAWS=FILE names one")
    import zstandard  # only needed where the corpus is

    with zstandard.open(LAWS, "rt", encoding="utf-8") as lines:
        yield from islice(lines, count)
