"""What does a query ask of the engine, and what will it mark? Here a tree becomes a ranking.

How many of the words that stand side by side must match is the policy:

    all     up to three words: each of them
    most    longer queries: a share (`ranking.MOST`) of those that tell documents apart
    any     one of them; tried when the above finds nothing

Quoted phrases, `+words`, groups joined by Y and fields are always required. Stop words are left out where anything
else is asked for. Accents and capitals never decide (see `vocabulary`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from searchidx import ranking
from searchidx.model import Match
from searchidx.query import tree
from searchidx.query.engine_query import All, Bool, DateRange, EngineQuery, Keyword, Phrase
from searchidx.query.interpretation import interpreted
from searchidx.query.leaves import Leaf, PhraseLeaf, WordLeaf, any_of, marks_of
from searchidx.query.marks import Marks
from searchidx.query.vocabulary import TypedWord, Vocabulary

_ALL_UP_TO = 3  # words


@dataclass(frozen=True, slots=True)
class Plan:
    """A query as the engine will see it."""

    query: EngineQuery
    snippet_query: EngineQuery | None  # what a paragraph must have to be shown; None: nothing is asked of the text
    text_marks: Marks
    title_marks: Marks
    interpreted: str  # in the query language, with only the words that are looked for
    match: Match
    can_relax: bool  # whether the policy "any" would ask for less

    @property
    def is_scored(self) -> bool:
        """Whether there is anything to rank by; filters alone say nothing about relevance."""
        return bool(self.snippet_query or self.title_marks)


@dataclass(slots=True)
class _Clauses:
    """The parts of one conjunction, while it is read."""

    must: list[EngineQuery] = field(default_factory=list)
    words: list[EngineQuery] = field(default_factory=list)  # under the policy
    telling: int = 0  # of the words, those that tell documents apart
    must_not: list[EngineQuery] = field(default_factory=list)
    filter: list[EngineQuery] = field(default_factory=list)
    bonus: list[EngineQuery] = field(default_factory=list)


def plan(root: tree.Node | None, vocabulary: Vocabulary, *, relaxed: bool = False) -> Plan:
    """The plan of a tree; `relaxed` asks for any of the words instead of all or most of them."""
    compiler = _Compiler(vocabulary, relaxed)
    query = compiler.compile(root, None) if root is not None else None
    leaves = compiler.leaves
    text_leaves = [leaf for leaf in leaves if leaf.field in (None, "text")]
    snippets = any_of([leaf.text_query() for leaf in text_leaves] + compiler.bonus) if text_leaves else None
    match: Match = "any" if relaxed else "most" if compiler.longest > _ALL_UP_TO else "all"
    return Plan(
        query if query is not None else _NOTHING,
        snippets,
        marks_of(leaves, "text"),
        marks_of(leaves, "title"),
        interpreted(root, compiler.searched),
        match,
        can_relax=compiler.can_relax and not relaxed,
    )


_NOTHING = Bool(must_not=(All(),))


class _Compiler:
    """Walks one tree; what it meets on the way, outside negations, is kept for marking and snippets."""

    def __init__(self, vocabulary: Vocabulary, relaxed: bool) -> None:
        self._vocabulary = vocabulary
        self._relaxed = relaxed
        self.leaves: list[Leaf] = []
        self.bonus: list[EngineQuery] = []
        self.searched: dict[tree.Words, tuple[str, ...]] = {}  # the forms looked for, stop words left out
        self.longest = 0  # words side by side
        self.can_relax = False

    def compile(self, node: tree.Node, name: str | None) -> EngineQuery | None:
        """The engine query of a node, looked for in the field `name`; None when it has no word in it."""
        match node:
            case tree.Words() | tree.Sequence():
                children = node.children if isinstance(node, tree.Sequence) else (node,)
                return self._side_by_side(children, name)
            case tree.And():
                return self._conjunction(node.children, name)
            case tree.Or():
                queries = [query for child in node.children if (query := self.compile(child, name)) is not None]
                return any_of(queries) if queries else None
            case tree.Not() | tree.DateFilter():
                return self._conjunction((node,), name)
            case tree.Required():
                return self.compile(node.child, name)
            case tree.Field():
                return self.compile(node.child, node.name)
            case tree.Quoted():
                return self._quoted(node, name)

    def _side_by_side(self, children: Sequence[tree.Node], name: str | None) -> EngineQuery | None:
        clauses = _Clauses()
        passed_over: dict[tree.Words, list[WordLeaf]] = {}
        for child in children:
            match child:
                case tree.Words() if name == "language":
                    clauses.filter.append(self._language(child))
                case tree.Words():
                    passed_over[child] = self._words(child, name, clauses)
                case tree.And() | tree.Or():
                    group = list(self._given(child, name))
                    clauses.words += group
                    clauses.telling += len(group)
                case _:
                    self._clause(child, name, clauses)
        if not (clauses.words or clauses.must):
            for child, leaves in passed_over.items():
                clauses.words += [self._keep(leaf) for leaf in leaves]
                self.searched[child] = tuple(leaf.typed.word.form for leaf in leaves)
        return self._conjoined(clauses)

    def _conjunction(self, children: Sequence[tree.Node], name: str | None) -> EngineQuery | None:
        clauses = _Clauses()
        for child in children:
            self._clause(child, name, clauses)
        return self._conjoined(clauses)

    def _clause(self, child: tree.Node, name: str | None, clauses: _Clauses) -> None:
        match child:
            case tree.Not():
                apart = _Compiler(self._vocabulary, relaxed=False)
                clauses.must_not += apart._given(child.child, name)
                self.searched |= apart.searched
            case tree.DateFilter():
                clauses.filter.append(DateRange(child.first, child.last))
            case _:
                clauses.must += self._given(child, name)

    def _given(self, node: tree.Node, name: str | None) -> Iterator[EngineQuery]:
        query = self.compile(node, name)
        if query is not None:
            yield query

    def _words(self, node: tree.Words, name: str | None, clauses: _Clauses) -> list[WordLeaf]:
        """Put the words of content among the clauses; the stop words, which were passed over."""
        typed = self._vocabulary.words(node.text)
        content = [word for word in typed if not word.is_stopword]
        clauses.words += [self._keep(WordLeaf(word, name)) for word in content]
        clauses.telling += sum(1 for word in content if word.is_telling)
        self.searched[node] = tuple(word.word.form for word in content)
        if name in (None, "text"):
            bonus = list(_neighbours(typed))
            clauses.bonus += bonus
            self.bonus += bonus
        return [WordLeaf(word, name) for word in typed if word.is_stopword]

    def _language(self, node: tree.Words | tree.Quoted) -> EngineQuery:
        if isinstance(node, tree.Words):
            self.searched[node] = (node.text.lower(),)
        return Keyword("language", (node.text.lower(),))

    def _quoted(self, node: tree.Quoted, name: str | None) -> EngineQuery | None:
        if name == "language":
            return self._language(node)
        surfaces = self._vocabulary.surfaces(node.text)
        return self._keep(PhraseLeaf(surfaces, node.slop, name)) if surfaces else None

    def _keep(self, leaf: Leaf) -> EngineQuery:
        self.leaves.append(leaf)
        return leaf.query()

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
        if self._relaxed:
            return 0 if anchored else min(words, 1)
        return words if words <= _ALL_UP_TO else max(1, math.ceil(telling * ranking.MOST))


def _neighbours(typed: Sequence[TypedWord]) -> Iterator[EngineQuery]:
    """Each two words of content that follow one another in the query, with what stands between, as a phrase."""
    content = [index for index, word in enumerate(typed) if not word.is_stopword]
    for first, last in pairwise(content):
        surfaces = tuple(word.word.surface for word in typed[first : last + 1])
        yield Phrase("surface", surfaces, 0, ranking.NEIGHBOURS)
