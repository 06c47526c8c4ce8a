"""The access log: one line for each request, whatever the client sends.

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

_LONGEST = 2_048  # characters of an address or a user agent that are logged


def logged(application: _Application) -> _Application:
    """The application with a line in the log for each request, written when its response has been sent."""

    def call(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        started = time.perf_counter()
        status_code = "-"

        def record_status(status: str, headers: list[tuple[str, str]], *exception_info: Any) -> Any:
            nonlocal status_code
            status_code = status.partition(" ")[0]
            return start_response(status, headers, *exception_info)

        body = _CountedBody(application(environ, record_status))
        return ClosingIterator(body, lambda: logger.info("%s", _line(environ, status_code, body.bytes, started)))

    return call


class _CountedBody:
    """The parts of a response body, and how many bytes were sent; closed with what it wraps."""

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


def _line(environ: dict[str, Any], status_code: str, body_bytes: int, started: float) -> str:
    when = dt.datetime.now().astimezone().isoformat(timespec="seconds")
    took_ms = (time.perf_counter() - started) * 1000
    path = quote(f"{environ.get('SCRIPT_NAME', '')}{environ.get('PATH_INFO', '')}".encode("latin-1"))
    query = environ.get("QUERY_STRING", "")
    address = f"{path}?{query}" if query else path
    client = environ.get("REMOTE_ADDR", "-")
    agent = environ.get("HTTP_USER_AGENT", "-")
    return (
        f"{_escaped(client)} [{when}] "
        f'"{_escaped(environ.get("REQUEST_METHOD", "-"))} {_escaped(address)}" '
        f'{status_code} {body_bytes} {took_ms:.1f}ms "{_escaped(agent)}"'
    )


def _escaped(text: str) -> str:
    """The text, cut, without what could end its quotes or its line, or command a terminal."""
    cut = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    return "".join(
        char if char.isprintable() and char not in '"\\' else char.encode("unicode_escape").decode()
        for char in cut
    ).replace('"', '\\"')
