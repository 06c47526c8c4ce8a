"""Which terms may a typed word stand for? Its own, and those of every form in the corpus with the same letters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from searchidx import ranking
from searchidx.analysis.analyzer import Analyzer, Word
from searchidx.analysis.stemming import stem
from searchidx.analysis.stopwords import stopwords
from searchidx.store.lexicon import Lexicon

_USUAL_ACCENTS = (
    ("abamos", "ábamos"),
    ("iamos", "íamos"),
    ("on", "ón"),
    ("es", "és"),
    ("ian", "ían"),
    ("ran", "rán"),
    ("io", "ió"),
    ("ia", "ía"),
    ("ra", "rá"),
)
"""Endings that people type without the accent which they usually bear: verbs (cantábamos, recibió, tenía, hablará)
and nouns (reunión, interés). Tried for words that the corpus does not have, whose accent it cannot tell."""


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word of the query with all that it stands for."""

    word: Word
    stems: tuple[str, ...]  # alternatives; its own first
    surfaces: tuple[str, ...]  # folded forms; its own first
    is_telling: bool  # whether having it tells documents apart: some have it, and not a large share of all

    @property
    def is_stopword(self) -> bool:
        """Whether a query can do without it."""
        return self.word.surface in stopwords()


class Vocabulary:
    """Looks typed words up in the lexicon."""

    def __init__(self, analyzer: Analyzer, lexicon: Lexicon) -> None:
        self._analyzer = analyzer
        self._lexicon = lexicon

    def words(self, text: str) -> list[TypedWord]:
        """The words of a piece of the query, in order."""
        words = self._analyzer.words(text)
        forms = self._lexicon.folding_to([word.surface for word in words])
        alternatives = []
        for word in words:
            in_corpus = [form.stem for form in forms[word.surface]]
            alternatives.append(_distinct([word.stem, *(in_corpus or _accented_stems(word.surface))]))
        documents = self._lexicon.stem_documents(_distinct(stem for stems in alternatives for stem in stems))
        frequent = self._frequent_from(max(documents.values(), default=0))
        return [
            TypedWord(word, stems, (word.surface,), 0 < max(documents.get(stem, 0) for stem in stems) < frequent)
            for word, stems in zip(words, alternatives, strict=True)
        ]

    def _frequent_from(self, most: int) -> float:
        """The number of documents from which a word is frequent, given how many have the most frequent of some."""
        if most < ranking.FREQUENT_AT_LEAST:
            return ranking.FREQUENT_AT_LEAST
        return max(ranking.FREQUENT_AT_LEAST, ranking.FREQUENT_SHARE * self._lexicon.document_count())

    def surfaces(self, text: str) -> tuple[str, ...]:
        """The folded forms of a quoted piece of the query, in order."""
        return tuple(word.surface for word in self._analyzer.words(text))


def _accented_stems(fold: str) -> list[str]:
    endings = ((plain, accented) for plain, accented in _USUAL_ACCENTS if fold.endswith(plain))
    return [stem(fold.removesuffix(plain) + accented) for plain, accented in endings]


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
