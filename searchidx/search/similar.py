"""Which documents are about the same? Those that share the words which tell this one from others.

"More like this", as Lucene has it: the words of a document with the highest tf · idf become a query, each weighted
by it. Names and rare words weigh most; what half of the corpus has weighs nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from searchidx.analysis.analyzer import Analyzer
from searchidx.engines.bm25 import bm25_idf
from searchidx.engines.query import (
    Bool,
    EngineQuery,
    Term,
)
from searchidx.model.document import Document
from searchidx.store.lexicon import Lexicon

_TERMS = 25
"""Words of the query; more bring no better documents and cost time."""

_MINIMUM_SHARE = 0.2
"""Of them, how many another document must share."""

_TITLE_COUNTS = 3  # a word of the title counts as often as it would in so many paragraphs


def similarity_query(document: Document, analyzer: Analyzer, lexicon: Lexicon) -> EngineQuery | None:
    """What to ask for documents like this one; None when it has no word that tells it apart."""
    counts = _stem_counts(document, analyzer)
    documents = lexicon.stem_documents(list(counts))
    weights = _weights(counts, documents, lexicon.document_count())
    best = sorted(weights, key=lambda stem: (-weights[stem], stem))[:_TERMS]
    if not best:
        return None
    highest = weights[best[0]]
    terms = tuple(Term("stem", stem, weights[stem] / highest) for stem in best)
    return Bool(should=terms, minimum_should=max(1, round(len(terms) * _MINIMUM_SHARE)))


def _stem_counts(document: Document, analyzer: Analyzer) -> Counter[str]:
    counts: Counter[str] = Counter()
    stop_words = analyzer.language.stop_words
    for text, times in [(document.title, _TITLE_COUNTS), *((each.text, 1) for each in document.paragraphs)]:
        for word in analyzer.words(text):
            if word.folded not in stop_words and not word.folded.isdigit():
                counts[word.stem] += times
    return counts


def _weights(counts: Mapping[str, int], documents: Mapping[str, int], total: int) -> dict[str, float]:
    """tf · idf of each stem; those of one document alone, and of more than half of all, are left out."""
    shared = {stem: documents.get(stem, 0) for stem in counts}
    return {
        stem: counts[stem] ** 0.5 * bm25_idf(total, having)
        for stem, having in shared.items()
        if 1 < having <= max(2, total / 2)
    }
