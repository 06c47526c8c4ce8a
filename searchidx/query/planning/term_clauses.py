"""In which fields, and with what weight, is one word or one phrase of the query looked for?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from searchidx import ranking
from searchidx.engines.query import (
    Bool,
    Constant,
    DisMax,
    EngineQuery,
    Phrase,
    Term,
)
from searchidx.query.planning.highlight_terms import HighlightTerms
from searchidx.query.terms.vocabulary import (
    TypedWord,
    WeightedForm,
)
from searchidx.schema import metadata_term


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a part of the query is looked for, and how much it counts."""

    field: str | None = None  # None: everywhere
    boost: float = 1.0

    def about(self, word: str) -> str:
        """The term of a folded word in the metadata: of one field, or of those that plain words find too."""
        return word if self.field is None else metadata_term(self.field, word)


@dataclass(frozen=True, slots=True)
class WordClause:
    """One word in its forms, and the other spellings of a name."""

    typed: TypedWord
    scope: Scope

    @property
    def label(self) -> str:
        """What it is, for a reader."""
        return self.typed.word.lower

    def query(self) -> EngineQuery:
        """Entries that have the word, those with another spelling after all with the typed one."""
        return self._with_variants(_anywhere)

    def text_query(self) -> EngineQuery:
        """Entries that have the word in their own text, whatever title and source say."""
        return self._with_variants(_in_text)

    def text_filter(self) -> EngineQuery:
        """The same entries, when nobody asks for their scores: the stems are those of every form with the word's
        folded, so it needs no look; of a spelling of a name only one form is known."""
        variants = self.typed.variants
        stems = (*self.typed.stems, *(variant.stem for variant in variants))
        terms = [Term("stem", stem) for stem in stems] + [Term("folded", each.folded) for each in variants]
        return any_of(list(dict.fromkeys(terms)))

    def _with_variants(self, where: _Where) -> EngineQuery:
        typed, boost = self.typed, self.scope.boost
        accented = typed.word.lower if typed.word.accented else ""
        exact = where(self.scope, _Forms(typed.stems, typed.folded_forms, accented), boost)
        if not typed.variants:
            return exact
        stems = tuple(dict.fromkeys(variant.stem for variant in typed.variants))
        folded_forms = tuple(dict.fromkeys(variant.folded for variant in typed.variants))
        other = where(self.scope, _Forms(stems, folded_forms), boost * ranking.NAME_VARIANT)
        return Bool(should=(exact, Constant(exact, boost * ranking.TYPED_SPELLING), other))


@dataclass(frozen=True, slots=True)
class ExpansionClause:
    """Any of some forms as they are written: of a prefix, a pattern or a fuzzy word."""

    text: str  # as typed
    forms: tuple[WeightedForm, ...]
    scope: Scope

    @property
    def label(self) -> str:
        """What it is, for a reader."""
        return self.text

    def query(self) -> EngineQuery:
        """Entries that have one of the forms; the best one counts."""
        return _as_written(self._in, self.scope)

    def text_query(self) -> EngineQuery:
        """Entries that have one of the forms in their own text."""
        return _as_written(self._in, replace(self.scope, field="text"))

    text_filter = text_query

    def _in(self, field: str, scope: Scope, boost: float) -> EngineQuery:
        terms = [(scope.about(each.folded) if field == "metadata" else each.folded) for each in self.forms]
        weights = [boost * each.weight for each in self.forms]
        return best_of([Term(field, term, weight) for term, weight in zip(terms, weights, strict=True)])


@dataclass(frozen=True, slots=True)
class PhraseClause:
    """Words as written, accents optional, side by side."""

    folded_forms: tuple[str, ...]
    slop: int
    scope: Scope

    @property
    def label(self) -> str:
        """What it is, for a reader."""
        return f'"{" ".join(self.folded_forms)}"'

    def query(self) -> EngineQuery:
        """Entries that have the phrase."""
        return _as_written(self._in, self.scope)

    def text_query(self) -> EngineQuery:
        """Entries that have the phrase in their own text."""
        return _as_written(self._in, replace(self.scope, field="text"))

    text_filter = text_query

    def _in(self, field: str, scope: Scope, boost: float) -> EngineQuery:
        terms = [scope.about(each) for each in self.folded_forms] if field == "metadata" else self.folded_forms
        return phrase(field, terms, self.slop, boost)


def _as_written(look: Callable[[str, Scope, float], EngineQuery], scope: Scope) -> EngineQuery:
    """What `look` finds in the views that hold words as they are written, of the fields that the scope means."""
    weights = {"folded": ranking.STEM, "title_folded": ranking.TITLE_STEM, "metadata": ranking.METADATA}
    views = {None: tuple(weights), "text": ("folded",), "title": ("title_folded",)}.get(scope.field, ("metadata",))
    return any_of([look(view, scope, scope.boost * weights[view]) for view in views])


TermClause = WordClause | ExpansionClause | PhraseClause


@dataclass(frozen=True, slots=True)
class _Forms:
    """The terms that stand for one word."""

    stems: tuple[str, ...]
    folded_forms: tuple[str, ...]
    accented: str = ""  # as typed, when it bears an accent


_Where = Callable[[Scope, _Forms, float], EngineQuery]


def _anywhere(scope: Scope, forms: _Forms, boost: float) -> EngineQuery:
    match scope.field:
        case None:
            about = _alternatives("metadata", forms.folded_forms, boost * ranking.METADATA)
            return any_of([*_text_terms(forms, boost), *_title_terms(forms, boost), about])
        case "text":
            return _in_text(scope, forms, boost)
        case "title":
            return any_of(_title_terms(forms, boost))
        case _:
            terms = [scope.about(folded) for folded in forms.folded_forms]
            return _alternatives("metadata", terms, boost * ranking.METADATA)


def _in_text(_: Scope, forms: _Forms, boost: float) -> EngineQuery:
    return any_of(_text_terms(forms, boost))


def _text_terms(forms: _Forms, boost: float) -> list[EngineQuery]:
    queries = [
        _alternatives("stem", forms.stems, boost * ranking.STEM),
        _alternatives("folded", forms.folded_forms, boost * ranking.FOLDED),
    ]
    if forms.accented:
        queries.append(Term("accented", forms.accented, boost * ranking.ACCENTED))
    return queries


def _title_terms(forms: _Forms, boost: float) -> list[EngineQuery]:
    return [
        _alternatives("title_stem", forms.stems, boost * ranking.TITLE_STEM),
        _alternatives("title_folded", forms.folded_forms, boost * ranking.TITLE_FOLDED),
    ]


def highlight_terms(clauses: Iterable[TermClause], field: str) -> HighlightTerms:
    """What these clauses mark in the title or in the text."""
    stems: set[str] = set()
    folded_forms: set[str] = set()
    phrases: set[tuple[tuple[str, ...], int]] = set()
    for clause in clauses:
        if clause.scope.field not in (None, field):
            continue
        match clause:
            case WordClause():
                variants = clause.typed.variants
                stems.update(clause.typed.stems, (variant.stem for variant in variants))
                folded_forms.update(clause.typed.folded_forms, (variant.folded for variant in variants))
            case ExpansionClause():
                folded_forms.update(each.folded for each in clause.forms)
            case PhraseClause() if len(clause.folded_forms) == 1:
                folded_forms.update(clause.folded_forms)
            case PhraseClause():
                phrases.add((clause.folded_forms, clause.slop))
    return HighlightTerms(frozenset(stems), frozenset(folded_forms), frozenset(phrases))


def any_of(queries: Sequence[EngineQuery]) -> EngineQuery:
    """Any of the queries, their scores added up."""
    return queries[0] if len(queries) == 1 else Bool(should=tuple(queries))


def best_of(queries: Sequence[EngineQuery]) -> EngineQuery:
    """Any of the queries; the best one counts, so that many spellings earn no more than one."""
    return queries[0] if len(queries) == 1 else DisMax(tuple(queries))


def _alternatives(field: str, terms: Sequence[str], boost: float) -> EngineQuery:
    return best_of([Term(field, term, boost) for term in terms])


def phrase(field: str, terms: Sequence[str], slop: int, boost: float) -> EngineQuery:
    """The terms side by side; one term alone is no phrase."""
    return Term(field, terms[0], boost) if len(terms) == 1 else Phrase(field, tuple(terms), slop, boost)
