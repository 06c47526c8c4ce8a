"""The command `searchidx`: what a person types, and what a script reads."""

import gc

# What a start imports stays until the end: to collect among it, now or at the exit, costs 30 ms.
gc.set_threshold(100_000, 20, 20)

from searchidx.cli.root import main  # noqa: E402 - its imports are what this is for

__all__ = ["main"]
