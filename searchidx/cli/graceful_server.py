"""An HTTP server that finishes the requests under way when it is stopped.

Waitress alone drops waiting requests and unsent responses when it ends. This server closes its listening sockets
first and then runs its loop until every request that has arrived is answered, or until a timeout.
"""

from __future__ import annotations

import logging
import signal
import time
from collections.abc import Callable
from types import FrameType
from typing import Any

from searchidx.cli.errors import CommandError

_SERVER_NAME = "searchidx"  # in the header `Server`
_THREAD_SHUTDOWN_S = 1  # threads that still run after it end with the process
_POLL_S = 0.05  # between two checks of the requests under way


class GracefulServer:
    """A WSGI application served by waitress until a signal comes."""

    def __init__(self, app: Any, *, host: str, port: int, threads: int, trusts_proxies: bool) -> None:
        """Open the listening sockets; CommandError when the address cannot be used."""
        from waitress import create_server, wasyncore  # only `serve` needs it

        logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # more clients than threads is normal
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
                ident=_SERVER_NAME,
                clear_untrusted_proxy_headers=not trusts_proxies,  # ProxyFix reads them otherwise
            )
        except OSError as error:
            reason = error.strerror or str(error)
            advice = "Choose another with --port, or --port 0 for a free one."
            raise CommandError(f"cannot listen on {host} port {port}: {reason}. {advice}") from error
        except ValueError as error:
            raise CommandError(f"{host!r} is no address that this machine can listen on") from error

    @property
    def stopped_by(self) -> int | None:
        """The number of the first signal; None before it comes."""
        return self._signals[0] if self._signals else None

    @property
    def addresses(self) -> list[tuple[str, int]]:
        """Host and port of each listening socket."""
        return [(listener.effective_host, listener.effective_port) for listener in self._listeners()]

    def run(self, shutdown_timeout: float, on_ready: Callable[[], None]) -> None:
        """Answer requests until SIGINT or SIGTERM, then those that have arrived, for `shutdown_timeout` seconds.

        A second signal ends the wait. `on_ready` is called when the signal handlers are installed.
        """
        handlers = {number: signal.signal(number, self._on_signal) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            on_ready()
            while not self._signals:
                self._run_loop_once(1.0)
            self._run_loop_once(0)  # accept the connections that wait in the backlog
            for listener in self._listeners():
                self._wasyncore.dispatcher.close(listener)  # `listener.close` would close the loop's trigger too
            self._finish_requests(time.monotonic() + shutdown_timeout)
        finally:
            self._server.task_dispatcher.shutdown(timeout=_THREAD_SHUTDOWN_S)
            for number, handler in handlers.items():
                signal.signal(number, handler)

    def _finish_requests(self, deadline: float) -> None:
        while len(self._signals) < 2 and time.monotonic() < deadline and self._is_busy():
            self._run_loop_once(_POLL_S)

    def _run_loop_once(self, timeout_s: float) -> None:
        self._wasyncore.loop(timeout=timeout_s, map=self._sockets, count=1, use_poll=True)

    def _listeners(self) -> list[Any]:
        return [each for each in self._sockets.values() if hasattr(each, "effective_port")]

    def _is_busy(self) -> bool:
        """Whether a request is being read or worked on, or a response is not sent yet."""
        channels = [each for each in list(self._sockets.values()) if hasattr(each, "requests")]
        return any(each.requests or each.request is not None or each.total_outbufs_len for each in channels)

    def _on_signal(self, number: int, _: FrameType | None) -> None:
        self._signals.append(number)
        for each in list(self._sockets.values()):
            if hasattr(each, "pull_trigger"):
                each.pull_trigger()  # wakes the loop, which may be waiting for a socket
