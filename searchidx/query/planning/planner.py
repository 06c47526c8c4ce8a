"""Planner: turns the tree of a query into the engine query that ranks its hits.

Of words side by side one discriminative word must match; what matches most of them ranks first by its score. Among
them `+words`, quoted phrases and fields must match; beside `+words` and phrases no other word must. A part with a
boost, a group joined by Y or O, a pattern and an exact form count as one word, whatever they contain: `"a b"^2`
need not match where `"a b"` must. Of parts joined by Y each must match, of parts joined by O one.

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
from searchidx.engines.query import NOTHING, Bool, Constant, DateRange, EngineQuery, Keyword, Phrase
from searchidx.model.results import Expansion, QueryWarning
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

_MANY_WORDS = 4
"""Words of a query from which one that the corpus lacks does not call for a correction: it may be the noise of a
spoken question."""

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
    split_joined: bool = False,
) -> Plan:
    """The plan of a query; None is the tree of an empty one.

    `variants` and `synonyms` say whether other spellings of names, and other names of things, are searched too.
    `split_joined` searches joined tokens (*I+D*) as words in any place, too.
    """
    if root is None:
        return EMPTY_PLAN
    compiler = _Compiler(vocabulary, variants=variants, synonyms=synonyms, split_joined=split_joined)
    query = compiler.compile(root, Scope())
    words = compiler.outer_words if isinstance(root, ast.Words | ast.Sequence) else None
    return Plan(
        query=query if query is not None else NOTHING,
        interpreted=ast.to_text(ast.keep_words(root, compiler.searched)),
        match="any" if split_joined or (words and words.is_optional) else "all",
        can_split=compiler.can_split,
        all_words=words.with_all() if words and words.is_optional else None,
        most_words=words.with_most() if words and words.is_optional else None,
        most_known_words=words.with_most_known() if words and words.is_optional else None,
        clauses=tuple(compiler.clauses),
        adjacent=tuple(compiler.adjacent),
        all_words_bonuses=tuple(compiler.all_words_bonuses),
        expansions=tuple(dict.fromkeys(compiler.expansions)),
        warnings=tuple(compiler.warnings),
    )


@dataclass(slots=True)
class _Conjunction:
    """The parts of one conjunction while its nodes are compiled."""

    must: list[EngineQuery] = field(default_factory=list)
    words: list[EngineQuery] = field(default_factory=list)  # of which one must match
    infrequent: list[EngineQuery] = field(default_factory=list)  # of the words; one of these, if any can match
    has_discriminative: bool = False  # one of the infrequent words is in the corpus
    known: list[EngineQuery] = field(default_factory=list)  # those of the words that the corpus has
    has_required: bool = False  # a phrase or a +word is there, beside which no word must match
    must_not: list[EngineQuery] = field(default_factory=list)
    filter: list[EngineQuery] = field(default_factory=list)
    adjacent: list[EngineQuery] = field(default_factory=list)

    @property
    def is_optional(self) -> bool:
        """Whether a hit may lack one of the words."""
        return len(self.words) + len(self.must) > 1 and bool(self.words)

    def with_all(self) -> EngineQuery:
        """What has all words, to be counted."""
        return self._at_least(len(self.words), self.words)

    def with_most(self) -> EngineQuery:
        """What has most words."""
        return self._at_least(math.ceil(len(self.words) * ranking.MOST_WORDS), self.words)

    def with_most_known(self) -> EngineQuery:
        """As `with_most`; of a query of many words those that the corpus lacks do not count."""
        words = self.known if len(self.words) >= _MANY_WORDS and self.known else self.words
        return self._at_least(math.ceil(len(words) * ranking.MOST_WORDS), words)

    def _at_least(self, minimum: int, words: Sequence[EngineQuery]) -> EngineQuery:
        enough = Bool(should=tuple(words), minimum_should=minimum)
        return Bool(tuple(self.must), must_not=tuple(self.must_not), filter=(*self.filter, enough))


class _Compiler:
    """Compiles one tree, and collects the other parts of its plan on the way.

    Of a negation it collects only the searched words and the warnings.
    """

    def __init__(
        self, vocabulary: Vocabulary, *, variants: bool, synonyms: bool, split_joined: bool = False
    ) -> None:
        self._vocabulary = vocabulary
        self._variants = variants
        self._synonyms = synonyms
        self._split_joined = split_joined
        self.can_split = False  # a joined token could be searched as its words
        self.clauses: list[TermClause] = []
        self.adjacent: list[Phrase] = []
        self.all_words_bonuses: list[Constant] = []
        self.searched: dict[ast.Words, str] = {}  # the forms that are searched, without the stop words left out
        self.expansions: list[Expansion] = []
        self.warnings: list[QueryWarning] = []
        self.outer_words: _Conjunction | None = (
            None  # the conjunction that was compiled last, which has all others
        )

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
                parts.infrequent += queries
                parts.known += queries
                parts.has_discriminative |= bool(queries)
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
                negated = _Compiler(self._vocabulary, variants=False, synonyms=False)
                parts.must_not += negated._compile_all((child.child,), scope)
                self.searched |= negated.searched
                self.warnings += negated.warnings
            case ast.DateFilter():
                parts.filter.append(DateRange(child.first, child.last))
            case ast.Words() if scope.field == "language":
                parts.filter.append(self._language(child))
            case _:
                required = self._compile_all((child,), scope)
                parts.must += required
                parts.has_required |= bool(required) and not isinstance(child, ast.Field)

    def _add_words(self, node: ast.Words, scope: Scope, parts: _Conjunction) -> list[QueryClause]:
        """Add the content words; return the clauses of the stop words, which are left out."""
        typed = self._vocabulary.words(node.text, variants=self._variants)
        content_words = sum(not word.is_stopword for word in typed)
        scope = replace(scope, title_boost=max(1.0, ranking.TITLE_OF_FEW_WORDS / max(1, content_words)))
        tokens = list(tokenize(node.text, self._vocabulary.language))
        texts = [token.text for token in tokens]
        synonyms = self._vocabulary.synonyms_among(typed, texts) if self._synonyms else []
        joined = list(joined_tokens(node.text, tokens))
        clauses = list(query_clauses(typed, synonyms, joined, scope, split_joined=self._split_joined))
        self.can_split |= any(clause.can_split for clause in clauses)
        content = [clause for clause in clauses if not clause.is_stopword]
        for clause in content:
            query = self._add_clause(clause)
            parts.words.append(query)
            parts.has_discriminative |= clause.is_discriminative
            if clause.is_discriminative or clause.is_frequent:
                parts.known.append(query)
            if not clause.is_frequent:
                parts.infrequent.append(query)
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
        self.outer_words = parts
        must, should = list(parts.must), tuple(parts.adjacent)
        if parts.has_required or not parts.words:
            should += tuple(parts.words)
        else:
            required = parts.infrequent if parts.has_discriminative else parts.words
            must.append(any_of(required))
            should += tuple(word for word in parts.words if word not in required)
        if len(parts.words) > 1:
            bonus = Constant(Bool(must=tuple(parts.words)), ranking.ALL_WORDS)
            self.all_words_bonuses.append(bonus)
            should += (bonus,)
        if not (must or should or parts.must_not or parts.filter):
            return None
        if len(must) == 1 and not (should or parts.must_not or parts.filter):
            return must[0]
        return Bool(tuple(must), should, tuple(parts.must_not), tuple(parts.filter))


def _forms(clauses: Sequence[QueryClause]) -> str:
    return " ".join(form for clause in clauses for form in clause.forms)
