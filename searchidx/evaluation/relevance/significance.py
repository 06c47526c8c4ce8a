"""A test of whether two systems differ by more than chance."""

from __future__ import annotations

import random
from collections.abc import Sequence

PERMUTATIONS = 10_000
SEED = 1

_GROUP = 8  # topics whose signs are the bits of one random byte
_ROUNDING = 1e-9  # sums that differ by less are equal


def randomization_test(differences: Sequence[float], permutations: int = PERMUTATIONS, seed: int = SEED) -> float:
    """The p-value of a two-sided paired randomization test of the mean difference.

    `differences` are those of one measure, topic by topic. If the systems were the same, each difference could as
    well have the other sign: the p-value is the share of random choices of signs that give a mean at least as far
    from 0 as the one observed. The observed one counts as a choice too, so that the smallest p-value is
    1 / (permutations + 1), never 0.

    M. D. Smucker, J. Allan and B. Carterette 2007, doi:10.1145/1321440.1321528; for the observed one, B. Phipson
    and G. K. Smyth 2010, doi:10.2202/1544-6115.1585.
    """
    nonzero = [difference for difference in differences if difference]
    observed = abs(sum(nonzero)) - _ROUNDING
    tables = [_signed_sums(nonzero[start : start + _GROUP]) for start in range(0, len(nonzero), _GROUP)]
    rng = random.Random(seed)
    as_far = 0
    for _ in range(permutations):
        signs = rng.randbytes(len(tables))
        total = sum(table[byte] for table, byte in zip(tables, signs, strict=True))
        as_far += abs(total) >= observed
    return (as_far + 1) / (permutations + 1)


def _signed_sums(differences: Sequence[float]) -> list[float]:
    """The sum of up to eight differences under each choice of signs; a bit that is set turns a sign round."""
    return [
        sum(-difference if byte >> bit & 1 else difference for bit, difference in enumerate(differences))
        for byte in range(1 << _GROUP)
    ]
