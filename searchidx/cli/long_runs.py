"""Helpers of commands that run long: waiting for the writer lock, stop signals, progress on a terminal."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Callable
from types import FrameType, TracebackType
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from searchidx import IndexLockedError, Progress, terminal_text
from searchidx.cli.errors import DONE, INTERRUPTED

if TYPE_CHECKING:
    from tqdm import tqdm

T = TypeVar("T")

_BAR_DELAY_S = 0.5  # a shorter run shows no bar
_BAR_FORMAT = "{desc} {percentage:3.0f} % |{bar}| {n_fmt} of {total_fmt}, {rate_fmt}, {remaining} left{postfix}"


def with_lock_wait(action: Callable[[bool], T], *, wait: bool) -> T:
    """The result of `action(False)`; if another process writes and `wait` is set, the result of `action(True)`.

    The second call is safe: `action` raises IndexLockedError before it changes anything. Without `wait` that error
    goes to the caller.
    """
    try:
        return action(False)
    except IndexLockedError as error:
        if not wait:
            raise
        print_waiting(error)
        return action(True)


def print_waiting(error: IndexLockedError) -> None:
    """Print on stderr which process holds the writer lock."""
    writer = f"process {error.pid}" if error.pid else "another process"
    click.echo(f"Waiting for {writer}, which is writing to this index …", err=True)


class StopSignals:
    """A context in which SIGINT, SIGTERM and SIGHUP raise SystemExit, so that every `finally` clause runs."""

    def __init__(self) -> None:
        self.received: int | None = None  # the number of the last signal
        self._previous_handlers: dict[int, Any] = {}

    def __enter__(self) -> StopSignals:
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # SIGHUP does not exist on every system
            number = getattr(signal, name, None)
            if number is not None and not (name == "SIGHUP" and signal.getsignal(number) == signal.SIG_IGN):
                self._previous_handlers[number] = signal.signal(number, self._stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for number, handler in self._previous_handlers.items():
            signal.signal(number, handler)

    def _stop(self, number: int, _: FrameType | None) -> NoReturn:
        self.received = number
        raise SystemExit

    @property
    def exit_code(self) -> int:
        """The exit code of a command that runs until a signal stops it."""
        return INTERRUPTED if self.received == signal.SIGINT else DONE


class StatusLine:
    """One line on the terminal that names the current step; each step replaces the one before."""

    def __init__(self, *, quiet: bool) -> None:
        """The line is not shown with `quiet`, nor when stderr is no terminal."""
        self._is_shown = not quiet and sys.stderr.isatty()

    def __call__(self, step: str) -> None:
        """Show a step; "" clears the line."""
        if self._is_shown:
            click.echo(f"\r\x1b[K{terminal_text(step)}{' …' if step else ''}", nl=False, err=True)


class ProgressBar:
    """The progress bar of one run, on stderr; call it with each `Progress`."""

    def __init__(self, label: str, *, quiet: bool = False, unit: str = "B") -> None:
        """`unit` is what the progress counts: bytes, or documents.

        The bar is not shown with `quiet`, nor when stderr is no terminal, nor in the first half second.
        """
        self._label = label
        self._unit = unit
        self._is_shown = not quiet and sys.stderr.isatty()
        self._started = time.monotonic()
        self._bar: tqdm[Any] | None = None

    def __enter__(self) -> ProgressBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.close()

    def __call__(self, progress: Progress) -> None:
        """Draw the progress."""
        if not self._is_shown or time.monotonic() - self._started < _BAR_DELAY_S:
            return
        is_first = self._bar is None
        bar = self._new_bar(progress.total) if self._bar is None else self._bar
        self._bar = bar
        if self._unit == "B":
            bar.set_postfix_str(f"{progress.documents:,} documents", refresh=False)
        is_last = progress.done >= progress.total
        if is_last:
            bar.set_description_str(f"{self._label}: writing", refresh=False)
        bar.update(progress.done - bar.n)
        if is_first or is_last:
            bar.refresh()

    def _new_bar(self, total: int) -> tqdm[Any]:
        from tqdm import tqdm  # only long runs need it

        tqdm.monitor_interval = 0  # start no monitoring thread
        bar = tqdm(
            desc=self._label,
            total=total,
            unit=self._unit,
            unit_scale=True,
            file=sys.stderr,
            leave=False,
            dynamic_ncols=True,
            miniters=1,  # redraw by time alone: batches come unevenly
            smoothing=0,  # the rate is that of the whole run
            bar_format=_BAR_FORMAT,
        )
        bar.start_t -= time.monotonic() - self._started
        return bar
