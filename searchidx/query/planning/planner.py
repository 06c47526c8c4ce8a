"""Planner: turns the tree of a query into the engine query that ranks its hits.

The policy says how many of the words side by side must match:

    all     up to three words: each of them
    most    longer queries: a share (`ranking.MIN_SHARE`) of the discriminative ones
    any     one of them; searched when the policies above find nothing

Among words side by side, `+words`, quoted phrases and fields must match under every policy. A part with a boost, a
group joined by Y or O, a pattern and an exact form count as one word, whatever they contain: `"a b"^2` need not
match where `"a b"` must. Of parts joined by Y each must match, of parts joined by O one.

Stop words are left out unless the query has nothing else. Accents and capitals never decide whether a word is
found (see `vocabulary`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from searchidx import ranking
from searchidx.analysis.tokens import tokenize
from searchidx.engines.query import NOTHING, Bool, DateRange, EngineQuery, Keyword, Phrase
from searchidx.model.results import Expansion, MatchPolicy, QueryWarning
from searchidx.query import ast
from searchidx.query.planning.joined_patterns import joined_pattern
from searchidx.query.planning.plan import EMPTY_PLAN, Plan
from searchidx.query.planning.query_clauses import QueryClause, adjacent_phrases, query_clauses
from searchidx.query.planning.term_clauses import (
    ExpansionClause,
    PhraseClause,
    Scope,
    TermClause,
    WeightedTerm,
    any_of,
    best_of,
)
from searchidx.query.terms.joined_tokens import joined_tokens
from searchidx.query.terms.vocabulary import Vocabulary
from searchidx.query.warnings import warning

_MAX_ALL = 3  # words up to which all are required

_SHORT_WORD = 5
"""Letters of a word up to which a fuzzy search without a typed distance allows one edit; beyond them, two."""

_SHOWN_FORMS = 20  # of a pattern that a result names

_COUNTS_AS_WORD = (ast.And, ast.Or, ast.Prefix, ast.Wildcard, ast.Fuzzy, ast.Exact, ast.Boosted)
"""Nodes that the policy counts as one word among words side by side."""


def build_plan(
    root: ast.Node | None,
    vocabulary: Vocabulary,
    *,
    variants: bool = True,
    synonyms: bool = True,
    any_word: bool = False,
) -> Plan:
    """The plan of a query; None is the tree of an empty one.

    `variants` and `synonyms` say whether other spellings of names, and other names of things, are searched too.
    `any_word` sets the policy "any" instead of "all" or "most".
    """
    if root is None:
        return replace(EMPTY_PLAN, match="any") if any_word else EMPTY_PLAN
    compiler = _Compiler(vocabulary, variants=variants, synonyms=synonyms, any_word=any_word)
    query = compiler.compile(root, Scope())
    match: MatchPolicy = "any" if any_word else "most" if compiler.max_words > _MAX_ALL else "all"
    return Plan(
        query=query if query is not None else NOTHING,
        interpreted=ast.to_text(ast.keep_words(root, compiler.searched)),
        match=match,
        can_relax=compiler.can_relax and not any_word,
        clauses=tuple(compiler.clauses),
        adjacent=tuple(compiler.adjacent),
        expansions=tuple(dict.fromkeys(compiler.expansions)),
        warnings=tuple(compiler.warnings),
    )


@dataclass(slots=True)
class _Conjunction:
    """The parts of one conjunction while its nodes are compiled."""

    must: list[EngineQuery] = field(default_factory=list)
    words: list[EngineQuery] = field(default_factory=list)  # of which the policy requires all, most or any
    discriminative: int = 0  # of the words
    must_not: list[EngineQuery] = field(default_factory=list)
    filter: list[EngineQuery] = field(default_factory=list)
    adjacent: list[EngineQuery] = field(default_factory=list)


class _Compiler:
    """Compiles one tree, and collects the other parts of its plan on the way.

    Of a negation it collects only the searched words and the warnings.
    """

    def __init__(self, vocabulary: Vocabulary, *, variants: bool, synonyms: bool, any_word: bool) -> None:
        self._vocabulary = vocabulary
        self._variants = variants
        self._synonyms = synonyms
        self._any_word = any_word
        self.clauses: list[TermClause] = []
        self.adjacent: list[Phrase] = []
        self.searched: dict[ast.Words, str] = {}  # the forms that are searched, without the stop words left out
        self.expansions: list[Expansion] = []
        self.warnings: list[QueryWarning] = []
        self.max_words = 0  # side by side, in the conjunction with most of them
        self.can_relax = False

    def compile(self, node: ast.Node, scope: Scope) -> EngineQuery | None:
        """The engine query of a node, searched in `scope`; None when the node has no word."""
        match node:
            case ast.Words() | ast.Sequence():
                return self._side_by_side(node.children if isinstance(node, ast.Sequence) else (node,), scope)
            case ast.And():
                return self._conjunction(node.children, scope)
            case ast.Or():
                queries = self._compile_all(node.children, scope)
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
                return self._pattern(node, scope)

    def _compile_all(self, nodes: Sequence[ast.Node], scope: Scope) -> list[EngineQuery]:
        """The engine queries of the nodes that have words."""
        return [query for node in nodes if (query := self.compile(node, scope)) is not None]

    def _side_by_side(self, children: Sequence[ast.Node], scope: Scope) -> EngineQuery | None:
        parts = _Conjunction()
        stop_words: dict[ast.Words, list[QueryClause]] = {}
        for child in children:
            if isinstance(child, ast.Words) and scope.field != "language":
                stop_words[child] = self._add_words(child, scope, parts)
            elif isinstance(child, _COUNTS_AS_WORD):
                queries = self._compile_all((child,), scope)
                parts.words += queries
                parts.discriminative += len(queries)
            else:
                self._add(child, scope, parts)
        if not (parts.words or parts.must):
            for words, clauses in stop_words.items():
                parts.words += [self._add_clause(clause) for clause in clauses]
                self.searched[words] = _forms(clauses)
        return self._conjoined(parts)

    def _conjunction(self, children: Sequence[ast.Node], scope: Scope) -> EngineQuery | None:
        parts = _Conjunction()
        for child in children:
            self._add(child, scope, parts)
        return self._conjoined(parts)

    def _add(self, child: ast.Node, scope: Scope, parts: _Conjunction) -> None:
        """Add a node that always must match, must not match or filters."""
        match child:
            case ast.Not():
                negated = _Compiler(self._vocabulary, variants=False, synonyms=False, any_word=False)
                parts.must_not += negated._compile_all((child.child,), scope)
                self.searched |= negated.searched
                self.warnings += negated.warnings
            case ast.DateFilter():
                parts.filter.append(DateRange(child.first, child.last))
            case ast.Words() if scope.field == "language":
                parts.filter.append(self._language(child))
            case _:
                parts.must += self._compile_all((child,), scope)

    def _add_words(self, node: ast.Words, scope: Scope, parts: _Conjunction) -> list[QueryClause]:
        """Add the content words; return the clauses of the stop words, which are left out."""
        typed = self._vocabulary.words(node.text, variants=self._variants)
        tokens = list(tokenize(node.text, self._vocabulary.language))
        texts = [token.text for token in tokens]
        synonyms = self._vocabulary.synonyms_among(typed, texts) if self._synonyms else []
        joined = list(joined_tokens(node.text, tokens))
        clauses = list(query_clauses(typed, synonyms, joined, scope, any_word=self._any_word))
        self.can_relax |= any(clause.can_relax for clause in clauses)
        content = [clause for clause in clauses if not clause.is_stopword]
        parts.words += [self._add_clause(clause) for clause in content]
        parts.discriminative += sum(clause.is_discriminative for clause in content)
        self.searched[node] = _forms(content)
        if scope.includes_text:
            phrases = list(adjacent_phrases(typed, scope.boost))
            parts.adjacent += phrases
            self.adjacent += phrases
        return [clause for clause in clauses if clause.is_stopword]

    def _language(self, node: ast.Words | ast.Quoted | ast.Exact) -> EngineQuery:
        if isinstance(node, ast.Words):
            self.searched[node] = node.text.lower()
        return Keyword("language", (node.text.lower(),))

    def _as_written(self, node: ast.Quoted | ast.Exact, scope: Scope) -> EngineQuery | None:
        if scope.field == "language":
            return self._language(node)
        folded_forms = self._vocabulary.folded_forms(node.text)
        slop = node.slop if isinstance(node, ast.Quoted) else 0
        return self._add_term_clause(PhraseClause(folded_forms, slop, scope)) if folded_forms else None

    def _pattern(self, node: ast.Prefix | ast.Wildcard | ast.Fuzzy, scope: Scope) -> EngineQuery:
        """Expand a pattern into the terms of the corpus that match."""
        dictionary = self._vocabulary.term_dictionary
        match node:
            case ast.Prefix():
                kind, matched = "prefix", dictionary.prefix(node.text)
            case ast.Wildcard():
                kind, matched = "wildcard", dictionary.wildcard(node.text)
            case ast.Fuzzy():
                distance = node.distance or (1 if len(node.text) <= _SHORT_WORD else 2)
                kind, matched = "fuzzy", dictionary.fuzzy(node.text, distance)
        if not matched.terms:
            return NOTHING if isinstance(node, ast.Fuzzy) else self._phrases(node, scope)
        if matched.is_truncated:
            self.warnings.append(warning("too_many_forms", node.start, node.end, node.text))
        self.expansions.append(Expansion(node.text, kind, matched.folded_forms[:_SHOWN_FORMS]))
        terms = tuple(WeightedTerm(term.folded, ranking.FUZZY[term.distance]) for term in matched.terms)
        return self._add_term_clause(ExpansionClause(ast.to_text(node), terms, scope))

    def _phrases(self, node: ast.Prefix | ast.Wildcard, scope: Scope) -> EngineQuery:
        """Expand a pattern of several tokens (`rfc28*`) into phrases."""
        phrases = joined_pattern(node, self._vocabulary)
        if not phrases:
            return NOTHING
        kind: Literal["prefix", "wildcard"] = "prefix" if isinstance(node, ast.Prefix) else "wildcard"
        self.expansions.append(Expansion(node.text, kind, tuple(map(" ".join, phrases[:_SHOWN_FORMS]))))
        return best_of([self._add_term_clause(PhraseClause(phrase, 0, scope)) for phrase in phrases])

    def _add_clause(self, clause: QueryClause) -> EngineQuery:
        self.clauses += clause.term_clauses
        self.expansions += clause.expansions
        return clause.query

    def _add_term_clause(self, clause: TermClause) -> EngineQuery:
        self.clauses.append(clause)
        return clause.query()

    def _conjoined(self, parts: _Conjunction) -> EngineQuery | None:
        """The engine query of a conjunction; None when it has no parts."""
        words = parts.words
        self.max_words = max(self.max_words, len(words))
        self.can_relax |= len(words) + len(parts.must) > 1 and bool(words)
        minimum = self._minimum(len(words), parts.discriminative, bool(parts.must))
        must, should = list(parts.must), tuple(parts.adjacent)
        if minimum == len(words):
            must += words
        elif minimum:
            must.append(Bool(should=tuple(words), minimum_should=minimum))
        else:
            should += tuple(words)
        if not (must or should or parts.must_not or parts.filter):
            return None
        if len(must) == 1 and not (should or parts.must_not or parts.filter):
            return must[0]
        return Bool(tuple(must), should, tuple(parts.must_not), tuple(parts.filter))

    def _minimum(self, words: int, discriminative: int, has_required: bool) -> int:
        """How many of the words side by side must match; `has_required` says whether other parts must match."""
        if self._any_word:
            return 0 if has_required else min(words, 1)
        return words if words <= _MAX_ALL else max(1, math.ceil(discriminative * ranking.MIN_SHARE))


def _forms(clauses: Sequence[QueryClause]) -> str:
    return " ".join(form for clause in clauses for form in clause.forms)
