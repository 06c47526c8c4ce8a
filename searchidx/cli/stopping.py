"""How does what runs until somebody stops it come to a clean end?"""

from __future__ import annotations

import signal
from types import FrameType, TracebackType
from typing import Any, NoReturn

from searchidx.cli.errors import DONE, INTERRUPTED


class Stopping:
    """Within it, SIGTERM and Ctrl-C both raise SystemExit, which unwinds everything; it remembers which it was."""

    def __init__(self) -> None:
        self.by: int | None = None
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Stopping:
        for number in (signal.SIGINT, signal.SIGTERM):
            self._before[number] = signal.signal(number, self._stop)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)

    def _stop(self, number: int, _: FrameType | None) -> NoReturn:
        self.by = number
        raise SystemExit

    @property
    def code(self) -> int:
        """The exit code of what was meant to run until it was stopped."""
        return INTERRUPTED if self.by == signal.SIGINT else DONE
