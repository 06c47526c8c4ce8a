"""How does what runs long come to a clean end when somebody stops it?"""

from __future__ import annotations

import signal
from types import FrameType, TracebackType
from typing import Any, NoReturn

from searchidx.cli.errors import DONE, INTERRUPTED


class Stopping:
    """Within it, SIGTERM, Ctrl-C and a terminal that goes away raise SystemExit, which unwinds everything.

    It remembers which it was.
    """

    def __init__(self) -> None:
        self.by: int | None = None
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Stopping:
        for name in ("SIGINT", "SIGTERM", "SIGHUP"):  # the last not on every system
            number = getattr(signal, name, None)
            if number is not None and not (name == "SIGHUP" and signal.getsignal(number) == signal.SIG_IGN):
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
