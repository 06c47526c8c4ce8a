"""What is a reader told when a query was not read as it stands? Every message, Spanish and English."""

from __future__ import annotations

from dataclasses import dataclass

from searchidx.model import QueryWarning
from searchidx.query.fields import LABELS


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
