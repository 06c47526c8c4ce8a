"""The weights of ranking: how much each kind of match counts, each with the measurement that set it.

A weight multiplies the BM25 of its term (`engines.bm25`). The figures are MRR@10 on three sets, in this order:
XQuAD in Spanish (questions against 240 paragraphs), the same against 1,215 sentences, and 150 editorial summaries
of Argentine norms against 4,998 norms. All values together give 0.946, 0.786, 0.752.
"""

from __future__ import annotations

STEM = 1.0
"""A form of the word in the text. All other weights are relative to this one."""

FOLDED = 0.3
"""The word as typed, accents aside. 0.2 and 0.5 change no set by more than 0.002."""

ACCENTED = 0.1
"""The word with the accents as typed: it only decides ties."""

TITLE_STEM = 0.6
TITLE_FOLDED = 0.2
"""The word in the title. Half of both, or 1.0 and 0.3, change no set by more than 0.009, up or down."""

METADATA = 0.5
"""The word in a metadata field (`schema.METADATA_FIELDS`)."""

NEIGHBOURS = 0.5
"""Two words next to each other in query and text. Without it the third set has 0.02 less, the others the same."""

TYPED_SPELLING = 1.0
NAME_VARIANT = 0.008
"""A name as typed, and another spelling of it. The BM25 of a word is never above 120 (idf 19 at a hundred million
entries, times 2.2, times the weights above), so that no variant reaches the score of the typed spelling."""

SYNONYM = 0.5
"""Another name of the same thing; the typed name has 1.0."""

FUZZY = (1.0, 0.5, 0.25)
"""A form at edit distance 0, 1 and 2 from a fuzzy word."""

MIN_SHARE = 0.75
"""The share of a long query's discriminative words that must match. When no document has so many, one suffices.

0.6 of all its words gives 0.942, 0.786, 0.693. Requiring one word alone gives 0.950, 0.784, 0.759, but then every
document that has any word of a long query is among the results."""

FREQUENT_SHARE = 0.1
FREQUENT_AT_LEAST = 50
"""A word in at least this share of the documents, and in at least this many, is not discriminative. With all words
discriminative: 0.946, 0.786, 0.713."""
