"""Word lists in data files."""

from __future__ import annotations

from pathlib import Path


def read_word_list(path: Path) -> list[str]:
    """The entries of a list, one a line; blank lines and lines that start with # are not entries."""
    lines = path.read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
