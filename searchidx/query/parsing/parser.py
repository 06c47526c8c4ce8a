"""Parser: turns any string into a tree; what cannot be an operator is read as words, with a warning.

    query       = sequence , { "Y" , sequence } ;
    sequence    = clause , { clause } ;
    clause      = disjunction | operand ;
    disjunction = conjunction , "O" , conjunction , { "O" , conjunction } ;
    conjunction = operand , { "Y" , operand } ;
    operand     = { "NO" | "-" | "+" | field , ":" } , primary ;
    primary     = ( term | "(" , query , ")" ) , [ "^" , number ] | date , ":" , value ;
    term        = word | word , "*" | pattern | word , "~" , [ number ] | "=" , word | phrase , [ "~" , number ] ;

NO binds tightest, then Y, then O, and an O joins only its neighbours: `gas petróleo O carbón` is `gas
(petróleo O carbón)`, `a Y b O c` is `(a Y b) O c`. A Y that belongs to no O joins everything on its
left with everything on its right, so that runs of words stay whole: `Estados Unidos Y China` is not `Estados
(Unidos Y China)`.
`AND`, `OR` and `NOT` are the same operators. `NO NO a` is `a`.

In a query that is all in capitals Y and O between words are operators, and so is NO with one word
after it; but a NO at the very start with more words after it is a word (`NO A LA GUERRA`).

Tokens that break the grammar are repaired first (`repair`); then the tokens become a tree.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
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
from searchidx.query.parsing.lexer import cut_query, lex, normalize_query
from searchidx.query.parsing.repair import BINARY_OPERATORS, UNARY_OPERATORS, repair_tokens
from searchidx.query.parsing.term_operators import has_letter_or_digit
from searchidx.query.parsing.tokens import Boost, QueryToken, TokenKind, bounded_boost
from searchidx.query.warnings import expected, warning

_MAX_OF_EACH_CODE = 4
"""Warnings of one code: a page of brackets would have hundreds, and nobody reads the fifth."""

_Operand = tuple[TokenKind | None, Node | None]
"""The operator before a node, if any, and the node; None for an empty group or an unreadable date."""


def parse(text: str, *, strict: bool = False, today: Callable[[], dt.date] = dt.date.today) -> ParsedQuery:
    """The query as a tree with its warnings; only the beginning of a text far beyond the limit is kept.

    `today` is called when the query has a relative date such as `ayer`. Strict parsing raises QuerySyntaxError for
    the first of the warnings.
    """
    query = normalize_query(text)
    kept, warnings = cut_query(query)
    tokens, lexer_warnings = lex(kept)
    warnings += lexer_warnings
    root = _TreeBuilder(warnings, today).build(repair_tokens(tokens, kept, warnings))
    if root is None and not warnings and query.strip():
        warnings.append(warning("no_words", 0, len(query)))
    warnings.sort(key=lambda each: (each.start, each.end))
    if strict and warnings:
        first = warnings[0]
        raise QuerySyntaxError(query, first.start, first.end, expected(first.code))
    return ParsedQuery(query, root, tuple(_first_of_each_code(warnings)))


def _first_of_each_code(warnings: list[QueryWarning]) -> Iterator[QueryWarning]:
    counts: Counter[str] = Counter()
    for each in warnings:
        counts[each.code] += 1
        if counts[each.code] <= _MAX_OF_EACH_CODE:
            yield each


@dataclass(slots=True)
class _Group:
    """A query or group in parentheses while it is read."""

    start: int = 0
    operands: list[_Operand] = field(default_factory=list)
    operator: TokenKind | None = None  # before the next operand
    unary_operators: list[QueryToken] = field(default_factory=list)  # before the next operand


class _TreeBuilder:
    """Builds a tree from well-formed tokens; it has no nodes for empty groups and unreadable dates."""

    def __init__(self, warnings: list[QueryWarning], today: Callable[[], dt.date]) -> None:
        self.warnings = warnings
        self.today = today
        self.unreadable_dates: list[Words | None] = []

    def build(self, tokens: list[QueryToken]) -> Node | None:
        groups = [_Group()]
        for token in tokens:
            group = groups[-1]
            if token.kind in BINARY_OPERATORS:
                group.operator = token.kind
            elif token.kind in UNARY_OPERATORS:
                group.unary_operators.append(token)
            elif token.kind is TokenKind.OPEN:
                groups.append(_Group(token.start))
            elif token.kind is TokenKind.CLOSE:
                groups.pop()
                self._add(groups[-1], _group_node(group.operands), group.start, token)
            else:
                self._add(group, self._leaf(token), token.start, token)
        root = _group_node(groups[0].operands)
        if root is None and not any(token.kind is TokenKind.NOT for token in tokens):
            return _join(Sequence, self.unreadable_dates)  # `fecha:Navidad` alone is better searched as a word
        return root

    def _add(self, group: _Group, node: Node | None, start: int, last: QueryToken) -> None:
        """Add to a group a node that begins at `start`, with its boost, inside the unary operators before it."""
        end = last.end
        if last.boost:
            end = last.boost.end
            node = self._boosted(node, last.boost, start, last.end) if node else None
        for operator in reversed(group.unary_operators):
            node = _wrap(operator, node, end) if node else None
        group.operands.append((group.operator, node))
        group.operator, group.unary_operators = None, []

    def _boosted(self, node: Node, boost: Boost, start: int, caret: int) -> Node:
        """The node with its boost; exclusions and dates have no score: there it is ignored with a warning."""
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
            self.unreadable_dates.append(_words(token))
            return None
        if days.swapped:
            self.warnings.append(warning("reversed_dates", token.start, token.end))
        return DateFilter(days.first, days.last, token.start, token.end)


def _words(token: QueryToken) -> Words | None:
    """The token as words, None when it has neither letter nor digit."""
    return Words(token.text, token.start, token.end) if has_letter_or_digit(token.text) else None


def _wrap(operator: QueryToken, node: Node, end: int) -> Node:
    if operator.kind is TokenKind.FIELD:
        return node if isinstance(node, DateFilter) else Field(operator.field, node, operator.start, end)
    inner = node.child if isinstance(node, (Not, Required)) else node
    if operator.kind is TokenKind.REQUIRED:
        return node if isinstance(node, Not) else Required(inner, operator.start, end)
    return inner if isinstance(node, Not) else Not(inner, operator.start, end)


def _group_node(operands: list[_Operand]) -> Node | None:
    """The operands of one group as one node, by the grammar at the head of this file."""
    chains: list[list[_Operand]] = []
    for operand in operands:
        if operand[0] is None:
            chains.append([])
        chains[-1].append(operand)
    sequences: list[list[Node | None]] = [[]]
    for chain in chains:
        if any(operator is TokenKind.OR for operator, _ in chain):
            sequences[-1].append(_disjunction(chain))
        else:
            sequences[-1].append(chain[0][1])
            sequences += [[node] for _, node in chain[1:]]
    return _join(And, [_join(Sequence, nodes) for nodes in sequences])


def _disjunction(chain: list[_Operand]) -> Node | None:
    """The alternatives of a chain that has an O; a Y binds its neighbours first."""
    conjunctions: list[list[Node | None]] = [[]]
    for operator, node in chain:
        if operator is TokenKind.OR:
            conjunctions.append([])
        conjunctions[-1].append(node)
    return _join(Or, [_join(And, each) for each in conjunctions])


def _join(kind: type[And | Or | Sequence], nodes: Iterable[Node | None]) -> Node | None:
    """The nodes as children of one node, without None and nesting; adjacent words become one `Words`."""
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
