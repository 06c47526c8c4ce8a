"""Which words could a reader try who has found nothing, or does not know where to begin?"""

from __future__ import annotations

from searchidx import Index

_BEGINNINGS = "rpcemas"
"""Letters with which many Spanish names begin."""

_WANTED = 4
_SHORTEST = 4
_TRIED = 6  # words of each letter
_LOOKED_AT = 3  # words of a query
_BEGUN = (6, 4, 3)  # letters of each, the most first


def example_queries(index: Index) -> list[str]:
    """Words that find something, names before others; none in an empty index."""
    found = [word for letter in _BEGINNINGS if (word := _best(index, letter))]
    return sorted(found, key=lambda word: not word[0].isupper())[:_WANTED]


def near_words(index: Index, query: str) -> list[str]:
    """Words of the index that begin as the first word of a query that has such; none when none does."""
    for word in query.split()[:_LOOKED_AT]:
        for length in _BEGUN:
            found = index.suggest(word[:length], limit=_WANTED)
            if words := [each.text for each in found if each.kind == "word"]:
                return words
    return []


def _best(index: Index, letter: str) -> str:
    words = [each.text for each in index.suggest(letter, limit=_TRIED) if each.kind == "word"]
    long = [word for word in words if len(word) >= _SHORTEST]
    return next((word for word in long if word[0].isupper()), long[0] if long else "")
