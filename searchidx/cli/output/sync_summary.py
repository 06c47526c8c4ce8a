"""What did a run of indexing change, in plain words?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import click

from searchidx import CorpusError, SyncReport
from searchidx.cli.output.terminal import harmless

MOST_SHOWN = 20  # problems; a thousand would push everything else off the screen


@dataclass(slots=True)
class Tally:
    """The reports of all folders of one run, summed."""

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: int = 0
    problems: list[tuple[str, CorpusError]] = field(default_factory=list)  # with the folder that it is in
    encodings: Counter[str] = field(default_factory=Counter)
    notices: list[str] = field(default_factory=list)
    failed: bool = False  # a folder could not be done at all

    def add(self, folder: str, report: SyncReport) -> None:
        """Count what one folder changed."""
        self.added += report.added
        self.updated += report.updated
        self.removed += report.removed
        self.unchanged += report.unchanged
        self.skipped += report.skipped
        self.problems += [(folder, problem) for problem in report.problems]
        self.encodings.update(report.encodings)
        self.notices += report.notices


def tell(tally: Tally, *, seconds: float, quiet: bool, label: str = "") -> None:
    """Say on stderr what was done, after `label`; with `quiet` only what went wrong."""
    lines = list(_problem_lines(tally))
    if not quiet:
        lines += _encoding_lines(tally)
        lines += (f"Notice: {notice}." for notice in dict.fromkeys(tally.notices))
        lines.append(label + _summary(tally, seconds))
    for line in lines:
        click.echo(harmless(line), err=True)


def _problem_lines(tally: Tally) -> Iterator[str]:
    for folder, problem in tally.problems[:MOST_SHOWN]:
        yield f"Skipped {_place(folder, problem)}: {problem.reason}"
    if tally.skipped > MOST_SHOWN:
        yield f"… and {tally.skipped - min(len(tally.problems), MOST_SHOWN):,} more"


def _place(folder: str, problem: CorpusError) -> str:
    """The file as the user can open it from here, with the line if one is at fault."""
    root = Path(folder)
    path = root / problem.path if root.is_dir() else root
    return str(path) if problem.line is None else f"{path}:{problem.line}"


def _encoding_lines(tally: Tally) -> Iterator[str]:
    if tally.encodings:
        found = ", ".join(f"{count:,} {name}" for name, count in tally.encodings.most_common())
        yield f"Not in UTF-8, and read as: {found}"


def _summary(tally: Tally, seconds: float) -> str:
    counts = {
        "added": tally.added,
        "updated": tally.updated,
        "removed": tally.removed,
        "unchanged": tally.unchanged,
    }
    parts = [f"{count:,} {what}" for what, count in counts.items() if count]
    if parts:
        first, _, what = parts[0].partition(" ")
        parts[0] = f"{first} {'document' if first == '1' else 'documents'} {what}"
    told = ", ".join(parts) or "no documents found"
    skipped = f"; {tally.skipped:,} skipped" if tally.skipped else ""
    return f"{told}{skipped} ({seconds:.1f} s)"
