"""Similar documents: a query made of the most discriminative words of one document.

As Lucene's "more like this": the words with the highest tf · idf become the query, each with that weight. Names
and rare words weigh most; words that half of the corpus has are left out.
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

_MAX_TERMS = 25
"""Words of the query; more bring no better documents and cost time."""

_MINIMUM_SHARE = 0.2
"""The share of them that a similar document must have."""

_TITLE_COUNTS = 3  # occurrences that a word of the title counts for


def similarity_query(document: Document, analyzer: Analyzer, lexicon: Lexicon) -> EngineQuery | None:
    """The query for documents similar to this one; None when it has no discriminative word."""
    counts = _stem_counts(document, analyzer)
    documents = lexicon.stem_documents(list(counts))
    weights = _weights(counts, documents, lexicon.document_count())
    best = sorted(weights, key=lambda stem: (-weights[stem], stem))[:_MAX_TERMS]
    if not best:
        return None
    highest = weights[best[0]]
    terms = tuple(Term("stem", stem, weights[stem] / highest) for stem in best)
    return Bool(should=terms, minimum_should=max(1, round(len(terms) * _MINIMUM_SHARE)))


def _stem_counts(document: Document, analyzer: Analyzer) -> Counter[str]:
    """Stem → its occurrences, without stop words and numbers."""
    counts: Counter[str] = Counter()
    stop_words = analyzer.language.stop_words
    for text, times in [(document.title, _TITLE_COUNTS), *((each.text, 1) for each in document.paragraphs)]:
        for word in analyzer.words(text):
            if word.folded not in stop_words and not word.folded.isdigit():
                counts[word.stems[0]] += times
    return counts


def _weights(counts: Mapping[str, int], documents: Mapping[str, int], total: int) -> dict[str, float]:
    """Stem → √tf · idf, without stems that only one document has, or more than half of all."""
    containing = {stem: documents.get(stem, 0) for stem in counts}
    return {
        stem: counts[stem] ** 0.5 * bm25_idf(total, having)
        for stem, having in containing.items()
        if 1 < having <= max(2, total / 2)
    }
