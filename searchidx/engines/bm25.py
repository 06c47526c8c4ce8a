"""BM25, the score of a term in an entry: its constants and its inverse document frequency.

Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework: BM25 and Beyond", with Lucene's idf.
"""

from __future__ import annotations

from math import log

K1 = 1.2
B = 0.75
"""Saturation of term frequency, and normalisation by length: Lucene's defaults."""


def bm25_idf(entries: int, containing: int) -> float:
    """The weight of a term that `containing` of `entries` have; never negative (Lucene's form)."""
    return log(1 + (entries - containing + 0.5) / (containing + 0.5))
