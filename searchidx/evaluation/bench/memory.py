"""How much memory does a process take, alone and with all its children? As Linux tells it below /proc."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

_EVERY_S = 0.1
_PROC = Path("/proc")


def resident_bytes(pid: int) -> int | None:
    """The resident set of a process, mapped files included; None where the system does not tell."""
    return _told(_PROC / str(pid) / "status", "VmRSS")


def together_bytes(pid: int) -> int | None:
    """What a process and all its descendants take: memory that several share counts once (PSS)."""
    sizes = [_told(_PROC / str(each) / "smaps_rollup", "Pss") for each in _family(pid)]
    known = [size for size in sizes if size is not None]  # one may have ended meanwhile
    return sum(known) if known else None


class PeakMemory:
    """Within it, the most that a process and its descendants take together, looked at ten times a second."""

    def __init__(self, pid: int) -> None:
        self.peak_bytes: int | None = None
        self._pid = pid
        self._done = Event()
        self._watcher = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> PeakMemory:
        self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._done.set()
        self._watcher.join()

    def _watch(self) -> None:
        while True:
            now = together_bytes(self._pid)
            self.peak_bytes = max(now or 0, self.peak_bytes or 0) or None
            if self._done.wait(_EVERY_S):
                return


def _family(pid: int) -> Iterator[int]:
    """The process and its descendants that are there now."""
    yield pid
    for children in _PROC.glob(f"{pid}/task/*/children"):
        try:
            found = children.read_text(encoding="ascii").split()
        except OSError:
            continue
        for child in found:
            yield from _family(int(child))


def _told(path: Path, name: str) -> int | None:
    """A size that a file of /proc gives in kB."""
    try:
        told = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    found = re.search(rf"^{name}:\s*(\d+) kB$", told, re.MULTILINE)
    return int(found[1]) * 1024 if found else None
