"""What did the reader mean? Any string becomes a tree; what is no operator is words, and a warning says so.

    query    = side , { "Y" , side } ;
    side     = item , { item } ;                                 (* a Sequence *)
    item     = chain | unit ;
    chain    = conj , "O" , conj , { "O" , conj } ;
    conj     = unit , { "Y" , unit } ;
    unit     = { "NO" | "-" | "+" | field , ":" } , operand ;
    operand  = word | phrase | date , ":" , value | "(" , query , ")" ;

NO binds tightest, then Y, then O, and an O joins only its neighbours: `gas petróleo O carbón` is `gas
(petróleo O carbón)`, `a Y b O c` is `(a Y b) O c`. A Y that belongs to no O joins all that stands on its
two sides, so that runs of words stay whole: `Estados Unidos Y China` is not `Estados (Unidos Y China)`.
`AND`, `OR` and `NOT` are the same operators. `NO NO a` is `a`.

In a query that is all in capitals Y and O between words are operators, and so is NO with one word
after it; but a NO at the very start with more words after it is a word (`NO A LA GUERRA`).

The steps, each over the whole list of lexemes and none recursive: balance the parentheses, cut what
is beyond the limits, turn operators that lack an operand into words, fold the rest into a tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence as Run
from dataclasses import dataclass, field, replace

from searchidx.errors import QuerySyntaxError
from searchidx.model import QueryWarning
from searchidx.query.dates import read_dates
from searchidx.query.fields import DATE_FIELDS
from searchidx.query.lexer import Kind, Lexeme, cut_query, lex, normalize_query
from searchidx.query.tree import (
    LIMITS,
    And,
    DateFilter,
    Field,
    Node,
    Not,
    Or,
    ParsedQuery,
    Quoted,
    Required,
    Sequence,
    Words,
    expected,
    warning,
)

_MOST_OF_A_KIND = 4
"""Warnings of one code: a page of brackets would have hundreds, and nobody reads the fifth."""

_BINARY = (Kind.AND, Kind.OR)
_PREFIXES = (Kind.NOT, Kind.REQUIRED, Kind.FIELD)
_CLAUSES = (Kind.WORD, Kind.PHRASE, Kind.DATE)


def parse(text: str, *, strict: bool = False) -> ParsedQuery:
    """The query as a tree with its warnings; of a text far beyond the limit only the beginning is kept.

    Strict parsing raises QuerySyntaxError at the first place that the default would warn of.
    """
    query = normalize_query(text)
    kept, warnings = cut_query(query)
    lexemes, found = lex(kept)
    warnings += found
    lexemes = _balance(lexemes, len(kept), warnings)
    lexemes = _cut_clauses(lexemes, len(kept), warnings)
    lexemes = _read_capitals(lexemes, kept, warnings)
    lexemes = _settle_binary(_settle_prefixes(lexemes, warnings), warnings)
    root = _Builder(warnings).build(lexemes)
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


def _balance(lexemes: list[Lexeme], end: int, warnings: list[QueryWarning]) -> list[Lexeme]:
    """The lexemes with as many ) as (, in good order and not too deep."""
    balanced: list[Lexeme] = []
    opened: list[Lexeme] = []
    deepest = LIMITS["too_deep"]
    is_too_deep = False
    for lexeme in lexemes:
        if lexeme.kind is Kind.OPEN:
            opened.append(lexeme)
            if len(opened) > deepest:
                if not is_too_deep:
                    warnings.append(warning("too_deep", lexeme.start, lexeme.end))
                is_too_deep = True
                continue
        elif lexeme.kind is Kind.CLOSE:
            if not opened:
                warnings.append(warning("unopened_parenthesis", lexeme.start, lexeme.end))
                continue
            opened.pop()
            if len(opened) >= deepest:
                continue
            if balanced[-1].kind is Kind.OPEN:
                warnings.append(warning("empty_parentheses", balanced[-1].start, lexeme.end))
        balanced.append(lexeme)
    warnings += [warning("unclosed_parenthesis", lexeme.start, lexeme.end) for lexeme in opened]
    return balanced + [Lexeme(Kind.CLOSE, "", end, end)] * min(len(opened), deepest)


def _cut_clauses(lexemes: list[Lexeme], end: int, warnings: list[QueryWarning]) -> list[Lexeme]:
    """The lexemes up to the last clause that fits; what is then open is closed, what dangles is dropped."""
    clauses = [index for index, lexeme in enumerate(lexemes) if lexeme.kind in _CLAUSES]
    limit = LIMITS["too_many_clauses"]
    if len(clauses) <= limit:
        return lexemes
    warnings.append(warning("too_many_clauses", lexemes[clauses[limit]].start, end))
    kept = lexemes[: clauses[limit]]
    while kept[-1].kind in (*_BINARY, *_PREFIXES, Kind.OPEN):
        kept.pop()
    kinds = [lexeme.kind for lexeme in kept]
    unclosed = kinds.count(Kind.OPEN) - kinds.count(Kind.CLOSE)
    return kept + [Lexeme(Kind.CLOSE, "", kept[-1].end, kept[-1].end)] * unclosed


def _read_capitals(lexemes: list[Lexeme], query: str, warnings: list[QueryWarning]) -> list[Lexeme]:
    """The lexemes with the NO at the head of a shouted sentence read as a word."""
    if any(char.islower() for char in query):
        return lexemes
    read = list(lexemes)
    for index, lexeme in enumerate(lexemes):
        following = [each.kind for each in lexemes[index + 1 :]]
        if lexeme.kind is not Kind.NOT or lexeme.text == "-" or following[:1] != [Kind.WORD]:
            continue
        if index == 0 and following.count(Kind.WORD) > 1:
            read[0] = _as_word(lexeme)
            warnings.append(warning("capitals_word", lexeme.start, lexeme.end, lexeme.text))
        elif following[1:2] == [Kind.WORD]:
            warnings.append(warning("capitals_operator", lexeme.start, lexeme.end, lexeme.text))
    return read


def _as_word(operator: Lexeme) -> Lexeme:
    """An operator read as a word, in lower case so that no text of the tree makes it an operator again."""
    return replace(operator, kind=Kind.WORD, text=operator.text.lower(), field="")


def _settle_prefixes(lexemes: list[Lexeme], warnings: list[QueryWarning]) -> list[Lexeme | None]:
    """The lexemes with None after each prefix that begins no unit and was made a word: a gap for Y and O."""
    settled: list[Lexeme | None] = []
    begins: Kind | None = None  # the kind of the unit's beginning to the right, if one stands there
    for lexeme in reversed(lexemes):
        is_prefix = lexeme.kind in _PREFIXES
        nested = lexeme.kind is Kind.FIELD and (begins in (Kind.FIELD, Kind.DATE) or lexeme.field in DATE_FIELDS)
        if is_prefix and (begins is None or nested):
            code = "field_without_value" if lexeme.kind is Kind.FIELD else "operator_without_operand"
            warnings.append(warning(code, lexeme.start, lexeme.end, lexeme.text))
            settled += [None, _as_word(lexeme), None]
            begins = None
            continue
        begins = None if lexeme.kind in (*_BINARY, Kind.CLOSE) else lexeme.kind
        settled.append(lexeme)
    return settled[::-1]


def _settle_binary(lexemes: list[Lexeme | None], warnings: list[QueryWarning]) -> list[Lexeme]:
    """The lexemes without gaps, each Y and O standing between two units or made a word."""
    settled: list[Lexeme] = []
    ends_unit = False
    index = 0
    while index < len(lexemes):
        lexeme = lexemes[index]
        index += 1
        if lexeme is None:
            ends_unit = False
        elif lexeme.kind not in _BINARY:
            settled.append(lexeme)
            ends_unit = lexeme.kind in (*_CLAUSES, Kind.CLOSE)
        else:
            more = []
            while index < len(lexemes) and (other := lexemes[index]) and other.kind in _BINARY:
                more.append(other)
                index += 1
            after = lexemes[index] if index < len(lexemes) else None
            is_between = ends_unit and after is not None and after.kind is not Kind.CLOSE
            code = "repeated_operator" if is_between else "operator_without_operand"
            faulty = more if is_between else [lexeme, *more]
            warnings += [warning(code, each.start, each.end, each.text) for each in faulty]
            settled += [lexeme] if is_between else [_as_word(each) for each in faulty]
            ends_unit = False
    return settled


@dataclass(slots=True)
class _Group:
    """A query or group being read: its units, each with the operator before it, None when there is none."""

    units: list[tuple[Kind | None, Node | None]] = field(default_factory=list)
    operator: Kind | None = None
    prefixes: list[Lexeme] = field(default_factory=list)  # of the unit that comes


class _Builder:
    """Folds well-formed lexemes into a tree; empty groups and unreadable dates leave no trace in it."""

    def __init__(self, warnings: list[QueryWarning]) -> None:
        self.warnings = warnings
        self.unreadable: list[Words | None] = []

    def build(self, lexemes: Run[Lexeme]) -> Node | None:
        groups = [_Group()]
        for lexeme in lexemes:
            group = groups[-1]
            if lexeme.kind in _BINARY:
                group.operator = lexeme.kind
            elif lexeme.kind in _PREFIXES:
                group.prefixes.append(lexeme)
            elif lexeme.kind is Kind.OPEN:
                groups.append(_Group())
            elif lexeme.kind is Kind.CLOSE:
                groups.pop()
                _add(groups[-1], _fold(group.units), lexeme.end)
            else:
                _add(group, self._leaf(lexeme), lexeme.end)
        root = _fold(groups[0].units)
        if root is None and not any(lexeme.kind is Kind.NOT for lexeme in lexemes):
            return _join(Sequence, self.unreadable)  # better than an answer of nothing to `fecha:Navidad`
        return root

    def _leaf(self, lexeme: Lexeme) -> Node | None:
        if lexeme.kind is Kind.WORD:
            return _words(lexeme)
        if lexeme.kind is Kind.PHRASE:
            return Quoted(lexeme.text, lexeme.start, lexeme.end) if lexeme.text else None
        days = read_dates(lexeme.field, lexeme.text)
        if days is None:
            self.warnings.append(warning("unreadable_date", lexeme.start, lexeme.end, lexeme.text))
            self.unreadable.append(_words(lexeme))
            return None
        if days.swapped:
            self.warnings.append(warning("reversed_dates", lexeme.start, lexeme.end))
        return DateFilter(days.first, days.last, lexeme.start, lexeme.end)


def _words(lexeme: Lexeme) -> Words | None:
    """The lexeme as words, None when it has neither letter nor digit."""
    return Words(lexeme.text, lexeme.start, lexeme.end) if any(map(str.isalnum, lexeme.text)) else None


def _add(group: _Group, node: Node | None, end: int) -> None:
    """Adds a unit to a group, inside the prefixes that stand before it."""
    for prefix in reversed(group.prefixes):
        node = _wrap(prefix, node, end) if node else None
    group.units.append((group.operator, node))
    group.operator, group.prefixes = None, []


def _wrap(prefix: Lexeme, node: Node, end: int) -> Node:
    if prefix.kind is Kind.FIELD:
        return node if isinstance(node, DateFilter) else Field(prefix.field, node, prefix.start, end)
    inner = node.child if isinstance(node, (Not, Required)) else node
    if prefix.kind is Kind.REQUIRED:
        return node if isinstance(node, Not) else Required(inner, prefix.start, end)
    return inner if isinstance(node, Not) else Not(inner, prefix.start, end)


def _fold(units: Run[tuple[Kind | None, Node | None]]) -> Node | None:
    """The units of one group as one node, by the grammar at the head of this file."""
    chains: list[list[tuple[Kind | None, Node | None]]] = []
    for unit in units:
        if unit[0] is None:
            chains.append([])
        chains[-1].append(unit)
    sides: list[list[Node | None]] = [[]]
    for chain in chains:
        if any(operator is Kind.OR for operator, _ in chain):
            conjunctions: list[list[Node | None]] = [[]]
            for operator, node in chain:
                if operator is Kind.OR:
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
