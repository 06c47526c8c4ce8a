"""Messages about results, in Spanish and English."""

from __future__ import annotations

from dataclasses import dataclass

from searchidx import Expansion, QueryWarning, Results, format_number
from searchidx.cli.options import Language


@dataclass(frozen=True, slots=True)
class Messages:
    """The messages of `query` and `show` in one language; comments name the placeholders of a template."""

    warning: str
    no_results: str  # {query}
    searched: str  # {interpreted}: the query after normalization
    empty_query: str
    any_word: str  # no document has all words, the hits have some
    prefix_fallback: str  # {prefix}: its longer words were found instead
    all_words: str  # {all}, {most}, {total}
    did_you_mean: str  # {query}
    expansion: str  # {term}, {forms}
    result: str
    results: str
    footer: str  # {results}, {ms}
    page: str  # {results}, {first}, {last}, {ms}
    next_page: str  # {page}
    no_such_page: str  # {page}, {last_page}, {results}
    more_paragraph: str
    more_paragraphs: str  # {count}
    untitled: str
    derived_title: str
    language: Language

    def number(self, value: float, digits: int = 0) -> str:
        """A number in the notation of this language."""
        return format_number(value, self.language, digits)

    def count(self, results: Results) -> str:
        """The number of results, such as "5 results"."""
        noun = self.result if results.total == 1 else self.results
        return f"{self.number(results.total)} {noun}"

    def words_of_hits(self, results: Results) -> str | None:
        """How many hits have all words and how many most of them; None when every hit has all."""
        if results.match == "all" or results.total_all == results.total:
            return None
        if not results.total_all:
            return self.any_word
        return self.all_words.format(
            all=self.number(results.total_all),
            most=self.number(results.total_most),
            total=self.number(results.total),
        )

    def warning_text(self, warning: QueryWarning) -> str:
        """The message of a warning."""
        return f"{self.warning}: {warning.message if self.language == 'es' else warning.message_en}"

    def expansion_text(self, expansion: Expansion) -> str:
        """The forms that were searched besides a word."""
        return self.expansion.format(term=expansion.term, forms=", ".join(expansion.forms))


SPANISH = Messages(
    warning="Aviso",
    no_results="Ningún resultado para: {query}",
    searched="Se ha buscado: {interpreted}",
    empty_query="La consulta está vacía: escriba al menos una palabra.",
    any_word="Nada tiene todas las palabras; esto tiene alguna de ellas.",
    prefix_fallback="Nada tiene todas las palabras; se han buscado también las que empiezan por: {prefix}",
    all_words="De {total}, {all} con todas las palabras y {most} con la mayoría.",
    did_you_mean="¿Quería decir: {query}?",
    expansion="{term}: también {forms}",
    result="resultado",
    results="resultados",
    footer="{results} en {ms} ms",
    page="{first}–{last} de {results} en {ms} ms",
    next_page="; para seguir: --page {page}",
    no_such_page="No hay página {page}: la última es la {last_page} ({results}).",
    more_paragraph="y 1 párrafo más",
    more_paragraphs="y {count} párrafos más",
    untitled="(sin título)",
    derived_title="título tomado de la primera frase",
    language="es",
)

ENGLISH = Messages(
    warning="Warning",
    no_results="No results for: {query}",
    searched="Searched for: {interpreted}",
    empty_query="The query is empty: type at least one word.",
    any_word="Nothing has all of the words; this has some of them.",
    prefix_fallback="Nothing has all of the words; words that begin with this were searched too: {prefix}",
    all_words="Of {total}, {all} with all of the words and {most} with most of them.",
    did_you_mean="Did you mean: {query}?",
    expansion="{term}: also {forms}",
    result="result",
    results="results",
    footer="{results} in {ms} ms",
    page="{first}–{last} of {results} in {ms} ms",
    next_page="; to go on: --page {page}",
    no_such_page="There is no page {page}: the last is {last_page} ({results}).",
    more_paragraph="and 1 more paragraph",
    more_paragraphs="and {count} more paragraphs",
    untitled="(untitled)",
    derived_title="title taken from the first sentence",
    language="en",
)

LANGUAGES: dict[Language, Messages] = {"es": SPANISH, "en": ENGLISH}
