"""What happens while another process writes? An error at once, or with `--wait` a word and patience."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import click

from searchidx import IndexLockedError

T = TypeVar("T")


def patiently(action: Callable[[bool], T], *, wait: bool) -> T:
    """The result of `action(False)`, or if another process writes and `wait` is set, of `action(True)`.

    IndexLockedError comes before anything is done, so nothing is done twice.
    """
    try:
        return action(False)
    except IndexLockedError as error:
        if not wait:
            raise
        tell_waiting(error)
        return action(True)


def tell_waiting(error: IndexLockedError) -> None:
    """Say for whom."""
    who = f"process {error.pid}" if error.pid else "another process"
    click.echo(f"Waiting for {who}, which is writing to this index …", err=True)
