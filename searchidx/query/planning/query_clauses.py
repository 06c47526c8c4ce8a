"""Query clauses: what each of the words side by side in a query stands for.

A name of several words and joined tokens (*I+D*, *B-52*) are clauses as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from searchidx import ranking
from searchidx.engines.query import Bool, EngineQuery, Phrase
from searchidx.model.results import Expansion
from searchidx.query.planning.term_clauses import PhraseClause, Scope, TermClause, WordClause, any_of
from searchidx.query.terms.joined_tokens import JoinedTokens
from searchidx.query.terms.synonyms import Name, Synonym
from searchidx.query.terms.vocabulary import TypedWord


@dataclass(frozen=True, slots=True)
class QueryClause:
    """One word of the query, or one name with synonyms or joined tokens, which count as one word."""

    query: EngineQuery
    term_clauses: tuple[TermClause, ...]
    forms: tuple[str, ...]  # as typed, in lower case
    is_stopword: bool
    is_discriminative: bool
    is_frequent: bool  # so that it ranks and does not find
    expansions: tuple[Expansion, ...]
    can_split: bool = False  # whether its words could be searched apart


def query_clauses(
    typed: Sequence[TypedWord],
    synonyms: Sequence[Synonym],
    joined: Sequence[JoinedTokens],
    scope: Scope,
    *,
    split_joined: bool = False,
) -> Iterator[QueryClause]:
    """The clauses of words side by side, in order.

    A name among `synonyms` is one clause with its other names, and `joined` tokens are one clause: their phrase,
    or with `split_joined` all their words in any place.
    """
    named = {synonym.first: synonym for synonym in synonyms}
    by_first = {tokens.first: tokens for tokens in joined}
    index = 0
    while index < len(typed):
        name, tokens = named.get(index), by_first.get(index)
        if tokens is not None and (name is None or name.end <= tokens.end):
            others = name.others if name is not None and name.end == tokens.end else ()
            yield _joined_clause(typed[index : tokens.end], tokens.text.lower(), others, scope, split_joined)
            index = tokens.end
        elif name is not None:
            yield _name_clause(typed[index : name.end], name, scope)
            index = name.end
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
        is_frequent=typed.is_frequent,
        expansions=_variant_expansions([typed]),
    )


def _name_clause(typed: Sequence[TypedWord], synonym: Synonym, scope: Scope) -> QueryClause:
    # Its words of grammar are neither required nor highlighted: *La Coruña*.
    content = [word for word in typed if not word.is_stopword] or typed
    words = [WordClause(word, scope) for word in content]
    others = _other_names(synonym.others, scope)
    as_typed = words[0].query() if len(words) == 1 else Bool(must=tuple(clause.query() for clause in words))
    forms = tuple(word.word.lower for word in typed)
    return QueryClause(
        query=Bool(should=(as_typed, *(clause.query() for clause in others))),
        term_clauses=(*words, *others),
        forms=forms,
        is_stopword=False,
        is_discriminative=any(word.is_discriminative for word in typed) or len(typed) > 1,
        is_frequent=len(typed) == 1 and typed[0].is_frequent,
        expansions=(*_variant_expansions(typed), _synonym_expansion(" ".join(forms), synonym.others)),
    )


def _joined_clause(
    typed: Sequence[TypedWord], text: str, others: tuple[Name, ...], scope: Scope, split_joined: bool
) -> QueryClause:
    phrase = PhraseClause(tuple(word.word.folded for word in typed), 0, scope)
    words = [WordClause(word, scope) for word in typed] if split_joined else []
    names = _other_names(others, scope)
    queries = [phrase.query(), *(clause.query() for clause in names)]
    if words:
        queries.append(Bool(must=tuple(clause.query() for clause in words)))
    return QueryClause(
        query=any_of(queries),
        term_clauses=(phrase, *words, *names),
        forms=(text,),
        is_stopword=False,
        is_discriminative=any(word.is_discriminative for word in typed),
        is_frequent=False,
        expansions=(_synonym_expansion(text, others),) if others else (),
        can_split=not split_joined,
    )


def _other_names(others: Sequence[Name], scope: Scope) -> list[PhraseClause]:
    lower = Scope(scope.field, scope.boost * ranking.SYNONYM)
    return [PhraseClause(other, 0, lower) for other in others]


def _synonym_expansion(text: str, others: Sequence[Name]) -> Expansion:
    return Expansion(text, "synonym", tuple(" ".join(other) for other in others))


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
