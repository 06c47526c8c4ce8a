"""Percentiles by nearest rank."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.evaluation.bench.report import (
    Latency,
    percentile,
)


@pytest.mark.parametrize(
    ("percent", "expected"), [(1, 15), (5, 15), (30, 20), (40, 20), (50, 35), (60, 35), (99, 50), (100, 50)]
)
def test_the_nearest_rank_is_one_of_the_values(percent: float, expected: int) -> None:
    assert percentile([35, 20, 15, 50, 40], percent) == expected


def test_of_a_hundred_values_the_99th_percentile_is_the_99th() -> None:
    assert percentile(range(1, 101), 99) == 99
    assert Latency.of(list(range(1, 101))) == Latency(100, 50, 95, 99)


def test_one_value_is_every_percentile() -> None:
    assert Latency.of([7.0]) == Latency(1, 7.0, 7.0, 7.0)


@given(st.lists(st.integers(), min_size=1), st.integers(1, 100))
def test_it_is_the_smallest_value_that_so_many_percent_do_not_pass(values: list[int], percent: int) -> None:
    found = percentile(values, percent)
    assert 100 * sum(value <= found for value in values) >= percent * len(values)
    assert 100 * sum(value < found for value in values) < percent * len(values)
