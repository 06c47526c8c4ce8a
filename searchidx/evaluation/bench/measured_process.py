"""The parent's side of a measurement: starts a fresh child process, which runs `worker`, and sends it requests."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from searchidx.errors import SearchidxError
from searchidx.evaluation.bench.memory import PeakMemory, resident_bytes
from searchidx.model.document import Level

_SET_OUR_PATH = "import os, sys; sys.path[:] = sys.argv.pop(1).split(os.pathsep); "


def python_command(code: str, *arguments: str) -> list[str]:
    """The command of a fresh Python with our `sys.path`; modules of the working folder are not imported."""
    return [sys.executable, "-P", "-c", _SET_OUR_PATH + code, os.pathsep.join(sys.path), *arguments]


class MeasuringError(SearchidxError):
    """A system could not be measured; the message says why."""


@dataclass(frozen=True, slots=True)
class Mode:
    """How a query is searched."""

    level: Level
    highlight: bool  # whether the matches are marked in the texts


@dataclass(frozen=True, slots=True)
class TimedResponse:
    """The response to one query."""

    ms: float
    total: int  # hits


class MeasuredProcess:
    """A fresh process with one system; `close` kills it and its children, whatever they do at that moment."""

    def __init__(self, system: str, log: Path) -> None:
        """`log` is a file for its standard error."""
        self._system = system
        self._log = log
        with log.open("w", encoding="utf-8") as stderr:
            self._process = subprocess.Popen(
                python_command("from searchidx.evaluation.bench.worker import main; main()"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                encoding="utf-8",
                start_new_session=True,  # Ctrl-C reaches our process only, and `close` kills the whole group
            )

    def close(self) -> None:
        """Kill the process and its children."""
        with suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._process.pid, signal.SIGKILL)
            else:
                self._process.kill()
        self._process.wait()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()

    def index(self, corpus: Path, folder: Path) -> tuple[float, int | None]:
        """The seconds to index the corpus, and the peak memory of all its processes together, in bytes."""
        with PeakMemory(self._process.pid) as memory:
            response = self._request("index", system=self._system, corpus=str(corpus), folder=str(folder))
        return float(response["seconds"]), memory.peak_bytes

    def open(self, folder: Path) -> None:
        """Open an index for queries."""
        self._request("open", system=self._system, folder=str(folder))

    def search(self, queries: Sequence[str], mode: Mode) -> list[TimedResponse]:
        """The response to each query; none when the system cannot search in this mode."""
        response = self._request("search", queries=list(queries), level=mode.level, highlight=mode.highlight)
        return [TimedResponse(*pair) for pair in zip(response["ms"], response["totals"], strict=True)]

    def resident_bytes(self) -> int | None:
        """The memory that it takes now; None where it cannot be measured."""
        return resident_bytes(self._process.pid)

    def _request(self, action: str, **parameters: object) -> dict[str, Any]:
        """The response; MeasuringError when the system fails or the process ends."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        line = ""
        with suppress(OSError):  # the process has ended; the missing response is handled below
            self._process.stdin.write(json.dumps({"action": action, **parameters}) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        if not line:
            raise MeasuringError(f"its process ended: {self._last_log_line()}")
        response: dict[str, Any] = json.loads(line)
        if "error" in response:
            raise MeasuringError(response["error"])
        return response

    def _last_log_line(self) -> str:
        lines = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "it printed no error"
