"""The plan of a query: what the engine searches, what is highlighted, and what the result says about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from searchidx.engines.query import NOTHING, Bool, Constant, EngineQuery, Phrase
from searchidx.model.results import Expansion, MatchPolicy, QueryWarning
from searchidx.query.planning.term_clauses import (
    ExpansionClause,
    PhraseClause,
    TermClause,
    WordClause,
    any_of,
)


@dataclass(frozen=True, slots=True)
class HighlightTerms:
    """The terms that are highlighted: a token when its stem or folded form is here, a phrase as a whole."""

    stems: frozenset[str] = frozenset()
    folded_forms: frozenset[str] = frozenset()
    phrases: frozenset[tuple[tuple[str, ...], int]] = frozenset()  # folded forms, slop

    def __bool__(self) -> bool:
        return bool(self.stems or self.folded_forms or self.phrases)


@dataclass(frozen=True, slots=True)
class Plan:
    """A query as the engine searches it."""

    query: EngineQuery
    interpreted: str  # in the query language, with only the words that are searched
    match: MatchPolicy
    can_split: bool  # joined tokens could be searched as their words
    all_words: EngineQuery | None  # what has all words of the query; None when every hit has
    most_words: EngineQuery | None
    most_known_words: EngineQuery | None  # where nothing matches it, a correction is looked for
    clauses: tuple[TermClause, ...]  # those that are not negated; they and the next two fields are all that scores
    adjacent: tuple[Phrase, ...]  # words side by side in the query, which score more side by side in a text
    all_words_bonuses: tuple[Constant, ...]  # what a hit with all words side by side has besides
    expansions: tuple[Expansion, ...]
    warnings: tuple[QueryWarning, ...]

    @property
    def is_scored(self) -> bool:
        """Whether the plan ranks; filters alone say nothing about relevance."""
        return bool(self.clauses)

    def highlight_terms(self, field: Literal["title", "text"]) -> HighlightTerms:
        """The terms to highlight in the title or in the text."""
        stems: set[str] = set()
        folded_forms: set[str] = set()
        phrases: set[tuple[tuple[str, ...], int]] = set()
        for clause in self.clauses:
            if clause.scope.field not in (None, field):
                continue
            match clause:
                case WordClause():
                    variants = clause.typed.variants
                    stems.update(each.term for each in clause.typed.stems)
                    stems.update(stem for variant in variants for stem in variant.stems)
                    folded_forms.update(clause.typed.folded_forms, (variant.folded for variant in variants))
                case ExpansionClause():
                    folded_forms.update(each.folded for each in clause.terms)
                case PhraseClause() if len(clause.folded_forms) == 1:
                    folded_forms.update(clause.folded_forms)
                case PhraseClause():
                    phrases.add((clause.folded_forms, clause.slop))
        return HighlightTerms(frozenset(stems), frozenset(folded_forms), frozenset(phrases))

    def snippet_query(self) -> EngineQuery | None:
        """The paragraphs that may be shown as snippets; None when the query has no words for the text."""
        clauses = self._text_clauses()
        return any_of([*(clause.text_query() for clause in clauses), *self.adjacent]) if clauses else None

    def paragraph_query(self) -> EngineQuery:
        """As `query`, for paragraphs: at least one word must be in the paragraph, not in the title alone."""
        return self.in_paragraphs(self.query)

    def in_paragraphs(self, query: EngineQuery) -> EngineQuery:
        """The paragraphs that a query of documents matches, with a word of this plan in the paragraph."""
        clauses = self._text_clauses()
        if not clauses:
            return query
        if len(clauses) == 1 and query == clauses[0].query() and (queries := clauses[0].field_queries()):
            # A query that is one word or phrase: requiring it of the text spares a filter with the same postings.
            return Bool(must=(any_of(queries.text),), should=queries.elsewhere)
        return Bool(must=(query,), filter=(any_of([clause.text_filter() for clause in clauses]),))

    def _text_clauses(self) -> list[TermClause]:
        return [clause for clause in self.clauses if clause.scope.includes_text]


EMPTY_PLAN = Plan(
    query=NOTHING,
    interpreted="",
    match="all",
    can_split=False,
    all_words=None,
    most_words=None,
    most_known_words=None,
    clauses=(),
    adjacent=(),
    all_words_bonuses=(),
    expansions=(),
    warnings=(),
)
"""The plan of an empty query, which finds nothing."""
