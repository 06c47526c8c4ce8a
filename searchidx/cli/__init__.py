"""The command line `searchidx`."""

import gc

# Imported modules live until the exit. To collect garbage among them, during a run or at the exit, costs 30 ms.
gc.set_threshold(100_000, 20, 20)

from searchidx.cli.root import main  # noqa: E402 - the threshold is set before the imports

__all__ = ["main"]
