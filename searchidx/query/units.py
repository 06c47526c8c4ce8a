"""What do words side by side ask for? Each for one thing, but a name of several words for one as a whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from searchidx import ranking
from searchidx.model import Expansion
from searchidx.query.engine_query import Bool, EngineQuery, Phrase
from searchidx.query.leaves import Leaf, PhraseLeaf, Scope, WordLeaf
from searchidx.query.synonyms import Name, Synonym
from searchidx.query.vocabulary import TypedWord


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that is asked for, with all that may stand for it."""

    query: EngineQuery
    leaves: tuple[Leaf, ...]
    forms: tuple[str, ...]  # as typed, in lower case
    is_stopword: bool
    is_telling: bool
    expansions: tuple[Expansion, ...]


def units_of(typed: Sequence[TypedWord], synonyms: Sequence[Synonym], scope: Scope) -> Iterator[Unit]:
    """The units of a run of words, in order; the names among them that have `synonyms` stand for their group."""
    named = {found.first: found for found in synonyms}
    index = 0
    while index < len(typed):
        if index in named:
            yield _named(typed[index : named[index].end], named[index], scope)
            index = named[index].end
        else:
            yield _word(typed[index], scope)
            index += 1


def _word(word: TypedWord, scope: Scope) -> Unit:
    leaf = WordLeaf(word, scope)
    return Unit(leaf.query(), (leaf,), (word.word.form,), word.is_stopword, word.is_telling, _spellings([word]))


def _named(words: Sequence[TypedWord], found: Synonym, scope: Scope) -> Unit:
    own = [WordLeaf(word, scope) for word in words]
    less = Scope(scope.field, scope.boost * ranking.SYNONYM)
    others = [PhraseLeaf(other, 0, less) for other in found.others]
    typed = own[0].query() if len(own) == 1 else Bool(must=tuple(leaf.query() for leaf in own))
    query = Bool(should=(typed, *(leaf.query() for leaf in others)))
    forms = tuple(word.word.form for word in words)
    told = Expansion(" ".join(forms), "synonym", tuple(" ".join(other) for other in found.others))
    is_telling = any(word.is_telling for word in words) or len(words) > 1
    return Unit(query, (*own, *others), forms, False, is_telling, (*_spellings(words), told))


def _spellings(words: Sequence[TypedWord]) -> tuple[Expansion, ...]:
    return tuple(
        Expansion(word.word.form, "name_variant", tuple(variant.form for variant in word.variants))
        for word in words
        if word.variants
    )


def neighbours(typed: Sequence[TypedWord], boost: float) -> Iterator[Phrase]:
    """Each two words of content that follow one another in the query, with what stands between, as a phrase."""
    content = [index for index, word in enumerate(typed) if not word.is_stopword]
    for first, last in pairwise(content):
        surfaces: Name = tuple(word.word.surface for word in typed[first : last + 1])
        yield Phrase("surface", surfaces, 0, boost * ranking.NEIGHBOURS)
