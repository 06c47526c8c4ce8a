"""What did the reader mean? Any string becomes a tree; what is no operator is words, and a warning says so.

    query    = side , { "Y" , side } ;
    side     = item , { item } ;                                 (* a Sequence *)
    item     = chain | unit ;
    chain    = conj , "O" , conj , { "O" , conj } ;
    conj     = unit , { "Y" , unit } ;
    unit     = { "NO" | "-" | "+" | field , ":" } , operand ;
    operand  = ( term | "(" , query , ")" ) , [ "^" , number ] | date , ":" , value ;
    term     = word | word , "*" | pattern | word , "~" , [ number ] | "=" , word | phrase , [ "~" , number ] ;

NO binds tightest, then Y, then O, and an O joins only its neighbours: `gas petróleo O carbón` is `gas
(petróleo O carbón)`, `a Y b O c` is `(a Y b) O c`. A Y that belongs to no O joins all that stands on its
two sides, so that runs of words stay whole: `Estados Unidos Y China` is not `Estados (Unidos Y China)`.
`AND`, `OR` and `NOT` are the same operators. `NO NO a` is `a`.

In a query that is all in capitals Y and O between words are operators, and so is NO with one word
after it; but a NO at the very start with more words after it is a word (`NO A LA GUERRA`).

What no grammar allows is mended first (`repair`), then the tokens are folded into a tree.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from collections.abc import Sequence as Run
from dataclasses import dataclass, field

from searchidx.errors import QuerySyntaxError
from searchidx.model.results import QueryWarning
from searchidx.query.ast import (
    And,
    Boosted,
    DateFilter,
    Exact,
    Field,
    Fuzzy,
    Node,
    Not,
    Or,
    ParsedQuery,
    Prefix,
    Quoted,
    Required,
    Sequence,
    Wildcard,
    Words,
)
from searchidx.query.parsing.lexer import (
    cut_query,
    lex,
    normalize_query,
)
from searchidx.query.parsing.repair import (
    BINARY,
    PREFIXES,
    repaired,
)
from searchidx.query.parsing.tokens import (
    Boost,
    QueryToken,
    TokenKind,
    bounded_boost,
)
from searchidx.query.warnings import (
    expected,
    warning,
)

_MOST_OF_A_KIND = 4
"""Warnings of one code: a page of brackets would have hundreds, and nobody reads the fifth."""


def parse(text: str, *, strict: bool = False, today: Callable[[], dt.date] = dt.date.today) -> ParsedQuery:
    """The query as a tree with its warnings; of a text far beyond the limit only the beginning is kept.

    `today` is asked when a date such as `ayer` is to be read. Strict parsing raises QuerySyntaxError at the first
    place that the default would warn of.
    """
    query = normalize_query(text)
    kept, warnings = cut_query(query)
    tokens, found = lex(kept)
    warnings += found
    root = _Builder(warnings, today).build(repaired(tokens, kept, warnings))
    if root is None and not warnings and query.strip():
        warnings.append(warning("no_words", 0, len(query)))
    warnings.sort(key=lambda each: (each.start, each.end))
    if strict and warnings:
        first = warnings[0]
        raise QuerySyntaxError(query, first.start, first.end, expected(first.code))
    return ParsedQuery(query, root, tuple(_first_of_each_kind(warnings)))


def _first_of_each_kind(warnings: list[QueryWarning]) -> Iterator[QueryWarning]:
    seen: dict[str, int] = {}
    for each in warnings:
        seen[each.code] = seen.get(each.code, 0) + 1
        if seen[each.code] <= _MOST_OF_A_KIND:
            yield each


@dataclass(slots=True)
class _Group:
    """A query or group being read: its units, each with the operator before it, None when there is none."""

    start: int = 0
    units: list[tuple[TokenKind | None, Node | None]] = field(default_factory=list)
    operator: TokenKind | None = None
    prefixes: list[QueryToken] = field(default_factory=list)  # of the unit that comes


class _Builder:
    """Folds well-formed tokens into a tree; empty groups and unreadable dates leave no trace in it."""

    def __init__(self, warnings: list[QueryWarning], today: Callable[[], dt.date]) -> None:
        self.warnings = warnings
        self.today = today
        self.unreadable: list[Words | None] = []

    def build(self, tokens: Run[QueryToken]) -> Node | None:
        groups = [_Group()]
        for token in tokens:
            group = groups[-1]
            if token.kind in BINARY:
                group.operator = token.kind
            elif token.kind in PREFIXES:
                group.prefixes.append(token)
            elif token.kind is TokenKind.OPEN:
                groups.append(_Group(token.start))
            elif token.kind is TokenKind.CLOSE:
                groups.pop()
                self._add(groups[-1], _fold(group.units), group.start, token)
            else:
                self._add(group, self._leaf(token), token.start, token)
        root = _fold(groups[0].units)
        if root is None and not any(token.kind is TokenKind.NOT for token in tokens):
            return _join(Sequence, self.unreadable)  # better than an answer of nothing to `fecha:Navidad`
        return root

    def _add(self, group: _Group, node: Node | None, start: int, last: QueryToken) -> None:
        """Adds a unit to a group: a node that begins at `start`, with its boost, inside the prefixes before it."""
        end = last.end
        if last.boost:
            end = last.boost.end
            node = self._boosted(node, last.boost, start, last.end) if node else None
        for prefix in reversed(group.prefixes):
            node = _wrap(prefix, node, end) if node else None
        group.units.append((group.operator, node))
        group.operator, group.prefixes = None, []

    def _boosted(self, node: Node, boost: Boost, start: int, caret: int) -> Node:
        """The node with its boost; what is excluded or a date earns nothing that could be more."""
        if isinstance(node, (Not, DateFilter)):
            self.warnings.append(warning("bad_boost", caret, boost.end, f"^{boost.factor:g}"))
            return node
        if isinstance(node, Required):
            return Required(self._boosted(node.child, boost, node.child.start, caret), start, boost.end)
        if isinstance(node, Boosted):
            factor = node.factor * boost.factor
            if bounded_boost(factor) != round(factor, 3):
                self.warnings.append(warning("boost_limit", caret, boost.end, f"^{boost.factor:g}"))
            return Boosted(node.child, bounded_boost(factor), start, boost.end)
        return Boosted(node, boost.factor, start, boost.end)

    def _leaf(self, token: QueryToken) -> Node | None:
        text, start, end = token.text, token.start, token.end
        match token.kind:
            case TokenKind.WORD:
                return _words(token)
            case TokenKind.PHRASE:
                return Quoted(text, start, end, token.number) if text else None
            case TokenKind.PREFIX:
                return Prefix(text, start, end)
            case TokenKind.WILDCARD:
                return Wildcard(text, start, end)
            case TokenKind.FUZZY:
                return Fuzzy(text, start, end, token.number or None)
            case TokenKind.EXACT:
                return Exact(text, start, end)
            case _:
                return self._date(token)

    def _date(self, token: QueryToken) -> DateFilter | None:
        from searchidx.query.dates.date_ranges import read_dates  # few queries have a date

        days = read_dates(token.field, token.text, self.today)
        if days is None:
            self.warnings.append(warning("unreadable_date", token.start, token.end, token.text))
            self.unreadable.append(_words(token))
            return None
        if days.swapped:
            self.warnings.append(warning("reversed_dates", token.start, token.end))
        return DateFilter(days.first, days.last, token.start, token.end)


def _words(token: QueryToken) -> Words | None:
    """The token as words, None when it has neither letter nor digit."""
    return Words(token.text, token.start, token.end) if any(map(str.isalnum, token.text)) else None


def _wrap(prefix: QueryToken, node: Node, end: int) -> Node:
    if prefix.kind is TokenKind.FIELD:
        return node if isinstance(node, DateFilter) else Field(prefix.field, node, prefix.start, end)
    inner = node.child if isinstance(node, (Not, Required)) else node
    if prefix.kind is TokenKind.REQUIRED:
        return node if isinstance(node, Not) else Required(inner, prefix.start, end)
    return inner if isinstance(node, Not) else Not(inner, prefix.start, end)


def _fold(units: Run[tuple[TokenKind | None, Node | None]]) -> Node | None:
    """The units of one group as one node, by the grammar at the head of this file."""
    chains: list[list[tuple[TokenKind | None, Node | None]]] = []
    for unit in units:
        if unit[0] is None:
            chains.append([])
        chains[-1].append(unit)
    sides: list[list[Node | None]] = [[]]
    for chain in chains:
        if any(operator is TokenKind.OR for operator, _ in chain):
            conjunctions: list[list[Node | None]] = [[]]
            for operator, node in chain:
                if operator is TokenKind.OR:
                    conjunctions.append([])
                conjunctions[-1].append(node)
            sides[-1].append(_join(Or, [_join(And, each) for each in conjunctions]))
        else:
            sides[-1].append(chain[0][1])
            sides += [[node] for _, node in chain[1:]]
    return _join(And, [_join(Sequence, side) for side in sides])


def _join(kind: type[And | Or | Sequence], nodes: Run[Node | None]) -> Node | None:
    """The nodes under one of this kind, without gaps and nesting; words side by side become one run."""
    children: list[Node] = []
    for node in nodes:
        for child in node.children if isinstance(node, kind) else [node]:
            last = children[-1] if children else None
            if kind is Sequence and isinstance(last, Words) and isinstance(child, Words):
                children[-1] = Words(f"{last.text} {child.text}", last.start, child.end)
            elif child is not None:
                children.append(child)
    if len(children) < 2:
        return children[0] if children else None
    return kind(tuple(children), children[0].start, children[-1].end)
