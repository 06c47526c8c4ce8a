"""What did the reader write, as a tree?

Every node bears `start` and `end`: half-open code points into the NFC query, `ParsedQuery.text`.
The tree knows nothing of terms: what a word is, which words count and what a quote may skip is the
plan's business.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from searchidx.model.results import QueryWarning
from searchidx.schema import QUERY_LABELS


@dataclass(frozen=True, slots=True)
class Words:
    """A run of plain words, parted by single spaces; the analyzer decides what a word of it is.

    As typed but for invisible characters; an operator that was read as a word is in lower case.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quoted:
    """A phrase as written between quotes, without them; up to `slop` words may stand between its own."""

    text: str
    start: int
    end: int
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins with `text`, which is as typed, without the star; at least two letters or digits."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Any word of this form: in `text`, a `?` is one letter or digit and a `*` any number of them, or none.

    Two letters or digits stand before the first sign, or three in all. There are at most four stars, never two
    side by side and never a `?` just after one; one star at the end alone is a `Prefix`.
    """

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words up to `distance` (1 or 2) edits away from `text`; None leaves it to the length of the word."""

    text: str
    start: int
    end: int
    distance: int | None = None


@dataclass(frozen=True, slots=True)
class Exact:
    """This form of a word only: no stems, variants or synonyms; accents optional, as in a phrase."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Boosted:
    """The child, which counts `factor` times (0.1 to 10) in the ranking.

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
    """Two or more children side by side, no operator between: how many must match is the plan's policy.

    A `Not` among them excludes and a `Required` is required whatever the policy. No two neighbours
    are both `Words`, and none is itself a `Sequence`.
    """

    children: tuple[Node, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but the child, which is never itself a `Not`."""

    child: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Required:
    """The child must match, whatever the policy for its neighbours."""

    child: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Field:
    """The child, looked for in one field (canonical name, never a date field); an inner field counts."""

    name: str
    child: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DateFilter:
    """Documents dated from `first` to `last`, both included; None is an open end, never at both."""

    first: dt.date | None
    last: dt.date | None
    start: int
    end: int


_PREFIXED = (Not, Required, Field, DateFilter, Boosted)
_ONE_WORD = (Quoted, Prefix, Wildcard, Fuzzy, Exact)

Leaf = Words | Quoted | Prefix | Wildcard | Fuzzy | Exact | DateFilter
Node = Leaf | Boosted | And | Or | Sequence | Not | Required | Field


@dataclass(frozen=True, slots=True)
class ParsedQuery:
    """A query as read: its NFC text, its tree (None when there is nothing to look for), its warnings."""

    text: str
    root: Node | None
    warnings: tuple[QueryWarning, ...] = ()  # in the order of their standing


def to_text(node: Node | None) -> str:
    """The tree in the query language, with the Spanish operators and names.

    Parsing it gives the tree back, but for words with an odd colon or dash inside. Parentheses stand
    wherever a reader could doubt, so that they show how the query was read.
    """
    match node:
        case None:
            return ""
        case And():
            return " Y ".join(_unit(child, Sequence, Words, *_PREFIXED) for child in node.children)
        case Or():
            return " O ".join(_unit(child, *_PREFIXED) for child in node.children)
        case Sequence():
            return " ".join(_unit(child, Words, *_PREFIXED) for child in node.children)
        case Not():
            return f"NO {_unit(node.child, Field, Boosted)}"
        case Required() | Field():
            prefix = f"{QUERY_LABELS[node.name]}:" if isinstance(node, Field) else "+"
            return prefix + _unit(node.child, Boosted)
        case Boosted():
            return f"{_unit(node.child)}^{node.factor:g}"
        case _:
            return _leaf_text(node)


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


def _unit(node: Node, *bare: type[Node]) -> str:
    """The node's text, in parentheses unless it is one word, one phrase, or of a `bare` type."""
    text = to_text(node)
    is_one_word = isinstance(node, Words) and " " not in text
    return text if is_one_word or isinstance(node, (*_ONE_WORD, *bare)) else f"({text})"


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
