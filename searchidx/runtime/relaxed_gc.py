"""Relaxed garbage collection: Python looks for reference cycles rarely during indexing.

Cycle detection took a fifth of indexing time. Indexing makes no cycles, so reference counts free its objects.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_RARE = (1_000_000, 50, 100)


@contextmanager
def relaxed_gc() -> Iterator[None]:
    """Raise the thresholds of the whole process until the block ends."""
    before = gc.get_threshold()
    gc.set_threshold(*_RARE)
    try:
        yield
    finally:
        gc.set_threshold(*before)
