"""How long may an answer take? Until a moment that its thread knows, and asks about between any two steps.

Nothing stops a Python thread from outside, and an answer that is given up while its thread works on costs as much
as one that is awaited. So the work itself stops: before each question to the engine, each part of a query that we
evaluate ourselves and each text to be marked. One step is never interrupted; an answer is late by no more.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from searchidx.errors import SearchTimeoutError

_limit: ContextVar[tuple[float, float] | None] = ContextVar("limit", default=None)
"""The moment (of `time.monotonic`) at which the answer is due, and the seconds that it was given."""


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Within it, `check_time` raises when so many seconds have passed; None sets no limit."""
    token = _limit.set(None if seconds is None else (time.monotonic() + seconds, seconds))
    try:
        yield
    finally:
        _limit.reset(token)


def check_time() -> None:
    """Raise SearchTimeoutError when the time is over."""
    limit = _limit.get()
    if limit is not None and time.monotonic() > limit[0]:
        raise SearchTimeoutError(limit[1])
