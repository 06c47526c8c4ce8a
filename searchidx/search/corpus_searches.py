"""What do completions ask of the corpus? A few searches, each for what stands together in it."""

from __future__ import annotations

from collections.abc import Sequence

from searchidx.query.planning.planner import PlanOptions
from searchidx.search.options import (
    MAX_PER_PAGE,
    SearchOptions,
)
from searchidx.search.searcher import Searcher

_AS_TYPED = PlanOptions(variants=False, synonyms=False)


class CorpusSearches:
    """The `Corpus` of `suggest`, answered by a searcher."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def count(self, words: Sequence[str]) -> int:
        """How many documents have all of these words."""
        return self._searcher.search(_all_of(words), SearchOptions(per_page=1, wishes=_AS_TYPED)).total

    def paragraphs(self, words: Sequence[str], limit: int) -> Sequence[str]:
        """The texts of the best paragraphs with all of these words, long ones cut around them."""
        request = SearchOptions("paragraph", per_page=min(limit, MAX_PER_PAGE), wishes=_AS_TYPED)
        found = self._searcher.search(_all_of(words), request)
        return [snippet.text for hit in found.hits for snippet in hit.snippets]

    def titles(self, words: Sequence[str], beginnings: Sequence[str], limit: int) -> Sequence[str]:
        """The best titles with all of `words` and any of the words `beginnings`."""
        any_beginning = f"({' O '.join(beginnings)})"
        query = f"título:({_all_of([*words, any_beginning])})"
        request = SearchOptions(per_page=min(limit, MAX_PER_PAGE), wishes=_AS_TYPED)
        return [hit.title for hit in self._searcher.search(query, request).hits]


def _all_of(words: Sequence[str]) -> str:
    return " Y ".join(words)
