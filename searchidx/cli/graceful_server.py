"""How does a server run until it is told to stop, and then finish what is under way?

Waitress's own end drops what waits and what is not sent yet. Ours stops listening first and then goes on with its
loop until every request that had come is answered, or its patience is over.
"""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from searchidx.cli.errors import CommandError

_NAME = "searchidx"  # in the header `Server`
_LAST_S = 1  # for threads to end; those that do not, end with the process
_SHORT_S = 0.05  # between two looks at what is still under way


class GracefulServer:
    """An application behind waitress."""

    def __init__(self, app: Any, *, host: str, port: int, threads: int, believes_proxies: bool) -> None:
        """Listen; CommandError when that cannot be."""
        from waitress import create_server, wasyncore  # the one command that serves pages

        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # more clients than threads are no news
        self._wasyncore: Any = wasyncore
        self._sockets: dict[int, Any] = {}
        self._signals: list[int] = []
        try:
            self._server = create_server(
                app,
                map=self._sockets,
                host=host,
                port=port,
                threads=threads,
                ident=_NAME,
                clear_untrusted_proxy_headers=not believes_proxies,  # ProxyFix reads them otherwise
            )
        except OSError as error:
            reason = error.strerror or str(error)
            remedy = "Choose another with --port, or --port 0 for a free one."
            raise CommandError(f"cannot listen on {host} port {port}: {reason}. {remedy}") from error
        except ValueError as error:
            raise CommandError(f"{host!r} is no address that this machine can listen on") from error

    @property
    def stopped_by(self) -> int | None:
        """The first signal that came."""
        return self._signals[0] if self._signals else None

    @property
    def addresses(self) -> list[tuple[str, int]]:
        """Host and port of each socket that listens."""
        return [(each.effective_host, each.effective_port) for each in self._listeners()]

    def run(self, patience: float, on_ready: Callable[[], None]) -> None:
        """Answer requests until SIGINT or SIGTERM, then finish those that have come, within `patience` seconds.

        A second signal ends the patience. `on_ready` is called when signals are listened to.
        """
        handlers = {number: signal.signal(number, self._stop) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            on_ready()
            while not self._signals:
                self._turn(1.0)
            self._turn(0)  # who was already there is let in
            for listener in self._listeners():
                self._wasyncore.dispatcher.close(listener)  # its own `close` takes what wakes the loop away too
            self._finish(time.monotonic() + patience)
        finally:
            self._server.task_dispatcher.shutdown(timeout=_LAST_S)
            for number, handler in handlers.items():
                signal.signal(number, handler)

    def _finish(self, until: float) -> None:
        while len(self._signals) < 2 and time.monotonic() < until and self._is_busy():
            self._turn(_SHORT_S)

    def _turn(self, seconds: float) -> None:
        self._wasyncore.loop(timeout=seconds, map=self._sockets, count=1, use_poll=True)

    def _listeners(self) -> list[Any]:
        return [each for each in self._sockets.values() if hasattr(each, "effective_port")]

    def _is_busy(self) -> bool:
        """Whether a request is being read or worked on, or an answer not yet sent."""
        channels = [each for each in list(self._sockets.values()) if hasattr(each, "requests")]
        return any(each.requests or each.request is not None or each.total_outbufs_len for each in channels)

    def _stop(self, number: int, _: FrameType | None) -> None:
        self._signals.append(number)
        for each in list(self._sockets.values()):
            if hasattr(each, "pull_trigger"):
                each.pull_trigger()  # the loop may be waiting for something else to happen
