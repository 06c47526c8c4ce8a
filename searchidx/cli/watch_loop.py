"""The watch loop of `index --watch`: brings the index up to date whenever a folder changes, until a signal."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from searchidx import CorpusError, IndexLockedError, Notice, SyncReport, changed_roots, terminal_text
from searchidx.cli.errors import print_error
from searchidx.cli.long_runs import StopSignals, print_waiting
from searchidx.cli.output.sync_summary import FolderReport, print_sync_summary

Sync = Callable[[str], SyncReport]
"""Brings one folder up to date; IndexLockedError while another process writes, CorpusError without the folder."""


def run_watch_loop(paths: Sequence[str], sync: Sync, *, poll: bool, quiet: bool) -> int:
    """Sync the folders now and after every change; the exit code when a signal has stopped the loop."""
    roots = {Path(path).expanduser().resolve(): path for path in paths}
    stop = StopSignals()
    try:
        with stop:
            if not quiet:
                click.echo(terminal_text(f"Following {', '.join(paths)} (Ctrl-C stops it)"), err=True)
            _sync_changed(roots, _FolderSyncs(sync, quiet, is_single=len(roots) == 1), poll)
    except (SystemExit, KeyboardInterrupt):  # watchfiles raises KeyboardInterrupt for every signal
        if stop.received is None:
            raise
    return stop.exit_code


def _sync_changed(roots: Mapping[Path, str], syncs: _FolderSyncs, poll: bool) -> None:
    pending: set[Path] = set()
    for changed in changed_roots(list(roots), poll=poll):
        pending |= changed
        # While another process writes, the changed folders stay pending until the next second.
        pending -= {root for root in roots if root in pending and syncs.run(roots[root])}


class _FolderSyncs:
    """Runs the syncs and prints one line for each that changed something; a repeated problem is printed once."""

    def __init__(self, sync: Sync, quiet: bool, *, is_single: bool) -> None:
        self._sync = sync
        self._quiet = quiet
        self._is_single = is_single  # one folder only: lines need not name it
        self._last_messages: dict[str, frozenset[str]] = {}  # folder → problems and notices of its last sync
        self._is_waiting = False

    def run(self, folder: str) -> bool:
        """Sync this folder; False when another process writes."""
        started = time.monotonic()
        try:
            report = self._sync(folder)
        except IndexLockedError as error:
            if not (self._is_waiting or self._quiet):
                print_waiting(error)
            self._is_waiting = True
            return False
        except CorpusError as error:
            if self._new_messages(folder, [error]):
                print_error(error)
        else:
            self._print(folder, report, time.monotonic() - started)
        self._is_waiting = False
        return True

    def _print(self, folder: str, report: SyncReport, seconds: float) -> None:
        is_first = folder not in self._last_messages
        new = self._new_messages(folder, [*report.problems, *report.partly_read, *report.notices])
        if not (report.changed or new or is_first):
            return
        new_report = replace(
            report,
            problems=tuple(each for each in report.problems if each in new),
            partly_read=tuple(each for each in report.partly_read if each in new),
            notices=tuple(each for each in report.notices if each in new),
        )
        folder_report = FolderReport(folder, new_report)
        name = "" if self._is_single else f"{folder}: "
        label = f"{dt.datetime.now().astimezone():%H:%M:%S}  {name}"
        print_sync_summary([folder_report], seconds=seconds, quiet=self._quiet, label=label)

    def _new_messages(self, folder: str, messages: Sequence[CorpusError | Notice]) -> set[CorpusError | Notice]:
        """The problems and notices that the last sync of this folder did not have."""
        known = self._last_messages.get(folder, frozenset())
        self._last_messages[folder] = frozenset(map(str, messages))
        return {message for message in messages if str(message) not in known}
