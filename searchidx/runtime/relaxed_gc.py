"""How often does Python look for circles of garbage while it indexes? Seldom: a fifth of the time went there.

What indexing makes holds no circles, and reference counts free it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (1_000_000, 50, 100)


@contextmanager
def relaxed_gc() -> Iterator[None]:
    """For the whole process, until it ends."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
