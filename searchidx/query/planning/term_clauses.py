"""Term clauses: the engine query of one word, phrase or pattern of the query, with its fields and weights."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from searchidx import ranking
from searchidx.analysis.languages.language import SearchStem
from searchidx.engines.query import Bool, Constant, DisMax, EngineQuery, Phrase, Term
from searchidx.query.terms.vocabulary import TypedWord
from searchidx.schema import metadata_term


@dataclass(frozen=True, slots=True)
class Scope:
    """The field in which a part of the query is searched, and its boost."""

    field: str | None = None  # None: any field
    boost: float = 1.0
    title_boost: float = 1.0  # of words in the title, beside `boost`

    @property
    def includes_text(self) -> bool:
        """Whether the text of a document is searched."""
        return self.field in (None, "text")

    def metadata_term(self, word: str) -> str:
        """The term of a folded word in the metadata: of one field, or of any field."""
        return word if self.field is None else metadata_term(self.field, word)


@dataclass(frozen=True, slots=True)
class WeightedTerm:
    """A term that matches a pattern, and its weight among the other ones."""

    folded: str
    weight: float  # above 0, at most 1


@dataclass(frozen=True, slots=True)
class FieldQueries:
    """The queries of one clause by the place where they search; their scores add up."""

    text: tuple[EngineQuery, ...] = ()
    elsewhere: tuple[EngineQuery, ...] = ()  # in the title and the metadata


@dataclass(frozen=True, slots=True)
class _Spelling:
    """The terms of one spelling of a word, and its boost."""

    stems: tuple[SearchStem, ...]
    folded_forms: tuple[str, ...]
    boost: float
    accented: str = ""  # the word as typed, when it has an accent


@dataclass(frozen=True, slots=True)
class WordClause:
    """One word in its forms, and a name in its other spellings too."""

    typed: TypedWord
    scope: Scope

    @property
    def label(self) -> str:
        """The word as it is shown in explanations."""
        return self.typed.word.lower

    def query(self) -> EngineQuery:
        """Entries that have the word; those with another spelling come after all with the typed one."""
        return self._with_variants(lambda spelling: _sum(self._spelling_queries(spelling)))

    def text_query(self) -> EngineQuery:
        """Entries that have the word in their text."""
        return self._with_variants(lambda spelling: any_of(_text_queries(spelling)))

    def text_filter(self) -> EngineQuery:
        """The entries of `text_query`, without its scores."""
        folded_forms = (*self.typed.folded_forms, *(variant.folded for variant in self.typed.variants))
        variant_stems = [stem for variant in self.typed.variants for stem in variant.stems]
        stems = [Term("stem", each) for each in (*(stem.term for stem in self.typed.stems), *variant_stems)]
        return any_of([*dict.fromkeys(stems), *(Term("folded", each) for each in dict.fromkeys(folded_forms))])

    def field_queries(self) -> FieldQueries | None:
        """The queries whose sum `query` is; None for a name with variants, where `query` is no sum."""
        return None if self.typed.variants else self._spelling_queries(self._typed_spelling())

    def _typed_spelling(self) -> _Spelling:
        accented = self.typed.word.lower if self.typed.word.accented else ""
        return _Spelling(self.typed.stems, self.typed.folded_forms, self.scope.boost, accented)

    def _with_variants(self, search: Callable[[_Spelling], EngineQuery]) -> EngineQuery:
        typed = search(self._typed_spelling())
        variants, boost = self.typed.variants, self.scope.boost
        if not variants:
            return typed
        folded_forms = tuple(dict.fromkeys(variant.folded for variant in variants))
        stems = tuple(SearchStem(stem, "form") for variant in variants for stem in variant.stems)
        others = search(_Spelling(stems, folded_forms, boost * ranking.NAME_VARIANT))
        return Bool(should=(typed, Constant(typed, boost * ranking.TYPED_SPELLING), others))

    def _spelling_queries(self, spelling: _Spelling) -> FieldQueries:
        # Metadata have no stems, so that a word is searched as it is written there, whatever its accent says.
        as_written = spelling.folded_forms or (self.typed.word.folded,)
        match self.scope.field:
            case None:
                metadata = _any_term("metadata", as_written, spelling.boost * ranking.METADATA)
                title = _title_queries(replace(spelling, boost=spelling.boost * self.scope.title_boost))
                return FieldQueries(_text_queries(spelling), (*title, metadata))
            case "text":
                return FieldQueries(text=_text_queries(spelling))
            case "title":
                return FieldQueries(elsewhere=_title_queries(spelling))
            case _:
                terms = [self.scope.metadata_term(folded) for folded in as_written]
                return FieldQueries(elsewhere=(_any_term("metadata", terms, spelling.boost * ranking.METADATA),))


class _AsWritten(ABC):
    """A clause of words as they are written, which are searched in the fields of folded words."""

    __slots__ = ()
    scope: Scope

    @abstractmethod
    def _query_in(self, field: str, boost: float) -> EngineQuery:
        """The query in one field of the engine."""

    def query(self) -> EngineQuery:
        """Entries that match."""
        return _sum(self.field_queries())

    def text_query(self) -> EngineQuery:
        """Entries that match in their text."""
        return self._query_in("folded", self.scope.boost * ranking.STEM)

    def text_filter(self) -> EngineQuery:
        """The entries of `text_query`, for a filter."""
        return self.text_query()

    def field_queries(self) -> FieldQueries:
        """The queries whose sum `query` is."""
        match self.scope.field:
            case None:
                return FieldQueries((self.text_query(),), (self._title_query(), self._metadata_query()))
            case "text":
                return FieldQueries(text=(self.text_query(),))
            case "title":
                return FieldQueries(elsewhere=(self._title_query(),))
            case _:
                return FieldQueries(elsewhere=(self._metadata_query(),))

    def _title_query(self) -> EngineQuery:
        return self._query_in("title_folded", self.scope.boost * ranking.TITLE_STEM)

    def _metadata_query(self) -> EngineQuery:
        return self._query_in("metadata", self.scope.boost * ranking.METADATA)


@dataclass(frozen=True, slots=True)
class ExpansionClause(_AsWritten):
    """Any of the terms that a prefix, a wildcard or a fuzzy word matches; the best one scores."""

    label: str  # as typed
    terms: tuple[WeightedTerm, ...]
    scope: Scope

    def _query_in(self, field: str, boost: float) -> EngineQuery:
        if field == "metadata":
            terms = [(self.scope.metadata_term(each.folded), each.weight) for each in self.terms]
        else:
            terms = [(each.folded, each.weight) for each in self.terms]
        return best_of([Term(field, term, boost * weight) for term, weight in terms])


@dataclass(frozen=True, slots=True)
class PhraseClause(_AsWritten):
    """Words side by side as they are written; accents are optional."""

    folded_forms: tuple[str, ...]
    slop: int
    scope: Scope

    @property
    def label(self) -> str:
        """The phrase as it is shown in explanations."""
        return f'"{" ".join(self.folded_forms)}"'

    def _query_in(self, field: str, boost: float) -> EngineQuery:
        terms = self.folded_forms
        if field == "metadata":
            terms = tuple(map(self.scope.metadata_term, terms))
        # One term alone is no phrase.
        return Term(field, terms[0], boost) if len(terms) == 1 else Phrase(field, terms, self.slop, boost)


TermClause = WordClause | ExpansionClause | PhraseClause


def any_of(queries: Sequence[EngineQuery]) -> EngineQuery:
    """Any of the queries; their scores add up."""
    return queries[0] if len(queries) == 1 else Bool(should=tuple(queries))


def best_of(queries: Sequence[EngineQuery]) -> EngineQuery:
    """Any of the queries; the best one scores, so that many forms of a word earn no more than one."""
    return queries[0] if len(queries) == 1 else DisMax(tuple(queries))


def _sum(queries: FieldQueries) -> EngineQuery:
    return any_of((*queries.text, *queries.elsewhere))


def _text_queries(spelling: _Spelling) -> tuple[EngineQuery, ...]:
    queries = _stem_queries("stem", spelling, ranking.STEM, "folded", ranking.FOLDED)
    if not spelling.accented:
        return queries
    weight = ranking.ACCENTED if spelling.folded_forms else ranking.ACCENTED + ranking.FOLDED
    return *queries, Term("accented", spelling.accented, spelling.boost * weight)


def _title_queries(spelling: _Spelling) -> tuple[EngineQuery, ...]:
    return _stem_queries("title_stem", spelling, ranking.TITLE_STEM, "title_folded", ranking.TITLE_FOLDED)


def _stem_queries(
    stem_field: str, spelling: _Spelling, stem_weight: float, folded_field: str, folded_weight: float
) -> tuple[EngineQuery, ...]:
    """The queries of a word in its stems and as it is written; without stems it has both weights as written."""
    if not spelling.stems:
        return (_any_term(folded_field, spelling.folded_forms, spelling.boost * (stem_weight + folded_weight)),)
    stems = [
        Term(stem_field, stem.term, spelling.boost * stem_weight * ranking.KINSHIP[stem.kinship])
        for stem in spelling.stems
    ]
    if not spelling.folded_forms:
        return (best_of(stems),)
    return best_of(stems), _any_term(folded_field, spelling.folded_forms, spelling.boost * folded_weight)


def _any_term(field: str, terms: Sequence[str], boost: float) -> EngineQuery:
    return best_of([Term(field, term, boost) for term in terms])
