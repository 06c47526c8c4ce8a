"""Which words carry so little that a ranked query can do without them?

The list is our own (`data/stopwords.txt`): articles, clitics, prepositions, conjunctions, auxiliaries. It holds
no content word: *estado, sentido, sin, contra, no* stay. Nothing is dropped from an index because of it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from searchidx.analysis.folding import fold


@cache
def stopwords() -> frozenset[str]:
    """The folded stop words."""
    text = Path(__file__).with_name("stop_words.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0] for line in text.splitlines())
    return frozenset(fold(word) for line in lines for word in line.split())
