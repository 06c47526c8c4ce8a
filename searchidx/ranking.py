"""How much does each kind of match count? BM25 and every weight of the plan, each with what set it."""

from __future__ import annotations

from math import log

K1 = 1.2
B = 0.75
"""BM25's saturation and length normalisation: Robertson and Zaragoza 2009, and Lucene's defaults."""


def bm25_idf(entries: int, containing: int) -> float:
    """The weight of a term that `containing` of `entries` have; never negative (Lucene's form)."""
    return log(1 + (entries - containing + 0.5) / (containing + 0.5))


STEM = 1.0
"""A form of the word in the text: the unit of all other weights."""

SURFACE = 0.3
ACCENTED = 0.1
TITLE_STEM = 0.6
TITLE_SURFACE = 0.2
ABOUT = 0.5
NEIGHBOURS = 0.5
MOST = 0.6
