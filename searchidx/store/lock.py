"""The lock of the one process that writes: an operating system lock, which a crash releases."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from searchidx.errors import IndexLockedError


@contextmanager
def writer_lock(path: Path, *, wait: bool) -> Iterator[None]:
    """Hold the lock, waiting for it if `wait`; otherwise IndexLockedError names the process that has it."""
    from filelock import FileLock, Timeout  # only writers need it

    lock = FileLock(path, timeout=-1 if wait else 0, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise IndexLockedError(*_read_holder(path)) from error
    try:
        holder = {"pid": os.getpid(), "since": dt.datetime.now().astimezone().isoformat()}
        _holder_file(path).write_text(json.dumps(holder), encoding="utf-8")
        yield
    finally:
        _holder_file(path).unlink(missing_ok=True)
        lock.release()


def _holder_file(path: Path) -> Path:
    """The file that names the holder. It is not the lock file, which every attempt to lock truncates."""
    return path.with_suffix(".json")


def _read_holder(path: Path) -> tuple[int, dt.datetime | None]:
    """(process id, time since) of the holder; (0, None) when its file is missing or incomplete."""
    try:
        holder = json.loads(_holder_file(path).read_text(encoding="utf-8"))
        return int(holder["pid"]), dt.datetime.fromisoformat(holder["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, None
