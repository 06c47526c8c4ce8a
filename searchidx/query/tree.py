"""What did the reader write, as a tree? And what is there to tell them about it?

Every node bears `start` and `end`: half-open code points into the NFC query, `ParsedQuery.text`.
The tree knows nothing of terms: what a word is, which words count and what a quote may skip is the
plan's business.

`WARNINGS` holds every message of the parser, Spanish and English, and what strict parsing says.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - as in searchidx.model

from searchidx.model import QueryWarning
from searchidx.query.fields import LABELS


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

    first: Date | None
    last: Date | None
    start: int
    end: int


_PREFIXED = (Not, Required, Field, DateFilter)

Node = Words | Quoted | And | Or | Sequence | Not | Required | Field | DateFilter


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
        case Words():
            return node.text
        case Quoted():
            return f"«{node.text}»" if any(quote in node.text for quote in '"“”„‟＂') else f'"{node.text}"'
        case And():
            return " Y ".join(_unit(child, Sequence, Words, *_PREFIXED) for child in node.children)
        case Or():
            return " O ".join(_unit(child, *_PREFIXED) for child in node.children)
        case Sequence():
            return " ".join(_unit(child, Words, *_PREFIXED) for child in node.children)
        case Not():
            return f"NO {_unit(node.child, Field)}"
        case Required() | Field():
            prefix = f"{LABELS[node.name]}:" if isinstance(node, Field) else "+"
            return prefix + _unit(node.child)
        case DateFilter():
            return _date_text(node)


def _unit(node: Node, *bare: type[Node]) -> str:
    """The node's text, in parentheses unless it is one word, one phrase, or of a `bare` type."""
    text = to_text(node)
    is_one_word = isinstance(node, Words) and " " not in text
    return text if is_one_word or isinstance(node, (Quoted, *bare)) else f"({text})"


def _date_text(node: DateFilter) -> str:
    if node.first is None:
        return f"{LABELS['until']}:{node.last}"
    if node.last is None:
        return f"{LABELS['since']}:{node.first}"
    days = str(node.first) if node.first == node.last else f"[{node.first} a {node.last}]"
    return f"{LABELS['date']}:{days}"


@dataclass(frozen=True, slots=True)
class Message:
    """What a warning says; `expected` completes "cannot read …: expected …" in strict parsing."""

    spanish: str
    english: str
    expected: str


LIMITS = {"too_long": 512, "too_many_clauses": 64, "too_deep": 32}
"""Characters, clauses (a word, a phrase or a date) and levels of parentheses that a query may have."""

WARNINGS: dict[str, Message] = {
    "too_long": Message(
        "La consulta pasa de {limit} caracteres; se ha buscado solo su comienzo.",
        "The query is longer than {limit} characters; only its beginning was searched.",
        "at most {limit} characters",
    ),
    "too_many_clauses": Message(
        "La consulta tiene más de {limit} palabras o frases; se ha buscado solo su comienzo.",
        "The query has more than {limit} words or phrases; only its beginning was searched.",
        "at most {limit} words or phrases",
    ),
    "too_deep": Message(
        "Hay más de {limit} paréntesis unos dentro de otros; los más interiores se han pasado por alto.",
        "More than {limit} parentheses stand inside one another; the innermost ones were ignored.",
        "at most {limit} levels of parentheses",
    ),
    "unbalanced_quote": Message(
        "Falta la otra comilla; el texto se ha leído como palabras sueltas.",
        "The other quotation mark is missing; the text was read as plain words.",
        "a closing quotation mark",
    ),
    "empty_quotes": Message(
        "No hay palabras entre las comillas; se han pasado por alto.",
        "There are no words between the quotation marks; they were ignored.",
        "words between the quotation marks",
    ),
    "unclosed_parenthesis": Message(
        "Falta cerrar este paréntesis; se ha cerrado al final de la consulta.",
        "This parenthesis is never closed; it was closed at the end of the query.",
        "a closing parenthesis",
    ),
    "unopened_parenthesis": Message(
        "Este paréntesis no cierra ninguno; se ha pasado por alto.",
        "This parenthesis closes none; it was ignored.",
        "an opening parenthesis before it",
    ),
    "empty_parentheses": Message(
        "No hay palabras entre los paréntesis; se han pasado por alto.",
        "There are no words between the parentheses; they were ignored.",
        "words between the parentheses",
    ),
    "operator_without_operand": Message(
        "Al operador «{text}» le falta una palabra al lado; no se ha leído como operador.",
        "The operator “{text}” lacks a word beside it; it was not read as an operator.",
        "a word, a phrase or a group beside the operator",
    ),
    "repeated_operator": Message(
        "Sobra «{text}» después de otro operador; se ha pasado por alto.",
        "“{text}” follows another operator; it was ignored.",
        "one operator between two words",
    ),
    "capitals_word": Message(
        "La consulta está toda en mayúsculas y «{text}» se ha leído como palabra; para excluir, use -palabra.",
        "The query is all in capitals and “{text}” was read as a word; to exclude, use -word.",
        "lower case for words, or -word to exclude",
    ),
    "capitals_operator": Message(
        "La consulta está toda en mayúsculas: «{text}» excluye lo que sigue; en minúsculas es una palabra.",
        "The query is all in capitals: “{text}” excludes the next word; in lower case it is a word.",
        "lower case for words, or -word to exclude",
    ),
    "unknown_field": Message(
        "No hay ningún campo «{text}»; se ha leído como palabras. Los campos son: {known}.",
        "There is no field “{text}”; it was read as words. The fields are: {known}.",
        "one of the fields {known}",
    ),
    "field_without_value": Message(
        "Al campo «{text}» le falta el valor; se ha leído como palabra.",
        "The field “{text}” has no value; it was read as a word.",
        "a word, a phrase or a group after the colon",
    ),
    "unreadable_date": Message(
        "No se entiende la fecha «{text}»; no se ha filtrado por ella. Ejemplos: fecha:2025-11-12, "
        "fecha:2025-11, fecha:[2025-11-01 a 2025-11-30].",
        "The date “{text}” cannot be read; it was not used as a filter. Examples: date:2025-11-12, "
        "date:2025-11, date:[2025-11-01 to 2025-11-30].",
        "a date such as 2025-11-12, 2025-11, 2025 or [2025-11-01 to 2025-11-30]",
    ),
    "reversed_dates": Message(
        "Las fechas estaban al revés; se ha buscado de la más antigua a la más reciente.",
        "The dates were the wrong way round; the search goes from the earlier to the later.",
        "the earlier date first",
    ),
    "no_words": Message(
        "La consulta no tiene letras ni cifras; no hay nada que buscar.",
        "The query has neither letters nor digits; there is nothing to search for.",
        "a word to search for",
    ),
}
"""Code → messages; `{text}` is what was typed."""


def warning(code: str, start: int, end: int, text: str = "") -> QueryWarning:
    """The warning of this code about a range of the query."""
    message = WARNINGS[code]
    return QueryWarning(code, _fill(message.spanish, code, text), _fill(message.english, code, text), start, end)


def expected(code: str) -> str:
    """What strict parsing wanted where the default would give the warning of this code."""
    return _fill(WARNINGS[code].expected, code)


def _fill(template: str, code: str, text: str = "") -> str:
    return template.format(text=text, limit=LIMITS.get(code), known=", ".join(LABELS.values()))
