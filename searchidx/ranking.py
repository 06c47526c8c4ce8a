"""The weights of ranking: how much each kind of match counts, each with the measurement that set it.

A weight multiplies the BM25 of its term (`engines.bm25`). The figures are MRR@10 on three sets, in this order:
XQuAD in Spanish (1,184 questions against 240 paragraphs), the same against 1,215 sentences, and 998 editorial
summaries of Argentine norms against 4,998 norms. All values together give 0.952, 0.799, 0.776. Figures with three
dots are of the first 300 queries of each set.
"""

from __future__ import annotations

STEM = 1.0
"""A form of the word in the text. All other weights are relative to this one."""

KINSHIP = {"form": 1.0, "homograph": 0.4, "family": 0.8}
"""A form of the typed word, a form of a word that has a form in common with it, a word of its family. Family 0.6
gives …0.962, …0.810 on the first two sets, 0.8 gives …0.965, …0.813; homograph 0.7 gives 0.002 less on both."""

FOLDED = 0.3
"""The word as typed, accents aside. 0.5 gives 0.002 more on the first 300 queries and 0.002 less on all."""

ACCENTED = 0.1
"""The word with the accents as typed: it only decides ties."""

TITLE_STEM = 0.6
TITLE_FOLDED = 0.2
"""The word in the title. 1.8 and 0.6 give 0.04 less on the third set, with 0.03 more recall@100."""

TITLE_OF_FEW_WORDS = 3.5
"""The title counts so many times as much for a query of one word, half of it for two, and never less than once:
one word in a headline comes before four in a text."""

METADATA = 0.5
"""The word in a metadata field (`schema.METADATA_FIELDS`)."""

ALL_WORDS = 1.0
"""What a hit with all words of a query has beside their scores."""

NEIGHBOURS = 0.1
"""Two words next to each other in query and text. 0.8 gives 0.002 and 0.009 less on the first two sets than 0.3,
and 0.007 more on the third; with all queries 0.1 gives 0.002 and 0.004 more than 0.3."""

TYPED_SPELLING = 1.0
NAME_VARIANT = 0.008
"""A name as typed, and another spelling of it. The BM25 of a word is never above 120 (idf 19 at a hundred million
entries, times 2.2, times the weights above), so that no variant reaches the score of the typed spelling."""

SYNONYM = 0.5
"""Another name of the same thing; the typed name has 1.0."""

FUZZY = (1.0, 0.5, 0.25)
"""A form at edit distance 0, 1 and 2 from a fuzzy word."""

MOST_WORDS = 0.75
"""The share of the words of a query that are most of them, for the count that results give."""

FREQUENT_SHARE = 0.1
FREQUENT_AT_LEAST = 50
"""A word that at least this share of the documents has, and at least this many, is frequent: it ranks and does not
find. Without frequent words: …0.965, …0.813, …0.787 instead of …0.965, …0.813, …0.781, and twice as many hits."""
