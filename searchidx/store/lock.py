"""Who is writing? One process at a time, held by a lock of the operating system that a crash lets go."""

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
    """Hold the lock, after waiting for it if `wait`; IndexLockedError names the process that holds it."""
    from filelock import FileLock, Timeout  # only writers pay for its import

    lock = FileLock(path, timeout=-1 if wait else 0, mode=0o600)
    try:
        lock.acquire()
    except Timeout as error:
        raise IndexLockedError(*_holder(path)) from error
    try:
        told = {"pid": os.getpid(), "since": dt.datetime.now().astimezone().isoformat()}
        _note(path).write_text(json.dumps(told), encoding="utf-8")
        yield
    finally:
        _note(path).unlink(missing_ok=True)
        lock.release()


def _note(path: Path) -> Path:
    """Who holds the lock stands beside it: whoever tries for the lock empties the file itself."""
    return path.with_suffix(".json")


def _holder(path: Path) -> tuple[int, dt.datetime | None]:
    """The process that said it holds the lock; it may have said so only in part."""
    try:
        told = json.loads(_note(path).read_text(encoding="utf-8"))
        return int(told["pid"]), dt.datetime.fromisoformat(told["since"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0, None
