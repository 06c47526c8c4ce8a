"""Measuring and printing of times, shared by the benchmarks."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TypeVar

from searchidx.evaluation.bench.report import percentile

T = TypeVar("T")


def timed(action: Callable[[], object]) -> float:
    """The seconds that one call takes."""
    started = time.perf_counter()
    action()
    return time.perf_counter() - started


def times_of(action: Callable[[T], object], arguments: Iterable[T]) -> list[float]:
    """The seconds of a call with each argument."""
    return [timed(partial(action, argument)) for argument in arguments]


def print_runs(name: str, seconds: Sequence[float]) -> None:
    """Print median, minimum and maximum of runs of one thing, in milliseconds."""
    low, middle, high = (value * 1000 for value in (min(seconds), statistics.median(seconds), max(seconds)))
    print(f"{name:<44} median {middle:>7.2f} ms   (min {low:.2f}, max {high:.2f})")


def print_percentiles(name: str, seconds: Sequence[float]) -> None:
    """Print number, p50 and p99 of response times, in milliseconds."""
    p50, p99 = (percentile(seconds, percent) * 1000 for percent in (50, 99))
    print(f"{name:<24}{len(seconds):>8}   p50 {p50:8.2f} ms   p99 {p99:8.2f} ms")
