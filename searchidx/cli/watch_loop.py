"""How does the index keep saying what the folders say, until somebody stops it? The loop of `index --watch`."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from searchidx import CorpusError, IndexLockedError, SyncReport, changed_roots
from searchidx.cli.errors import tell_error
from searchidx.cli.lock_wait import tell_waiting
from searchidx.cli.output.sync_summary import (
    Tally,
    tell,
)
from searchidx.cli.output.terminal import harmless
from searchidx.cli.signals import Stopping

Sync = Callable[[str], SyncReport]
"""Brings one folder up to date; IndexLockedError while another process writes, CorpusError without the folder."""


def follow(paths: Sequence[str], sync: Sync, *, poll: bool, quiet: bool) -> int:
    """Sync the folders now and whenever they change; the exit code, once it was stopped."""
    roots = {Path(path).expanduser().resolve(): path for path in paths}
    stopping = Stopping()
    try:
        with stopping:
            if not quiet:
                click.echo(harmless(f"Following {', '.join(paths)} (Ctrl-C stops it)"), err=True)
            _follow(roots, _Runs(sync, quiet, is_only=len(roots) == 1), poll)
    except (SystemExit, KeyboardInterrupt):  # the second from watchfiles, of whichever signal
        if stopping.by is None:
            raise
    return stopping.code


def _follow(roots: Mapping[Path, str], runs: _Runs, poll: bool) -> None:
    waiting: set[Path] = set()
    for changed in changed_roots(list(roots), poll=poll):
        waiting |= changed
        # While another process writes, what changed waits for the next second.
        waiting -= {root for root in roots if root in waiting and runs.run(roots[root])}


class _Runs:
    """The runs so far: each is told by one line if it changed anything, and nothing is told twice in a row."""

    def __init__(self, sync: Sync, quiet: bool, *, is_only: bool) -> None:
        self._sync = sync
        self._quiet = quiet
        self._is_only = is_only  # the one folder, so that lines need not name it
        self._met: dict[str, frozenset[str]] = {}  # folder → problems and notices of its last run
        self._is_waiting = False

    def run(self, path: str) -> bool:
        """Do this folder; False when another process writes."""
        started = time.monotonic()
        try:
            report = self._sync(path)
        except IndexLockedError as error:
            if not (self._is_waiting or self._quiet):
                tell_waiting(error)
            self._is_waiting = True
            return False
        except CorpusError as error:
            if self._fresh(path, [error]):
                tell_error(error)
        else:
            self._tell(path, report, time.monotonic() - started)
        self._is_waiting = False
        return True

    def _tell(self, path: str, report: SyncReport, seconds: float) -> None:
        is_first = path not in self._met
        fresh = self._fresh(path, [*report.problems, *report.notices])
        if not (report.changed or fresh or is_first):
            return
        problems = tuple(each for each in fresh if isinstance(each, CorpusError))
        notices = tuple(each for each in fresh if isinstance(each, str))
        tally = Tally()
        tally.add(path, replace(report, problems=problems, notices=notices))
        name = "" if self._is_only else f"{path}: "
        label = f"{dt.datetime.now().astimezone():%H:%M:%S}  {name}"
        tell(tally, seconds=seconds, quiet=self._quiet, label=label)

    def _fresh(self, path: str, met: Sequence[CorpusError | str]) -> list[CorpusError | str]:
        """Those problems and notices that the last run of this folder did not meet."""
        known = self._met.get(path, frozenset())
        self._met[path] = frozenset(map(str, met))
        return [each for each in met if str(each) not in known]
