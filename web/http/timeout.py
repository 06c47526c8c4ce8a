"""How long may a request take? Each one has the same time, from its beginning."""

from __future__ import annotations

from contextlib import ExitStack

from flask import Blueprint, Flask, g

from searchidx import time_limit

_LIMIT = "searchidx_limit"


def limit_time(part: Flask | Blueprint, seconds: float | None) -> None:
    """Give up what a view of this part of a site does after so many seconds; None lets it take its time."""
    if seconds is None:
        return

    @part.before_request
    def begin() -> None:
        limit = g.setdefault(_LIMIT, ExitStack())
        limit.enter_context(time_limit(seconds))

    @part.teardown_request
    def end(_: BaseException | None) -> None:
        limit: ExitStack | None = g.pop(_LIMIT, None)
        if limit is not None:
            limit.close()
