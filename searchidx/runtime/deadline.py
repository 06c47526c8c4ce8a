"""A time limit for a search, which its thread checks between any two steps.

A Python thread cannot be stopped from another one, and a search that is abandoned while its thread works on costs
as much as one that is awaited. So the search checks the time itself: before each call of an engine, each part of a
query that is evaluated in Python, and each text that is highlighted. A single step is not interrupted, so a search
may exceed its limit by one step.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from searchidx.errors import SearchTimeoutError

_limit: ContextVar[tuple[float, float] | None] = ContextVar("limit", default=None)
"""(deadline on the clock of `time.monotonic`, the time limit in seconds)."""


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Let `check_time` raise within the block once these seconds have passed; None sets no limit."""
    token = _limit.set(None if seconds is None else (time.monotonic() + seconds, seconds))
    try:
        yield
    finally:
        _limit.reset(token)


def check_time() -> None:
    """Raise SearchTimeoutError when the time limit is exceeded."""
    limit = _limit.get()
    if limit is not None and time.monotonic() > limit[0]:
        raise SearchTimeoutError(limit[1])
