"""The vocabulary of the corpus: the terms that each word of a query is searched by.

A word is searched in every form that has the same letters without accents and capitals, and in its other
spellings, which names have most of. They are looked up in the lexicon before the engine searches, so that every
engine ranks and highlights them alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from searchidx import ranking
from searchidx.analysis.analyzer import Analyzer, Word
from searchidx.query.terms.spellings import spanish_spellings
from searchidx.query.terms.synonyms import Name, Synonym, Synonyms, country_names, read_synonyms
from searchidx.store.connection import VersionedCache
from searchidx.store.lexicon import Form, Lexicon

if TYPE_CHECKING:
    from searchidx.query.terms.term_dictionary import TermDictionary

T = TypeVar("T")

_NAME_CAPITALS = 0.9
"""The least share of the occurrences of a name with a capital; a word that often begins a sentence has a smaller
share."""

_MAX_VARIANTS = 20

_FEW_CANDIDATES = 100
"""Up to so many candidates are compared sooner than rapidfuzz is imported (13 ms)."""

_MIN_LETTER_SIMILARITY = 0.34
"""The least similarity by edit distance of two spellings of a name. Of 31,647 pairs of one name in
`tests/benchmarks/name_variants.py`, 0.08 % have less; of the candidates that a corpus of laws offers, 73 %."""

_MAX_CACHED = 10_000  # words, a few megabytes


@dataclass(frozen=True, slots=True)
class Variant:
    """Another spelling of a word, mostly of a name."""

    form: str  # as written, in lower case
    folded: str
    stem: str


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word of the query with the terms that it is searched by."""

    word: Word
    stems: tuple[str, ...]  # alternatives; its own first
    is_discriminative: bool  # some documents have it, and not a large share of all
    is_stopword: bool  # it is left out of a query that has other words
    variants: tuple[Variant, ...] = ()  # most alike first
    is_known: bool = True  # the corpus has it, in any form


class Vocabulary:
    """Looks up the words of queries in the lexicon. May serve many threads."""

    def __init__(self, analyzer: Analyzer, lexicon: Lexicon, synonyms_files: Sequence[Path]) -> None:
        self.language = analyzer.language
        self._analyzer = analyzer
        self._lexicon = lexicon
        self._synonyms_files = synonyms_files
        # A commit by another process replaces the dictionary by an empty one.
        self._cache: VersionedCache[dict[tuple[Word, bool], TypedWord]] = lexicon.cached(dict)

    @cached_property
    def term_dictionary(self) -> TermDictionary:
        """The terms of the corpus, to be found by pattern."""
        from searchidx.query.terms.term_dictionary import TermDictionary  # plain words never need it

        return TermDictionary(self._lexicon, self.language)

    @cached_property
    def _synonyms(self) -> Synonyms:
        """The groups of the files, read for the first query; CorpusError when one cannot be read."""
        return read_synonyms(self._synonyms_files, self._analyzer)

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
        names = [
            _distinct([*self._other_spellings(word), *self._variants(word, forms[word.folded])])
            if variants
            else ()
            for word in words
        ]
        all_stems = (each for alternatives in stems for each in alternatives)
        variant_stems = (variant.stem for found in names for variant in found)
        documents = self._lexicon.stem_documents(_distinct([*all_stems, *variant_stems]))
        typed = []
        for word, alternatives, found in zip(words, stems, names, strict=True):
            searched = (*alternatives, *(variant.stem for variant in found))
            is_discriminative = self._is_discriminative(max(documents.get(each, 0) for each in searched))
            is_stopword = word.folded in self.language.stop_words
            typed.append(
                TypedWord(word, alternatives, is_discriminative, is_stopword, found, bool(forms[word.folded]))
            )
        return typed

    def synonyms_among(self, typed: Sequence[TypedWord]) -> list[Synonym]:
        """The names among these words that have synonyms in the corpus.

        The name of a country in another language has its Spanish names when the corpus lacks it.
        """
        words = tuple(word.word.folded for word in typed)
        found = list(self._synonyms.find(words))
        if not all(word.is_known for word in typed):
            found += self._foreign_countries(typed, found)
        names = [(words[each.first : each.end], *each.others) for each in found]
        forms = self._lexicon.with_folded(_distinct(word for group in names for name in group for word in name))
        usable = [tuple(name for name in group if self._is_name_in(forms, name)) for group in names]
        return [
            replace(each, others=others)
            for each, group, searched in zip(found, names, usable, strict=True)
            if (others := tuple(name for name in searched if name != group[0]))
            and (group[0] in searched or not self._is_common_word(forms, group[0]))
        ]

    def _foreign_countries(self, typed: Sequence[TypedWord], found: Sequence[Synonym]) -> Iterator[Synonym]:
        covered = {index for each in found for index in range(each.first, each.end)}
        for each in country_names().find(tuple(word.word.folded for word in typed)):
            places = range(each.first, each.end)
            if covered.isdisjoint(places) and not all(typed[index].is_known for index in places):
                others = (other for name in each.others for other in (name, *self._synonyms.of(name)))
                yield replace(each, others=_distinct(others))

    def _is_name_in(self, forms: Mapping[str, list[Form]], name: Name) -> bool:
        """Whether the corpus has every word of a name, and a single word as a name."""
        return all(map(forms.get, name)) and not self._is_common_word(forms, name)

    def _is_common_word(self, forms: Mapping[str, list[Form]], name: Name) -> bool:
        """Whether a name of one word is another word in this corpus (*Tejas*, *tejas*)."""
        return len(name) == 1 and name[0] in self._synonyms.proper and not _are_mostly_capitals(forms[name[0]])

    def folded_forms(self, text: str) -> tuple[str, ...]:
        """The folded forms of a quoted part of the query, in order."""
        return tuple(word.folded for word in self._analyzer.words(text))

    def _stems(self, word: Word, forms: Sequence[Form]) -> tuple[str, ...]:
        in_corpus = [form.stem for form in forms]
        # A word that the corpus lacks is also tried with its usual accent, because no form can show the accent.
        accented = () if in_corpus else self.language.accented_forms(word.folded)
        return _distinct([word.stem, *in_corpus, *map(self.language.stem, accented)])

    def _other_spellings(self, word: Word) -> list[Variant]:
        """The spellings of a word by the rules of the language, in the forms that the corpus has."""
        stop_words = self.language.stop_words
        others = [other for other in spanish_spellings().of(word.folded) if other not in stop_words]
        if not others or word.folded in stop_words:
            return []
        accented = [form for other in others for form in self.language.accented_forms(other)]
        accented += [_with_accents_of(word, other) for other in others]
        tried = [self._analyzer.word_of_form(form) for form in _distinct([*others, *accented])]
        in_corpus = [form for forms in self._lexicon.with_folded(others).values() for form in forms]
        variants = [Variant(form.form, form.folded, form.stem) for form in in_corpus]
        variants += [Variant(each.lower, each.folded, each.stem) for each in tried]
        known = self._lexicon.stem_documents(_distinct(variant.stem for variant in variants))
        by_terms = {(each.folded, each.stem): each for each in reversed(variants) if each.stem in known}
        return list(by_terms.values())

    def _variants(self, word: Word, forms: Sequence[Form]) -> tuple[Variant, ...]:
        """The other spellings of a name in the corpus; none for a word that the corpus has in small letters."""
        if not _are_mostly_capitals(forms):
            return ()
        from searchidx.analysis.names.similarity import name_keys  # words in small letters never need it

        keys = name_keys(word.lower)
        candidates = self._lexicon.with_name_keys(keys, _NAME_CAPITALS) if keys else []
        alike = [
            (-likeness, -form.documents, form.form, form) for form, likeness in name_variants(word, candidates)
        ]
        best = sorted(alike)[:_MAX_VARIANTS]
        return tuple(Variant(form.form, form.folded, form.stem) for *_, form in best)

    def _is_discriminative(self, documents: int) -> bool:
        """Whether a word is discriminative that `documents` documents have."""
        if documents < ranking.FREQUENT_AT_LEAST:
            return documents > 0
        return documents < ranking.FREQUENT_SHARE * self._lexicon.document_count()


def name_variants(word: Word, candidates: Sequence[Form]) -> Iterator[tuple[Form, float]]:
    """The candidates that spell the same name with other letters, each with the probability that it does (0 to 1).

    Most candidates are no variants, and leave at little cost.
    """
    others = [form for form in candidates if form.folded != word.folded]
    if not others:
        return
    from searchidx.analysis.names.similarity import NAME_THRESHOLD, name_similarity  # few queries need it

    for form in others if len(others) <= _FEW_CANDIDATES else _with_similar_letters(word.lower, others):
        similarity = name_similarity(word.lower, form.form)
        if similarity >= NAME_THRESHOLD:
            yield form, similarity


def _with_similar_letters(typed: str, forms: Sequence[Form]) -> Iterator[Form]:
    from rapidfuzz.distance import Levenshtein  # a small index never needs it

    from searchidx.analysis.names.graphemes import latin_letters

    letters, least = latin_letters(typed), _MIN_LETTER_SIMILARITY
    for form in forms:
        if Levenshtein.normalized_similarity(letters, latin_letters(form.form), score_cutoff=least):
            yield form


def _with_accents_of(word: Word, other: str) -> str:
    """Another spelling of a word, with the accents where both end alike (*psicólogo*, *sicólogo*)."""
    pairs = zip(reversed(word.folded), reversed(other), strict=False)
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    # Folding can change the number of letters, but not of Spanish ones.
    if not alike or len(word.lower) != len(word.folded):
        return other
    return other[:-alike] + word.lower[-alike:]


def _are_mostly_capitals(forms: Sequence[Form]) -> bool:
    """Whether the corpus mostly writes a word with a capital, or lacks it."""
    return sum(form.capitals for form in forms) >= _NAME_CAPITALS * sum(form.occurrences for form in forms)


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
