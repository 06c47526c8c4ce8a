"""The vocabulary of the corpus: the terms that each word of a query is searched by.

A word is searched in every form that has the same letters without accents and capitals, and in its other
spellings, which names have most of. They are looked up in the lexicon before the engine searches, so that every
engine ranks and highlights them alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from searchidx import ranking
from searchidx.analysis.analyzer import MAX_TERM, Analyzer, Word
from searchidx.analysis.languages.language import SearchStem
from searchidx.query.terms.numerals import numeral_synonyms
from searchidx.query.terms.spellings import spanish_spellings, with_accents_of
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
    stems: tuple[str, ...] = ()  # of its own forms; none of a name, which is found as it is written


@dataclass(frozen=True, slots=True)
class TypedWord:
    """A word of the query with the terms that it is searched by."""

    word: Word
    stems: tuple[SearchStem, ...]  # alternatives; those of its own forms first. None of a name
    folded_forms: tuple[
        str, ...
    ]  # the word itself, and of a name its plurals in the corpus; none where its accent
    # keeps it apart from another word with the same letters
    is_discriminative: bool  # some documents have it, and not a large share of all
    is_frequent: bool  # a large share of all documents has it
    is_stopword: bool  # it is left out of a query that has other words
    variants: tuple[Variant, ...] = ()  # most alike first
    is_known: bool = True  # the corpus has it, in any form


class _Typed(NamedTuple):
    """A word as it is typed."""

    word: Word
    is_capitalized: bool


class Vocabulary:
    """Looks up the words of queries in the lexicon. May serve many threads."""

    def __init__(self, analyzer: Analyzer, lexicon: Lexicon, synonyms_files: Sequence[Path]) -> None:
        self.language = analyzer.language
        self._analyzer = analyzer
        self._lexicon = lexicon
        self._synonyms_files = synonyms_files
        # A commit by another process replaces the dictionary by an empty one.
        self._cache: VersionedCache[dict[tuple[_Typed, bool], TypedWord]] = lexicon.cached(dict)

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
        tokens = self._analyzer.language.token_texts(text)
        words = [
            _Typed(self._analyzer.word(token), token[0].isupper() and (len(token) == 1 or not token.isupper()))
            for token in tokens
        ]
        # The same words are searched again: letter by letter, page by page, filter by filter.
        cache = self._cache.value()
        found = {word: typed for word in words if (typed := cache.get((word, variants)))}
        if new := [word for word in dict.fromkeys(words) if word not in found]:
            found.update(zip(new, self._look_up(new, variants), strict=True))
            if len(cache) >= _MAX_CACHED:
                cache.clear()
            cache.update(((word, variants), found[word]) for word in new)
        return [found[word] for word in words]

    def _look_up(self, words: Sequence[_Typed], variants: bool) -> list[TypedWord]:
        plurals = {each.word.folded: self.language.plurals(each.word.folded) for each in words}
        forms = self._lexicon.with_folded([*plurals, *(plural for each in plurals.values() for plural in each)])
        typed = []
        for word, is_capitalized in words:
            own = forms[word.folded]
            is_name = _is_capitalized(own, _NAME_CAPITALS)
            is_name_only = is_name and (is_capitalized or not self.language.is_known(word.lower))
            names = self._variants(word) if is_name or not own else ()
            found = _distinct([*self._other_spellings(word), *names]) if variants else ()
            stems = (
                self.language.name_stems(word.lower) if is_name_only else self.language.search_stems(word.lower)
            )
            more = [each for each in plurals[word.folded] if forms[each]] if is_name_only else []
            typed.append(
                TypedWord(
                    word,
                    tuple(each._replace(term=each.term[:MAX_TERM]) for each in stems),
                    () if self._is_told_by_its_accent(word, stems) else (word.folded, *more),
                    is_discriminative=True,
                    is_frequent=False,
                    is_stopword=word.folded in self.language.stop_words,
                    variants=found,
                    is_known=bool(own),
                )
            )
        return self._with_frequencies(typed)

    def _is_told_by_its_accent(self, word: Word, stems: Sequence[SearchStem]) -> bool:
        return bool(stems) and word.accented and self.language.has_telling_accent(word.lower)

    def _with_frequencies(self, typed: Sequence[TypedWord]) -> list[TypedWord]:
        """The words, which of them are discriminative decided."""
        stems = (stem.term for each in typed for stem in each.stems if stem.kinship == "form")
        folded_forms = [
            folded for each in typed for folded in (*each.folded_forms, *(v.folded for v in each.variants))
        ]
        by_stem = self._lexicon.stem_documents(_distinct(stems))
        by_folded = self._lexicon.with_folded(_distinct(folded_forms))

        def documents(word: TypedWord) -> int:
            forms = (*word.folded_forms, *(variant.folded for variant in word.variants))
            counts = [form.documents for folded in forms for form in by_folded[folded]]
            return max([*counts, *(by_stem.get(stem.term, 0) for stem in word.stems)], default=0)

        counted = [(each, documents(each)) for each in typed]
        return [
            replace(each, is_discriminative=0 < count < self._frequent(), is_frequent=count >= self._frequent())
            for each, count in counted
        ]

    def synonyms_among(self, typed: Sequence[TypedWord], tokens: Sequence[str]) -> list[Synonym]:
        """The names among these words that have other names in the corpus; `tokens` are the words as typed.

        The name of a country in another language has its Spanish names when the corpus lacks it.
        """
        words = tuple(word.word.folded for word in typed)
        found = list(self._synonyms.find(words))
        if not all(word.is_known for word in typed):
            found += self._foreign_countries(typed, found)
        taken = {index for each in found for index in range(each.first, each.end)}
        for synonym in (*self._abbreviated(tokens), *numeral_synonyms(words, tokens, self._is_name)):
            places = range(synonym.first, synonym.end)
            if taken.isdisjoint(places):
                found.append(synonym)
                taken.update(places)
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
        if len(name) > 1 or name[0] not in self._synonyms.proper:
            return False
        occurs = any(form.occurrences for form in forms[name[0]])  # an acronym is written all in capitals
        return occurs and not _is_capitalized(forms[name[0]], _NAME_CAPITALS)

    def _abbreviated(self, tokens: Sequence[str]) -> Iterator[Synonym]:
        """The words of abbreviations that were typed without their point (*art 14*)."""
        for index, token in enumerate(tokens):
            with_point = f"{token}."
            if self.language.is_abbreviation(with_point) and self.language.token_texts(with_point) == [with_point]:
                yield Synonym(index, index + 1, ((self._analyzer.word(with_point).folded,),))

    def _is_name(self, folded: str) -> bool:
        """Whether the corpus mostly writes a word with a capital."""
        return _is_capitalized(self._lexicon.with_folded([folded])[folded], 0.5)

    def folded_forms(self, text: str) -> tuple[str, ...]:
        """The folded forms of a quoted part of the query, in order."""
        return tuple(word.folded for word in self._analyzer.words(text))

    def _other_spellings(self, word: Word) -> list[Variant]:
        """The spellings of a word by the rules of the language, those that the corpus has in any form."""
        stop_words = self.language.stop_words
        others = [other for other in spanish_spellings().of(word.folded) if other not in stop_words]
        if not others or word.folded in stop_words:
            return []
        in_corpus = self._lexicon.with_folded(others)
        found = []
        for other in others:
            form = in_corpus[other][0].form if in_corpus[other] else with_accents_of(word, other)
            stems = self.language.search_stems(form)
            terms = tuple(stem.term[:MAX_TERM] for stem in stems if stem.kinship == "form")
            if in_corpus[other] or self._lexicon.stem_documents(terms):
                found.append(Variant(form, other, terms))
        return found

    def _variants(self, word: Word) -> tuple[Variant, ...]:
        """The other spellings of a name in the corpus."""
        from searchidx.analysis.names.similarity import name_keys  # words in small letters never need it

        keys = name_keys(word.lower)
        candidates = self._lexicon.with_name_keys(keys, _NAME_CAPITALS) if keys else []
        alike = [
            (-likeness, -form.documents, form.form, form) for form, likeness in name_variants(word, candidates)
        ]
        best = sorted(alike)[:_MAX_VARIANTS]
        return tuple(Variant(form.form, form.folded) for *_, form in best)

    def _frequent(self) -> float:
        """The number of documents from which a word is frequent."""
        return max(ranking.FREQUENT_AT_LEAST, ranking.FREQUENT_SHARE * self._lexicon.document_count())


def _is_capitalized(forms: Sequence[Form], share: float) -> bool:
    """Whether the corpus has these forms, and at least this share of them with a capital."""
    occurrences = sum(form.occurrences for form in forms)
    return bool(occurrences) and sum(form.capitals for form in forms) >= share * occurrences


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


def _distinct(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))
