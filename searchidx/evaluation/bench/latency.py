"""How are many times told in three figures?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile: the smallest of the values such that at least `percent` % are not larger.

    It is always one that was measured, never between two (definition 1 of R. J. Hyndman and Y. Fan, "Sample
    quantiles in statistical packages", The American Statistician 50, 1996). `percent` is above 0, at most 100;
    there is at least one value.
    """
    rank = math.ceil(percent * len(values) / 100)
    return sorted(values)[max(1, rank) - 1]


@dataclass(frozen=True, slots=True)
class Latency:
    """How long answers took, in milliseconds, each repetition counted by itself."""

    answers: int  # that were timed
    p50: float
    p95: float
    p99: float

    @classmethod
    def of(cls, times: Sequence[float]) -> Latency:
        """The percentiles of at least one time."""
        p50, p95, p99 = (percentile(times, percent) for percent in (50, 95, 99))
        return cls(len(times), p50, p95, p99)
