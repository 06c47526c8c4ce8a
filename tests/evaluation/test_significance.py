"""The randomization test against all permutations of small samples."""

from __future__ import annotations

from itertools import product

import pytest

from searchidx.evaluation.relevance.significance import randomization_test


def exact(differences: list[float]) -> float:
    """The p-value over all choices of signs."""
    observed = abs(sum(differences)) - 1e-9
    choices = list(product((1, -1), repeat=len(differences)))
    sums = [abs(sum(s * d for s, d in zip(signs, differences, strict=True))) for signs in choices]
    return sum(each >= observed for each in sums) / len(choices)


@pytest.mark.parametrize(
    "differences",
    [
        [0.5],
        [0.1, 0.2, 0.3, -0.05],
        [1.0] * 10,
        [0.3, -0.3],
        [0.01 * number for number in range(-3, 9)],
        [0.25, 0.5, -0.125, 0.0, 0.0, 0.75, 1.0, -0.5, 0.3, 0.1, 0.2, 0.4],
    ],
)
def test_the_p_value_is_near_that_of_all_permutations(differences: list[float]) -> None:
    assert randomization_test(differences) == pytest.approx(exact(differences), abs=0.015)


def test_equal_systems_do_not_differ() -> None:
    assert randomization_test([0.0, 0.0, 0.0]) == 1
    assert randomization_test([]) == 1


def test_a_large_difference_has_a_small_p_value_but_never_0() -> None:
    assert randomization_test([0.5] * 1000) == 1 / 10_001


def test_the_sign_of_the_difference_does_not_matter_and_the_seed_is_fixed() -> None:
    differences = [0.1, 0.25, -0.03, 0.4, 0.07, -0.2, 0.15]
    assert randomization_test(differences) == randomization_test([-each for each in differences])
    assert randomization_test(differences) == randomization_test(differences)
    assert randomization_test(differences, seed=2) != randomization_test(differences)
