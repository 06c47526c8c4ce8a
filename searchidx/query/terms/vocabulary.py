"""The vocabulary of the corpus: the terms that each word of a query is searched by.

A word is searched in every form that has the same letters without accents and capitals, and a name in its other
spellings too. They are looked up in the lexicon before the engine searches, so that every engine ranks and
highlights them alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from searchidx import ranking
from searchidx.analysis.analyzer import Analyzer, Word
from searchidx.analysis.languages.es.stemming import stem
from searchidx.analysis.languages.es.stop_words import stopwords
from searchidx.query.terms.name_variants import spellings
from searchidx.query.terms.synonyms import (
    Synonym,
    Synonyms,
    read_synonyms,
)
from searchidx.store.lexicon import Form, Lexicon
from searchidx.store.remembered import VersionedCache

if TYPE_CHECKING:
    from searchidx.query.terms.term_dictionary import TermDictionary

_USUAL_ACCENTS = (
    ("abamos", "ábamos"),
    ("iamos", "íamos"),
    ("ian", "ían"),
    ("ran", "rán"),
    ("on", "ón"),
    ("es", "és"),
    ("io", "ió"),
    ("ia", "ía"),
    ("ra", "rá"),
)
"""Endings that people type without their usual accent: of verbs (cantábamos, recibió, tenía, hablará) and nouns
(reunión, interés). Tried for words that the corpus does not have, so that their accent is unknown."""

_NAME_CAPITALS = 0.9
"""The least share of the occurrences of a name with a capital; a word that often begins a sentence has a smaller
share."""

_MAX_VARIANTS = 20

_MAX_CACHED = 10_000  # words, a few megabytes


@dataclass(frozen=True, slots=True)
class Variant:
    """Another spelling of a name."""

    form: str  # as written, in lower case
    folded: str
    stem: str


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word of the query with the terms that it is searched by."""

    word: Word
    stems: tuple[str, ...]  # alternatives; its own first
    folded_forms: tuple[str, ...]  # its own first
    is_discriminative: bool  # some documents have it, and not a large share of all
    variants: tuple[Variant, ...] = ()  # most alike first

    @property
    def is_stopword(self) -> bool:
        """Whether it is left out of a query that has other words."""
        return self.word.folded in stopwords()


class Vocabulary:
    """Looks up the words of queries in the lexicon. May serve many threads."""

    def __init__(self, analyzer: Analyzer, lexicon: Lexicon, synonyms_file: Path) -> None:
        self._analyzer = analyzer
        self._lexicon = lexicon
        self._synonyms_file = synonyms_file
        # A commit by another process replaces the dictionary by an empty one.
        self._cache: VersionedCache[dict[tuple[Word, bool], TypedWord]] = lexicon.remembered(dict)

    @cached_property
    def term_dictionary(self) -> TermDictionary:
        """The terms of the corpus, to be found by pattern."""
        from searchidx.query.terms.term_dictionary import TermDictionary  # plain words never need it

        return TermDictionary(self._lexicon)

    @cached_property
    def _synonyms(self) -> Synonyms:
        """The groups of the file, read for the first query; CorpusError when it cannot be read."""
        return read_synonyms(self._synonyms_file, self._analyzer)

    def words(self, text: str, *, variants: bool = True) -> list[TypedWord]:
        """The words of a part of the query, in order; `variants` says whether names get their other spellings."""
        words = self._analyzer.words(text)
        # The same words are searched again: letter by letter, page by page, filter by filter.
        cache = self._cache.value()
        found = {word: typed for word in words if (typed := cache.get((word, variants)))}
        if new := [word for word in dict.fromkeys(words) if word not in found]:
            found.update(zip(new, self._look_up(new, variants), strict=True))
            if len(cache) >= _MAX_CACHED:
                cache.clear()
            cache.update(((word, variants), found[word]) for word in new)
        return [found[word] for word in words]

    def _look_up(self, words: Sequence[Word], variants: bool) -> list[TypedWord]:
        forms = self._lexicon.with_folded([word.folded for word in words])
        stems = [self._stems(word, forms[word.folded]) for word in words]
        names = [self._variants(word, forms[word.folded]) if variants else () for word in words]
        all_stems = (each for alternatives in stems for each in alternatives)
        variant_stems = (variant.stem for found in names for variant in found)
        documents = self._lexicon.stem_documents(_distinct([*all_stems, *variant_stems]))
        typed = []
        for word, alternatives, found in zip(words, stems, names, strict=True):
            searched = (*alternatives, *(variant.stem for variant in found))
            is_discriminative = self._is_discriminative(max(documents.get(each, 0) for each in searched))
            typed.append(TypedWord(word, alternatives, (word.folded,), is_discriminative, found))
        return typed

    def synonyms_among(self, typed: Sequence[TypedWord]) -> list[Synonym]:
        """The names among these words that have synonyms in the corpus."""
        found = list(self._synonyms.find(tuple(word.word.folded for word in typed)))
        words = {word for each in found for name in each.others for word in name}
        known = self._lexicon.with_folded(list(words)) if words else {}
        others = [tuple(name for name in each.others if all(map(known.get, name))) for each in found]
        return [replace(each, others=names) for each, names in zip(found, others, strict=True) if names]

    def folded_forms(self, text: str) -> tuple[str, ...]:
        """The folded forms of a quoted part of the query, in order."""
        return tuple(word.folded for word in self._analyzer.words(text))

    def _stems(self, word: Word, forms: Sequence[Form]) -> tuple[str, ...]:
        in_corpus = [form.stem for form in forms]
        return _distinct([word.stem, *(in_corpus or _accented_stems(word.folded))])

    def _variants(self, word: Word, forms: Sequence[Form]) -> tuple[Variant, ...]:
        """The other spellings of a name in the corpus; none for a word that the corpus has in small letters."""
        occurrences = sum(form.occurrences for form in forms)
        if occurrences and sum(form.capitals for form in forms) < _NAME_CAPITALS * occurrences:
            return ()
        from searchidx.analysis.names.similarity import name_keys  # words in small letters never need it

        keys = name_keys(word.form)
        candidates = self._lexicon.with_name_keys(keys, _NAME_CAPITALS) if keys else []
        alike = [(-likeness, -form.documents, form.form, form) for form, likeness in spellings(word, candidates)]
        best = sorted(alike)[:_MAX_VARIANTS]
        return tuple(Variant(form.form, form.folded, form.stem) for *_, form in best)

    def _is_discriminative(self, documents: int) -> bool:
        """Whether a word that so many documents have is discriminative."""
        if documents < ranking.FREQUENT_AT_LEAST:
            return documents > 0
        return documents < ranking.FREQUENT_SHARE * self._lexicon.document_count()


def _accented_stems(fold: str) -> list[str]:
    endings = ((plain, accented) for plain, accented in _USUAL_ACCENTS if fold.endswith(plain))
    return [stem(fold.removesuffix(plain) + accented) for plain, accented in endings]


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))
