"""The child process of a measurement: runs one system and times its work; the parent's side is `MeasuredProcess`.

It reads one JSON request a line from standard input, writes one JSON response a line to standard output, and ends
with its input. Actions are `index` (a corpus into a folder), `open` (a folder) and `search` (queries). No system
pays for the memory of another, and the clock runs in the process that does the work.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from searchidx.errors import SearchidxError
from searchidx.evaluation.bench.systems import OpenSystem, make_system

Payload = dict[str, Any]


class Worker:
    """Answers requests with one system."""

    def __init__(self) -> None:
        self._open_system: OpenSystem | None = None

    def respond(self, request: Payload) -> Payload:
        """The response to one request."""
        actions: dict[str, Callable[[Payload], Payload]] = {
            "index": self._index,
            "open": self._open,
            "search": self._search,
        }
        return actions[request["action"]](request)

    def _index(self, request: Payload) -> Payload:
        started = time.perf_counter()
        make_system(request["system"]).index(Path(request["corpus"]), Path(request["folder"]))
        return {"seconds": time.perf_counter() - started}

    def _open(self, request: Payload) -> Payload:
        self._open_system = make_system(request["system"]).open(Path(request["folder"]))
        return {}

    def _search(self, request: Payload) -> Payload:
        """Milliseconds and total of each query; empty lists when the system cannot do this."""
        assert self._open_system is not None
        times, totals = [], []
        for query in request["queries"]:
            started = time.perf_counter()
            total = self._open_system.search(query, request["level"], request["highlight"])
            times.append((time.perf_counter() - started) * 1000)
            if total is None:
                return {"ms": [], "totals": []}
            totals.append(total)
        return {"ms": times, "totals": totals}


def main() -> None:
    """Answer requests until the input ends."""
    responses = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints must not stand among the responses
    worker = Worker()
    with contextlib.suppress(KeyboardInterrupt), responses:
        for line in sys.stdin:
            try:
                response = worker.respond(json.loads(line))
            except (SearchidxError, ModuleNotFoundError) as error:
                response = {"error": str(error)}
            responses.write(json.dumps(response) + "\n")
            responses.flush()
