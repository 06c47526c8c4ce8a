"""The summary of a run of indexing, printed on stderr."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from searchidx import CorpusError, Notice, SyncReport, terminal_text

MAX_PROBLEMS_SHOWN = 20  # a thousand would push everything else off the screen


@dataclass(frozen=True, slots=True)
class FolderReport:
    """What one sync changed, and in which folder: the paths of problems are relative to it."""

    folder: str  # as the user named it
    report: SyncReport


def print_sync_summary(
    folder_reports: Sequence[FolderReport], *, seconds: float, quiet: bool, label: str = ""
) -> None:
    """Print problems, notices and, after `label`, the counts of all folders; with `quiet` problems only."""
    total = sum((each.report for each in folder_reports), SyncReport())
    skipped = [(each.folder, problem) for each in folder_reports for problem in each.report.problems]
    lines = list(_problem_lines("Skipped", skipped, total.skipped))
    partly_read = [(each.folder, problem) for each in folder_reports for problem in each.report.partly_read]
    lines += _problem_lines("Read in part:", partly_read, len(partly_read))
    if not quiet:
        lines += _encoding_lines(total)
        lines += map(_notice_line, dict.fromkeys(total.notices))
        lines.append(label + _counts(total, seconds))
    for line in lines:
        click.echo(terminal_text(line), err=True)


def _problem_lines(label: str, problems: Sequence[tuple[str, CorpusError]], count: int) -> Iterator[str]:
    """A line for each (folder, problem) that is shown; `count` counts the problems that are not listed too."""
    for folder, problem in problems[:MAX_PROBLEMS_SHOWN]:
        yield f"{label} {_file_and_line(folder, problem)}: {problem.reason}"
    if count > MAX_PROBLEMS_SHOWN:
        yield f"… and {count - min(len(problems), MAX_PROBLEMS_SHOWN):,} more"


def _notice_line(notice: Notice) -> str:
    return f"Notice: {notice.text}: pip install {notice.package}." if notice.package else f"Notice: {notice.text}."


def _file_and_line(folder: str, problem: CorpusError) -> str:
    """The file as the user can open it from the working folder, with the line of a broken record."""
    root = Path(folder)
    path = root / problem.path if root.is_dir() else root
    return str(path) if problem.line is None else f"{path}:{problem.line}"


def _encoding_lines(total: SyncReport) -> Iterator[str]:
    if total.encodings:
        by_count = sorted(total.encodings.items(), key=lambda pair: -pair[1])
        counts = ", ".join(f"{count:,} {name}" for name, count in by_count)
        yield f"Not in UTF-8, and read as: {counts}"


def _counts(total: SyncReport, seconds: float) -> str:
    counts = {
        "added": total.added,
        "updated": total.updated,
        "removed": total.removed,
        "unchanged": total.unchanged,
    }
    parts = [f"{count:,} {change}" for change, count in counts.items() if count]
    if parts:
        first, _, change = parts[0].partition(" ")
        parts[0] = f"{first} {'document' if first == '1' else 'documents'} {change}"
    changes = ", ".join(parts) or "no documents found"
    skipped = f"; {total.skipped:,} skipped" if total.skipped else ""
    return f"{changes}{skipped} ({seconds:.1f} s)"
