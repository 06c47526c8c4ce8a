"""Memory of a process, alone and with its descendants, as Linux reports it in /proc."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

_INTERVAL_S = 0.1
_PROC = Path("/proc")


def resident_bytes(pid: int) -> int | None:
    """The resident set of a process, mapped files included; None where /proc does not exist."""
    return _size_in(_PROC / str(pid) / "status", "VmRSS")


def family_bytes(pid: int) -> int | None:
    """The memory of a process and all its descendants; shared memory counts once (PSS)."""
    sizes = [_size_in(_PROC / str(each) / "smaps_rollup", "Pss") for each in _family(pid)]
    known = [size for size in sizes if size is not None]  # a process may have ended in the meantime
    return sum(known) if known else None


class PeakMemory:
    """A context that records the peak memory of a process and its descendants, sampled ten times a second."""

    def __init__(self, pid: int) -> None:
        self.peak_bytes: int | None = None
        self._pid = pid
        self._is_over = Event()
        self._thread = Thread(target=self._sample, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._is_over.set()
        self._thread.join()

    def _sample(self) -> None:
        while True:
            now = family_bytes(self._pid)
            self.peak_bytes = max(now or 0, self.peak_bytes or 0) or None
            if self._is_over.wait(_INTERVAL_S):
                return


def _family(pid: int) -> Iterator[int]:
    """The process and its descendants that exist now."""
    yield pid
    for children in _PROC.glob(f"{pid}/task/*/children"):
        try:
            child_pids = children.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in child_pids:
            yield from _family(int(child))


def _size_in(path: Path, name: str) -> int | None:
    """The size, in bytes, that a file of /proc gives in kB; None when the file or the entry is missing."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    size = re.search(rf"^{name}:\s*(\d+) kB$", text, re.MULTILINE)
    return int(size[1]) * 1024 if size else None
