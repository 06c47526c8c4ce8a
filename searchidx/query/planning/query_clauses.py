"""What do words side by side ask for? Each for one thing, but a name of several words for one as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from searchidx import ranking
from searchidx.engines.query import (
    Bool,
    EngineQuery,
    Phrase,
)
from searchidx.model.results import Expansion
from searchidx.query.planning.term_clauses import (
    PhraseClause,
    Scope,
    TermClause,
    WordClause,
)
from searchidx.query.terms.synonyms import (
    Name,
    Synonym,
)
from searchidx.query.terms.vocabulary import TypedWord


@dataclass(frozen=True, slots=True)
class QueryClause:
    """One thing that is asked for, with all that may stand for it."""

    query: EngineQuery
    clauses: tuple[TermClause, ...]
    forms: tuple[str, ...]  # as typed, in lower case
    is_stopword: bool
    is_discriminative: bool
    expansions: tuple[Expansion, ...]


def query_clauses(typed: Sequence[TypedWord], synonyms: Sequence[Synonym], scope: Scope) -> Iterator[QueryClause]:
    """The clauses of a run of words, in order; the names among them that have `synonyms` stand for their group."""
    named = {found.first: found for found in synonyms}
    index = 0
    while index < len(typed):
        if index in named:
            yield _named(typed[index : named[index].end], named[index], scope)
            index = named[index].end
        else:
            yield _word(typed[index], scope)
            index += 1


def _word(word: TypedWord, scope: Scope) -> QueryClause:
    clause = WordClause(word, scope)
    return QueryClause(
        clause.query(), (clause,), (word.word.lower,), word.is_stopword, word.is_discriminative, _spellings([word])
    )


def _named(words: Sequence[TypedWord], found: Synonym, scope: Scope) -> QueryClause:
    own = [WordClause(word, scope) for word in words]
    less = Scope(scope.field, scope.boost * ranking.SYNONYM)
    others = [PhraseClause(other, 0, less) for other in found.others]
    typed = own[0].query() if len(own) == 1 else Bool(must=tuple(clause.query() for clause in own))
    query = Bool(should=(typed, *(clause.query() for clause in others)))
    forms = tuple(word.word.lower for word in words)
    told = Expansion(" ".join(forms), "synonym", tuple(" ".join(other) for other in found.others))
    is_discriminative = any(word.is_discriminative for word in words) or len(words) > 1
    return QueryClause(query, (*own, *others), forms, False, is_discriminative, (*_spellings(words), told))


def _spellings(words: Sequence[TypedWord]) -> tuple[Expansion, ...]:
    return tuple(
        Expansion(word.word.lower, "name_variant", tuple(variant.form for variant in word.variants))
        for word in words
        if word.variants
    )


def neighbours(typed: Sequence[TypedWord], boost: float) -> Iterator[Phrase]:
    """Each two words of content that follow one another in the query, with what stands between, as a phrase."""
    content = [index for index, word in enumerate(typed) if not word.is_stopword]
    for first, last in pairwise(content):
        folded_forms: Name = tuple(word.word.folded for word in typed[first : last + 1])
        yield Phrase("folded", folded_forms, 0, boost * ranking.NEIGHBOURS)
