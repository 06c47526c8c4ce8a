"""What is a searcher told, in Spanish and in English?"""

from __future__ import annotations

from dataclasses import dataclass

from searchidx import Expansion, QueryWarning, Results


@dataclass(frozen=True, slots=True)
class Messages:
    """Everything that `query` and `show` say about results, in one language."""

    warning: str
    nothing: str  # for {query}
    searched: str  # {interpreted}: what was looked for, where that is not what was typed
    empty: str
    any_word: str  # the documents have only some of the words
    most_words: str  # {results}
    did_you_mean: str  # {query}
    also: str  # {term}, {forms}
    result: str
    results: str
    footer: str  # {results}, {ms}
    page: str  # {results}, {first}, {last}, {ms}
    next_page: str  # {page}
    beyond: str  # {page}, {last_page}, {results}
    more_paragraph: str
    more_paragraphs: str  # {count}
    untitled: str
    derived: str
    decimal: str
    thousands: str
    spanish: bool = False

    def number(self, value: float, digits: int = 0) -> str:
        """A number as this language writes it; Spanish groups from five digits on."""
        if self.spanish and abs(value) < 10_000:
            return f"{value:.{digits}f}".replace(".", self.decimal)
        swapped = str.maketrans(",.", self.thousands + self.decimal)
        return f"{value:,.{digits}f}".translate(swapped)

    def count(self, results: Results) -> str:
        """How many there are, in words."""
        total = self.result if results.total == 1 else self.results
        counted = f"{self.number(results.total)} {total}"
        return self.most_words.format(results=counted) if results.match == "most" else counted

    def of(self, warning: QueryWarning) -> str:
        """What a warning says."""
        return f"{self.warning}: {warning.message if self.spanish else warning.message_en}"

    def expansion(self, expansion: Expansion) -> str:
        """What was searched beside a word."""
        return self.also.format(term=expansion.term, forms=", ".join(expansion.forms))


SPANISH = Messages(
    warning="Aviso",
    nothing="Ningún resultado para: {query}",
    searched="Se ha buscado: {interpreted}",
    empty="La consulta está vacía: escriba al menos una palabra.",
    any_word="Nada tiene todas las palabras; esto tiene alguna de ellas.",
    most_words="{results} con la mayoría de las palabras",
    did_you_mean="¿Quería decir: {query}?",
    also="{term}: también {forms}",
    result="resultado",
    results="resultados",
    footer="{results} en {ms} ms",
    page="{first}–{last} de {results} en {ms} ms",
    next_page="; para seguir: --page {page}",
    beyond="No hay página {page}: la última es la {last_page} ({results}).",
    more_paragraph="y 1 párrafo más",
    more_paragraphs="y {count} párrafos más",
    untitled="(sin título)",
    derived="título tomado de la primera frase",
    decimal=",",
    thousands=".",
    spanish=True,
)

ENGLISH = Messages(
    warning="Warning",
    nothing="No results for: {query}",
    searched="Searched for: {interpreted}",
    empty="The query is empty: type at least one word.",
    any_word="Nothing has all of the words; this has some of them.",
    most_words="{results} with most of the words",
    did_you_mean="Did you mean: {query}?",
    also="{term}: also {forms}",
    result="result",
    results="results",
    footer="{results} in {ms} ms",
    page="{first}–{last} of {results} in {ms} ms",
    next_page="; to go on: --page {page}",
    beyond="There is no page {page}: the last is {last_page} ({results}).",
    more_paragraph="and 1 more paragraph",
    more_paragraphs="and {count} more paragraphs",
    untitled="(untitled)",
    derived="title taken from the first sentence",
    decimal=".",
    thousands=",",
)

LANGUAGES = {"es": SPANISH, "en": ENGLISH}
