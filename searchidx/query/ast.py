"""The syntax tree of a query, and its text in the query language.

Every node has `start` and `end`: half-open code points of the NFC query, `ParsedQuery.text`.
The tree has the text that was typed, no terms: analysis, stop words and weights belong to the plan.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from searchidx.model.results import QueryWarning
from searchidx.schema import QUERY_LABELS


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words with single spaces between them; the analyzer decides where a word begins and ends.

    As typed, without invisible characters; an operator that was read as a word is in lower case.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """A phrase, without its quotes; up to `slop` other words may stand between its words."""

    text: str
    start: int
    end: int
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins with `text`: as typed, without the star; at least two letters or digits."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Any word that matches `text`, in which `?` is one letter or digit and `*` any number of them, or none.

    Two letters or digits stand before the first wildcard, or three in all. There are at most four stars, never two
    next to each other and never a `?` just after one. A pattern with one star alone, at its end, is a `Prefix`.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words up to `distance` (1 or 2) edits away from `text`; with None, the length of the word decides."""

    text: str
    start: int
    end: int
    distance: int | None = None


@dataclass(frozen=True, slots=True)
class Exact:
    """This form of a word only, without stems, variants and synonyms; accents are optional, as in a phrase."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Boosted:
    """The child, whose score is multiplied by `factor` (0.1 to 10).

    The child is never a `Not`, `Required`, `DateFilter` or `Boosted`.
    """

    child: Node
    factor: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more children."""

    children: tuple[Node, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more children."""

    children: tuple[Node, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """Two or more children without an operator between them; the plan decides how many must match.

    A `Not` among them always excludes, and a `Required` must always match. No two neighbours are both `Words`, and
    no child is a `Sequence`.
    """

    children: tuple[Node, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Not:
    """Everything except the child, which is never a `Not`."""

    child: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Required:
    """The child must match, however many of its neighbours must."""

    child: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """The child, searched in one field (canonical name, never a date field); an inner field takes precedence."""

    name: str
    child: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateFilter:
    """Documents dated from `first` to `last`, both included; None is an open end, at one side at most."""

    first: dt.date | None
    last: dt.date | None
    start: int
    end: int


_PREFIXED = (Not, Required, Field, DateFilter, Boosted)
"""Nodes whose text needs no parentheses among words."""

_SELF_CONTAINED = (Quoted, Prefix, Wildcard, Fuzzy, Exact)
"""Nodes whose text never needs parentheses."""

Leaf = Words | Quoted | Prefix | Wildcard | Fuzzy | Exact | DateFilter
Node = Leaf | Boosted | And | Or | Sequence | Not | Required | Field


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query, its tree, and the warnings about it."""

    text: str  # NFC
    root: Node | None  # None when there is nothing to search for
    warnings: tuple[QueryWarning, ...] = ()  # in the order of their positions


def to_text(node: Node | None) -> str:
    """The tree in the query language, with the Spanish operators and field names.

    Parsing the text gives the same tree, except for words with an odd colon or dash inside. Parentheses stand
    wherever a user could be in doubt, to show how the query was read.
    """
    match node:
        case None:
            return ""
        case And():
            return " Y ".join(_operand(child, Sequence, Words, *_PREFIXED) for child in node.children)
        case Or():
            return " O ".join(_operand(child, *_PREFIXED) for child in node.children)
        case Sequence():
            return " ".join(_operand(child, Words, *_PREFIXED) for child in node.children)
        case Not():
            return f"NO {_operand(node.child, Field, Boosted)}"
        case Required() | Field():
            prefix = f"{QUERY_LABELS[node.name]}:" if isinstance(node, Field) else "+"
            return prefix + _operand(node.child, Boosted)
        case Boosted():
            return f"{_operand(node.child)}^{node.factor:g}"
        case _:
            return _leaf_text(node)


def keep_words(node: Node, kept: Mapping[Words, str]) -> Node | None:
    """The tree with its `Words` as in `kept`, without those that `kept` lacks; None when nothing is left."""
    match node:
        case Words():
            return replace(node, text=kept[node]) if kept.get(node) else None
        case And() | Or() | Sequence():
            children = tuple(each for child in node.children if (each := keep_words(child, kept)) is not None)
            if len(children) > 1:
                return replace(node, children=children)
            return children[0] if children else None
        case Not() | Required() | Field() | Boosted():
            child = keep_words(node.child, kept)
            return replace(node, child=child) if child is not None else None
        case _:
            return node


def _leaf_text(leaf: Leaf) -> str:
    match leaf:
        case Words() | Wildcard():
            return leaf.text
        case Quoted():
            return _phrase_text(leaf)
        case Prefix():
            return f"{leaf.text}*"
        case Fuzzy():
            return f"{leaf.text}~{leaf.distance or ''}"
        case Exact():
            return f"={leaf.text}"
        case DateFilter():
            return _date_text(leaf)


def _operand(node: Node, *bare: type[Node]) -> str:
    """The text of a node, in parentheses unless it is one word, one phrase, or of a `bare` type."""
    text = to_text(node)
    is_one_word = isinstance(node, Words) and " " not in text
    return text if is_one_word or isinstance(node, (*_SELF_CONTAINED, *bare)) else f"({text})"


def _phrase_text(node: Quoted) -> str:
    text = f"«{node.text}»" if any(quote in node.text for quote in '"“”„‟＂') else f'"{node.text}"'
    return f"{text}~{node.slop}" if node.slop else text


def _date_text(node: DateFilter) -> str:
    if node.first is None:
        return f"{QUERY_LABELS['until']}:{node.last}"
    if node.last is None:
        return f"{QUERY_LABELS['since']}:{node.first}"
    days = str(node.first) if node.first == node.last else f"[{node.first} a {node.last}]"
    return f"{QUERY_LABELS['date']}:{days}"
