"""What does a query ask of the engine, and what will it mark? Here a tree becomes a ranking.

How many of the words that stand side by side must match is the policy:

    all     up to three words: each of them
    most    longer queries: a share (`ranking.MIN_SHARE`) of those that tell documents apart
    any     one of them; tried when the above finds nothing

Quoted phrases, `+words`, groups joined by Y and fields are always required. Stop words are left out where anything
else is asked for. Accents and capitals never decide (see `vocabulary`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from searchidx import ranking
from searchidx.engines.query import (
    NOTHING,
    Bool,
    DateRange,
    EngineQuery,
    Keyword,
    Phrase,
)
from searchidx.model.results import (
    Expansion,
    Match,
    QueryWarning,
)
from searchidx.query import ast
from searchidx.query.planning.highlight_terms import HighlightTerms
from searchidx.query.planning.interpretation import interpreted
from searchidx.query.planning.query_clauses import (
    QueryClause,
    neighbours,
    query_clauses,
)
from searchidx.query.planning.term_clauses import (
    ExpansionClause,
    PhraseClause,
    Scope,
    TermClause,
    any_of,
    highlight_terms,
)
from searchidx.query.terms.vocabulary import Vocabulary

_ALL_UP_TO = 3  # words


@dataclass(frozen=True, slots=True)
class Plan:
    """A query as the engine will see it."""

    query: EngineQuery
    interpreted: str  # in the query language, with only the words that are looked for
    match: Match
    can_relax: bool  # whether the policy "any" would ask for less
    clauses: tuple[TermClause, ...]  # what scores, outside negations; with `bonus`, all that does
    bonus: tuple[Phrase, ...]  # neighbours of the query that stand side by side in a text too
    expansions: tuple[Expansion, ...]
    warnings: tuple[QueryWarning, ...]

    @property
    def is_scored(self) -> bool:
        """Whether there is anything to rank by; filters alone say nothing about relevance."""
        return bool(self.clauses)

    def highlight_terms(self, field: Literal["title", "text"]) -> HighlightTerms:
        """What is marked in the title or in the text."""
        return highlight_terms(self.clauses, field)

    def snippet_query(self) -> EngineQuery | None:
        """What a paragraph must have to be shown; None when nothing is asked of the text."""
        in_text = self._in_text()
        return any_of([*(clause.text_query() for clause in in_text), *self.bonus]) if in_text else None

    def paragraph_query(self) -> EngineQuery:
        """As `query`, of paragraphs whose own text has a word of it, not the title alone."""
        in_text = self._in_text()
        if not in_text:
            return self.query
        if len(in_text) == 1 and (looked_at_once := _in_text_first(self.query, in_text[0])):
            return looked_at_once
        return Bool(must=(self.query,), filter=(any_of([clause.text_filter() for clause in in_text]),))

    def _in_text(self) -> list[TermClause]:
        return [clause for clause in self.clauses if clause.scope.field in (None, "text")]


def _in_text_first(query: EngineQuery, clause: TermClause) -> EngineQuery | None:
    """A query that is one word or phrase, required of the text: which need not be looked at twice then."""
    text = clause.text_query()
    parts = text.should if isinstance(text, Bool) else (text,)
    if isinstance(query, Bool) and query.should[: len(parts)] == parts and query == clause.query():
        return Bool(must=(text,), should=query.should[len(parts) :])
    return None


@dataclass(slots=True)
class _Clauses:
    """The parts of one conjunction, while it is read."""

    must: list[EngineQuery] = field(default_factory=list)
    words: list[EngineQuery] = field(default_factory=list)  # under the policy
    telling: int = 0  # of the words, those that tell documents apart
    must_not: list[EngineQuery] = field(default_factory=list)
    filter: list[EngineQuery] = field(default_factory=list)
    bonus: list[EngineQuery] = field(default_factory=list)


def build_plan(
    root: ast.Node | None,
    vocabulary: Vocabulary,
    *,
    variants: bool = True,
    synonyms: bool = True,
    any_word: bool = False,
) -> Plan:
    """The plan of a query; None stands for an empty one.

    `variants` and `synonyms` say whether other spellings of names, and other names of things, are found too.
    `any_word` asks for any of the words instead of all or most of them.
    """
    compiler = _Compiler(vocabulary, variants=variants, synonyms=synonyms, any_word=any_word)
    query = compiler.compile(root, Scope()) if root is not None else None
    match: Match = "any" if any_word else "most" if compiler.longest > _ALL_UP_TO else "all"
    return Plan(
        query=query if query is not None else NOTHING,
        interpreted=interpreted(root, compiler.searched),
        match=match,
        can_relax=compiler.can_relax and not any_word,
        clauses=tuple(compiler.clauses),
        bonus=tuple(compiler.bonus),
        expansions=tuple(dict.fromkeys(compiler.expansions)),
        warnings=tuple(compiler.warnings),
    )


class _Compiler:
    """Walks one tree; what it meets on the way, outside negations, is kept for marking, snippets and telling."""

    def __init__(self, vocabulary: Vocabulary, *, variants: bool, synonyms: bool, any_word: bool) -> None:
        self._vocabulary = vocabulary
        self._variants = variants
        self._synonyms = synonyms
        self._any_word = any_word
        self.clauses: list[TermClause] = []
        self.bonus: list[Phrase] = []
        self.searched: dict[ast.Words, tuple[str, ...]] = {}  # the forms looked for, stop words left out
        self.expansions: list[Expansion] = []
        self.warnings: list[QueryWarning] = []
        self.longest = 0  # words side by side
        self.can_relax = False

    def compile(self, node: ast.Node, scope: Scope) -> EngineQuery | None:
        """The engine query of a node, looked for in `scope`; None when it has no word in it."""
        match node:
            case ast.Words() | ast.Sequence():
                children = node.children if isinstance(node, ast.Sequence) else (node,)
                return self._side_by_side(children, scope)
            case ast.And():
                return self._conjunction(node.children, scope)
            case ast.Or():
                queries = [query for child in node.children if (query := self.compile(child, scope)) is not None]
                return any_of(queries) if queries else None
            case ast.Not() | ast.DateFilter():
                return self._conjunction((node,), scope)
            case ast.Required():
                return self.compile(node.child, scope)
            case ast.Field():
                return self.compile(node.child, replace(scope, field=node.name))
            case ast.Boosted():
                return self.compile(node.child, replace(scope, boost=scope.boost * node.factor))
            case ast.Quoted() | ast.Exact():
                return self._as_written(node, scope)
            case ast.Prefix() | ast.Wildcard() | ast.Fuzzy():
                return self._expanded(node, scope)

    def _side_by_side(self, children: Sequence[ast.Node], scope: Scope) -> EngineQuery | None:
        clauses = _Clauses()
        passed_over: dict[ast.Words, list[QueryClause]] = {}
        for child in children:
            if isinstance(child, ast.Words) and scope.field != "language":
                passed_over[child] = self._words(child, scope, clauses)
            elif isinstance(child, _LIKE_A_WORD):
                group = list(self._given(child, scope))
                clauses.words += group
                clauses.telling += len(group)
            else:
                self._clause(child, scope, clauses)
        if not (clauses.words or clauses.must):
            for words, stop_words in passed_over.items():
                clauses.words += [self._keep(clause) for clause in stop_words]
                self.searched[words] = tuple(form for clause in stop_words for form in clause.forms)
        return self._conjoined(clauses)

    def _conjunction(self, children: Sequence[ast.Node], scope: Scope) -> EngineQuery | None:
        clauses = _Clauses()
        for child in children:
            self._clause(child, scope, clauses)
        return self._conjoined(clauses)

    def _clause(self, child: ast.Node, scope: Scope, clauses: _Clauses) -> None:
        match child:
            case ast.Not():
                apart = _Compiler(self._vocabulary, variants=False, synonyms=False, any_word=False)
                clauses.must_not += apart._given(child.child, scope)
                self.searched |= apart.searched
                self.warnings += apart.warnings
            case ast.DateFilter():
                clauses.filter.append(DateRange(child.first, child.last))
            case ast.Words() if scope.field == "language":
                clauses.filter.append(self._language(child))
            case _:
                clauses.must += self._given(child, scope)

    def _given(self, node: ast.Node, scope: Scope) -> Iterator[EngineQuery]:
        query = self.compile(node, scope)
        if query is not None:
            yield query

    def _words(self, node: ast.Words, scope: Scope, clauses: _Clauses) -> list[QueryClause]:
        """Put the words of content among the clauses; the stop words, which were passed over."""
        typed = self._vocabulary.words(node.text, variants=self._variants)
        synonyms = self._vocabulary.synonyms_among(typed) if self._synonyms else []
        found = list(query_clauses(typed, synonyms, scope))
        content = [clause for clause in found if not clause.is_stopword]
        clauses.words += [self._keep(clause) for clause in content]
        clauses.telling += sum(clause.is_discriminative for clause in content)
        self.searched[node] = tuple(form for clause in content for form in clause.forms)
        if scope.field in (None, "text"):
            bonus = list(neighbours(typed, scope.boost))
            clauses.bonus += bonus
            self.bonus += bonus
        return [clause for clause in found if clause.is_stopword]

    def _language(self, node: ast.Words | ast.Quoted | ast.Exact) -> EngineQuery:
        if isinstance(node, ast.Words):
            self.searched[node] = (node.text.lower(),)
        return Keyword("language", (node.text.lower(),))

    def _as_written(self, node: ast.Quoted | ast.Exact, scope: Scope) -> EngineQuery | None:
        if scope.field == "language":
            return self._language(node)
        folded_forms = self._vocabulary.folded_forms(node.text)
        slop = node.slop if isinstance(node, ast.Quoted) else 0
        return self._kept(PhraseClause(folded_forms, slop, scope)) if folded_forms else None

    def _expanded(self, node: ast.Prefix | ast.Wildcard | ast.Fuzzy, scope: Scope) -> EngineQuery:
        from searchidx.query.terms.expansion import expand  # plain words never need it

        found = expand(node, self._vocabulary)
        self.expansions += found.expansions
        self.warnings += found.warnings
        return self._kept(ExpansionClause(ast.to_text(node), found.forms, scope)) if found.forms else NOTHING

    def _keep(self, clause: QueryClause) -> EngineQuery:
        self.clauses += clause.clauses
        self.expansions += clause.expansions
        return clause.query

    def _kept(self, clause: TermClause) -> EngineQuery:
        self.clauses.append(clause)
        return clause.query()

    def _conjoined(self, clauses: _Clauses) -> EngineQuery | None:
        words = clauses.words
        self.longest = max(self.longest, len(words))
        self.can_relax |= len(words) + len(clauses.must) > 1 and bool(words)
        minimum = self._minimum(len(words), clauses.telling, bool(clauses.must))
        must, should = list(clauses.must), tuple(clauses.bonus)
        if minimum == len(words):
            must += words
        elif minimum:
            must.append(Bool(should=tuple(words), minimum_should=minimum))
        else:
            should += tuple(words)
        if not (must or should or clauses.must_not or clauses.filter):
            return None
        if len(must) == 1 and not (should or clauses.must_not or clauses.filter):
            return must[0]
        return Bool(tuple(must), should, tuple(clauses.must_not), tuple(clauses.filter))

    def _minimum(self, words: int, telling: int, anchored: bool) -> int:
        """How many of the words side by side must match; in long queries, a share of those that tell most."""
        if self._any_word:
            return 0 if anchored else min(words, 1)
        return words if words <= _ALL_UP_TO else max(1, math.ceil(telling * ranking.MIN_SHARE))


_LIKE_A_WORD = (ast.And, ast.Or, ast.Prefix, ast.Wildcard, ast.Fuzzy, ast.Exact, ast.Boosted)
"""Nodes that count as one word among those beside them."""
