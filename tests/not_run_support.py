"""The line at the end of a run: which tests did not run, and how to run them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

SLOW = "slow: make slow"


def not_run_line(reasons: Iterable[str]) -> str:
    """One line for these reasons, the most frequent first; empty without reasons.

    There is one reason for each test that did not run. It says what is missing and how to get it.
    """
    counts = Counter(reasons).most_common()
    groups = (f"{count} {'test' if count == 1 else 'tests'} ({reason})" for reason, count in counts)
    return f"Not run: {', '.join(groups)}" if counts else ""
