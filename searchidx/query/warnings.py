"""Warnings about parts of a query that cannot be read as typed, in Spanish and English."""

from __future__ import annotations

from dataclasses import dataclass

from searchidx.model.results import QueryWarning
from searchidx.schema import QUERY_LABELS


@dataclass(frozen=True, slots=True)
class Message:
    """The texts of a warning; `{text}` in them is what was typed, `{limit}` the limit, `{known}` the fields."""

    spanish: str
    english: str
    expected: str  # completes "cannot read …: expected …" in strict parsing


MAX_QUERY_LENGTH = 512
"""Characters of a query that are read; the parser cuts a longer one and warns."""

LIMITS = {"too_long": MAX_QUERY_LENGTH, "too_many_clauses": 64, "too_deep": 32, "bad_slop": 50}
"""Code of a warning → the limit: characters, clauses (a word, a phrase or a date), levels of parentheses, and the
slop of a phrase."""

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
        "The operator “{text}” has no word next to it; it was not read as an operator.",
        "a word, a phrase or a group next to the operator",
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
        'fecha:12/11/2025, fecha:"noviembre de 2025", fecha:ayer, fecha:[2025-11-01 a 2025-11-30].',
        "The date “{text}” cannot be read; it was not used as a filter. Examples: date:2025-11-12, "
        'date:12/11/2025, date:"November 2025", date:yesterday, date:[2025-11-01 to 2025-11-30].',
        "a date such as 2025-11-12, 12/11/2025, 2025-11, yesterday or [2025-11-01 to 2025-11-30]",
    ),
    "reversed_dates": Message(
        "Las fechas estaban al revés; se ha buscado de la más antigua a la más reciente.",
        "The dates were the wrong way round; the search goes from the earlier to the later.",
        "the earlier date first",
    ),
    "short_prefix": Message(
        "«{text}» tiene pocas letras: con «*» y «?» hacen falta dos al principio o tres en total. "
        "Se ha leído sin esos signos.",
        "“{text}” has too few letters: with “*” and “?” two are needed at its beginning, or three in all. "
        "It was read without these characters.",
        "two letters before “*” or “?”, or three in all",
    ),
    "too_many_stars": Message(
        "«{text}» tiene más de cuatro asteriscos; se ha leído sin ellos.",
        "“{text}” has more than four stars; it was read without them.",
        "at most four stars in a word",
    ),
    "short_fuzzy": Message(
        "«{text}» es muy corta para buscar palabras parecidas: hacen falta tres letras. Se ha buscado tal cual.",
        "“{text}” is too short to look for similar words: three letters are needed. It was searched as it is.",
        "three letters before “~”",
    ),
    "bad_distance": Message(
        "«{text}» no es una distancia posible: tras «~» va 1 o 2. Se ha usado la más próxima.",
        "“{text}” is no possible distance: 1 or 2 follows “~”. The nearest was used.",
        "~1 or ~2",
    ),
    "bad_slop": Message(
        "«{text}» es demasiado: entre las palabras de una frase caben hasta {limit} más. Se ha usado {limit}.",
        "“{text}” is too much: up to {limit} more words may stand between those of a phrase. {limit} was used.",
        "at most ~{limit}",
    ),
    "bad_boost": Message(
        "«{text}» no da peso a nada; se ha pasado por alto. El peso es un número de 0,1 a 10 pegado a una "
        "palabra, frase o grupo: energía^2.",
        "“{text}” gives no weight to anything; it was ignored. A weight is a number from 0.1 to 10 right after a "
        "word, phrase or group: energy^2.",
        "a number from 0.1 to 10 right after a word, a phrase or a group",
    ),
    "boost_limit": Message(
        "El peso «{text}» no está entre 0,1 y 10; se ha usado el más próximo.",
        "The weight “{text}” is not between 0.1 and 10; the nearest was used.",
        "a number from 0.1 to 10",
    ),
    "ignored_sign": Message(
        "«{text}» no es aquí un operador; se ha pasado por alto.",
        "“{text}” is no operator here; it was ignored.",
        "one of “=”, “~” and “*” or “?” in a word",
    ),
    "too_many_forms": Message(
        "Muchas palabras encajan con «{text}»; se han buscado las {limit} más frecuentes.",
        "Many words fit “{text}”; the {limit} most frequent ones were searched.",
        "a narrower pattern",
    ),
    "no_words": Message(
        "La consulta no tiene letras ni cifras; no hay nada que buscar.",
        "The query has neither letters nor digits; there is nothing to search for.",
        "a word to search for",
    ),
}
"""Code → message."""


def warning(code: str, start: int, end: int, text: str = "") -> QueryWarning:
    """The warning of this code about a range of the query, where `text` was typed."""
    message = WARNINGS[code]
    return QueryWarning(code, _fill(message.spanish, code, text), _fill(message.english, code, text), start, end)


def expected(code: str) -> str:
    """What strict parsing expected instead of the input that this warning is about."""
    return _fill(WARNINGS[code].expected, code)


def _fill(template: str, code: str, text: str = "") -> str:
    return template.format(text=text, limit=LIMITS.get(code), known=", ".join(QUERY_LABELS.values()))
