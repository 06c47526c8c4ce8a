"""Query clauses: what each of the words side by side in a query stands for, a name of several words as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from searchidx import ranking
from searchidx.engines.query import Bool, EngineQuery, Phrase
from searchidx.model.results import Expansion
from searchidx.query.planning.term_clauses import PhraseClause, Scope, TermClause, WordClause
from searchidx.query.terms.synonyms import Synonym
from searchidx.query.terms.vocabulary import TypedWord


@dataclass(frozen=True, slots=True)
class QueryClause:
    """One word of the query, or one name with synonyms, which counts as one word."""

    query: EngineQuery
    term_clauses: tuple[TermClause, ...]
    forms: tuple[str, ...]  # as typed, in lower case
    is_stopword: bool
    is_discriminative: bool
    expansions: tuple[Expansion, ...]


def query_clauses(typed: Sequence[TypedWord], synonyms: Sequence[Synonym], scope: Scope) -> Iterator[QueryClause]:
    """The clauses of words side by side, in order; a name among `synonyms` is one clause with its other names."""
    named = {synonym.first: synonym for synonym in synonyms}
    index = 0
    while index < len(typed):
        if index in named:
            yield _name_clause(typed[index : named[index].end], named[index], scope)
            index = named[index].end
        else:
            yield _word_clause(typed[index], scope)
            index += 1


def _word_clause(typed: TypedWord, scope: Scope) -> QueryClause:
    clause = WordClause(typed, scope)
    return QueryClause(
        query=clause.query(),
        term_clauses=(clause,),
        forms=(typed.word.lower,),
        is_stopword=typed.is_stopword,
        is_discriminative=typed.is_discriminative,
        expansions=_variant_expansions([typed]),
    )


def _name_clause(typed: Sequence[TypedWord], synonym: Synonym, scope: Scope) -> QueryClause:
    words = [WordClause(word, scope) for word in typed]
    lower = Scope(scope.field, scope.boost * ranking.SYNONYM)
    others = [PhraseClause(other, 0, lower) for other in synonym.others]
    as_typed = words[0].query() if len(words) == 1 else Bool(must=tuple(clause.query() for clause in words))
    forms = tuple(word.word.lower for word in typed)
    expansion = Expansion(" ".join(forms), "synonym", tuple(" ".join(other) for other in synonym.others))
    return QueryClause(
        query=Bool(should=(as_typed, *(clause.query() for clause in others))),
        term_clauses=(*words, *others),
        forms=forms,
        is_stopword=False,
        is_discriminative=any(word.is_discriminative for word in typed) or len(typed) > 1,
        expansions=(*_variant_expansions(typed), expansion),
    )


def _variant_expansions(typed: Sequence[TypedWord]) -> tuple[Expansion, ...]:
    return tuple(
        Expansion(word.word.lower, "name_variant", tuple(variant.form for variant in word.variants))
        for word in typed
        if word.variants
    )


def adjacent_phrases(typed: Sequence[TypedWord], boost: float) -> Iterator[Phrase]:
    """Each two neighbours among the content words, with the stop words between them, as a phrase of the text."""
    content = [index for index, word in enumerate(typed) if not word.is_stopword]
    for first, last in pairwise(content):
        folded_forms = tuple(word.word.folded for word in typed[first : last + 1])
        yield Phrase("folded", folded_forms, 0, boost * ranking.NEIGHBOURS)
