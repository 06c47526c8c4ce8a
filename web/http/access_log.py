"""Who asked for what, and what came of it? One line a request, whatever stands in it.

client [time] "method address" status bytes milliseconds "user agent"
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import quote

from werkzeug.wsgi import ClosingIterator

logger = logging.getLogger("searchidx.access")

_Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_LONGEST = 2_048  # characters of an address or an agent that are logged


def logged(application: _Application) -> _Application:
    """The application with a line in the log for each request, when its answer has been sent."""

    def call(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        started = time.perf_counter()
        told: dict[str, str] = {}

        def remember(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            told["status"] = status.partition(" ")[0]
            return start_response(status, headers, *rest)

        sent = _Counted(application(environ, remember))
        return ClosingIterator(sent, lambda: logger.info("%s", _line(environ, told, sent.bytes, started)))

    return call


class _Counted:
    """The parts of an answer, and how many bytes have gone through; closed with what it wraps."""

    def __init__(self, parts: Iterable[bytes]) -> None:
        self._parts = parts
        self.bytes = 0

    def __iter__(self) -> Iterator[bytes]:
        for part in self._parts:
            self.bytes += len(part)
            yield part

    def close(self) -> None:
        close = getattr(self._parts, "close", None)
        if close is not None:
            close()


def _line(environ: dict[str, Any], told: dict[str, str], sent: int, started: float) -> str:
    when = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    took = (time.perf_counter() - started) * 1000
    path = quote(f"{environ.get('SCRIPT_NAME', '')}{environ.get('PATH_INFO', '')}".encode("latin-1"))
    query = environ.get("QUERY_STRING", "")
    asked = f"{path}?{query}" if query else path
    client = environ.get("REMOTE_ADDR", "-")
    agent = environ.get("HTTP_USER_AGENT", "-")
    return (
        f"{_shown(client)} [{when}] "
        f'"{_shown(environ.get("REQUEST_METHOD", "-"))} {_shown(asked)}" '
        f'{told.get("status", "-")} {sent} {took:.1f}ms "{_shown(agent)}"'
    )


def _shown(text: str) -> str:
    """A text that can end neither its quotes nor its line, nor command a terminal."""
    cut = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return "".join(
        char if char.isprintable() and char not in '"\\' else char.encode("unicode_escape").decode()
        for char in cut
    ).replace('"', '\\"')
