"""How is one system measured by itself? In a fresh process that times what it is told to do.

Reads one JSON object a line from standard input, answers each with one on standard output, and ends with the
input: `index` a corpus into a folder, `open` a folder, `answer` queries. So no system pays for the memory of
another, and the clock stands beside the work.
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
from searchidx.evaluation.bench.systems import (
    Answering,
    system_named,
)

Told = dict[str, Any]


class Worker:
    """Does what it is told, with one system."""

    def __init__(self) -> None:
        self._open: Answering | None = None

    def do(self, told: Told) -> Told:
        """One thing."""
        acts: dict[str, Callable[[Told], Told]] = {
            "index": self._index,
            "open": self._opened,
            "answer": self._answer,
        }
        return acts[told["do"]](told)

    def _index(self, told: Told) -> Told:
        began = time.perf_counter()
        system_named(told["system"]).index(Path(told["corpus"]), Path(told["folder"]))
        return {"seconds": time.perf_counter() - began}

    def _opened(self, told: Told) -> Told:
        self._open = system_named(told["system"]).open(Path(told["folder"]))
        return {}

    def _answer(self, told: Told) -> Told:
        """The time of each query in milliseconds and its total; nothing when the system cannot do this."""
        assert self._open is not None
        times, totals = [], []
        for query in told["queries"]:
            began = time.perf_counter()
            total = self._open.answer(query, told["level"], told["highlight"])
            times.append((time.perf_counter() - began) * 1000)
            if total is None:
                return {"ms": [], "totals": []}
            totals.append(total)
        return {"ms": times, "totals": totals}


def main() -> None:
    """Until the input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    worker = Worker()
    with contextlib.suppress(KeyboardInterrupt), answers:
        for line in sys.stdin:
            try:
                answer = worker.do(json.loads(line))
            except (SearchidxError, ModuleNotFoundError) as error:
                answer = {"error": str(error)}
            answers.write(json.dumps(answer) + "\n")
            answers.flush()
