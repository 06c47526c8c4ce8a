"""How is a measured process told what to do, and what does it leave behind? Nothing: it ends with its user."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from searchidx.errors import SearchidxError
from searchidx.evaluation.bench.memory import (
    PeakMemory,
    resident_bytes,
)
from searchidx.model.document import Level

_WITH_OUR_PATH = "import os, sys; sys.path[:] = sys.argv.pop(1).split(os.pathsep); "


def python(code: str, *arguments: str) -> list[str]:
    """The command of a fresh Python that finds what we find, whatever stands in the working folder."""
    return [sys.executable, "-P", "-c", _WITH_OUR_PATH + code, os.pathsep.join(sys.path), *arguments]


class MeasuringError(SearchidxError):
    """A system could not be measured; its text says why."""


class Measured:
    """A fresh process with one system; `close` kills it with all its children, whatever it does then."""

    def __init__(self, system: str, log: Path) -> None:
        """`log` is a file for what it writes on stderr."""
        self._system = system
        self._log = log
        with log.open("w", encoding="utf-8") as stderr:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                python("from searchidx.evaluation.bench.worker import main; main()"),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
                text=True,
                encoding="utf-8",
                start_new_session=True,  # Ctrl-C comes to us alone, and its children end with it
            )

    def close(self) -> None:
        """End it, and what it started."""
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
        """Seconds to index the corpus, and the most memory that all its processes took together meanwhile."""
        with PeakMemory(self._process.pid) as memory:
            told = self._ask({"do": "index", "system": self._system, "corpus": str(corpus), "folder": str(folder)})
        return float(told["seconds"]), memory.peak_bytes

    def open(self, folder: Path) -> None:
        """Open what was indexed."""
        self._ask({"do": "open", "system": self._system, "folder": str(folder)})

    def answer(self, queries: Sequence[str], level: Level, highlight: bool) -> tuple[list[float], list[int]]:
        """Milliseconds and total of each query; both empty when the system cannot do this."""
        told = self._ask({"do": "answer", "queries": list(queries), "level": level, "highlight": highlight})
        return told["ms"], told["totals"]

    def resident_bytes(self) -> int | None:
        """What it takes now."""
        return resident_bytes(self._process.pid)

    def _ask(self, what: dict[str, object]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        line = ""
        with suppress(OSError):  # it ended, which the missing answer tells
            self._process.stdin.write(json.dumps(what) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        if not line:
            raise MeasuringError(self._last_words())
        told: dict[str, Any] = json.loads(line)
        if "error" in told:
            raise MeasuringError(told["error"])
        return told

    def _last_words(self) -> str:
        said = self._log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return f"its process ended: {said[-1] if said else 'it said nothing'}"
