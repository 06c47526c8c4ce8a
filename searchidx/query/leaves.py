"""In which fields, and with what weight, is one word or one phrase of the query looked for?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from searchidx import ranking
from searchidx.query.engine_query import Bool, DisMax, EngineQuery, Phrase, Term
from searchidx.query.fields import about_term
from searchidx.query.marks import Marks
from searchidx.query.vocabulary import TypedWord


@dataclass(frozen=True, slots=True)
class WordLeaf:
    """One word, in any field (None) or in one."""

    typed: TypedWord
    field: str | None

    def query(self) -> EngineQuery:
        """Entries that have the word."""
        match self.field:
            case None:
                return any_of([*self._in_text(), *self._in_title(), self._about(self.typed.word.surface)])
            case "text":
                return self.text_query()
            case "title":
                return any_of(self._in_title())
            case field:
                return self._about(about_term(field, self.typed.word.surface))

    def text_query(self) -> EngineQuery:
        """Entries that have the word in their own text, whatever title and source say."""
        return any_of(self._in_text())

    def _in_text(self) -> list[EngineQuery]:
        word = self.typed.word
        queries = [
            _alternatives("stem", self.typed.stems, ranking.STEM),
            _alternatives("surface", self.typed.surfaces, ranking.SURFACE),
        ]
        if word.accented:
            queries.append(Term("accented", word.form, ranking.ACCENTED))
        return queries

    def _in_title(self) -> list[EngineQuery]:
        return [
            _alternatives("title_stem", self.typed.stems, ranking.TITLE_STEM),
            _alternatives("title_surface", self.typed.surfaces, ranking.TITLE_SURFACE),
        ]

    def _about(self, term: str) -> EngineQuery:
        return Term("about", term, ranking.ABOUT)


@dataclass(frozen=True, slots=True)
class PhraseLeaf:
    """Words as written, accents optional, side by side, in any field (None) or in one."""

    surfaces: tuple[str, ...]
    slop: int
    field: str | None

    def query(self) -> EngineQuery:
        """Entries that have the phrase."""
        match self.field:
            case None:
                title, about = ranking.TITLE_STEM, ranking.ABOUT
                return any_of([self.text_query(), self._in("title_surface", title), self._in("about", about)])
            case "text":
                return self.text_query()
            case "title":
                return self._in("title_surface", ranking.TITLE_STEM)
            case field:
                terms = [about_term(field, surface) for surface in self.surfaces]
                return _phrase("about", terms, self.slop, ranking.ABOUT)

    def text_query(self) -> EngineQuery:
        """Entries that have the phrase in their own text."""
        return self._in("surface", ranking.STEM)

    def _in(self, field: str, boost: float) -> EngineQuery:
        return _phrase(field, self.surfaces, self.slop, boost)


Leaf = WordLeaf | PhraseLeaf


def marks_of(leaves: Iterable[Leaf], field: str) -> Marks:
    """What these leaves mark in the title or in the text."""
    stems: set[str] = set()
    surfaces: set[str] = set()
    phrases: set[tuple[tuple[str, ...], int]] = set()
    for leaf in leaves:
        if leaf.field not in (None, field):
            continue
        if isinstance(leaf, WordLeaf):
            stems.update(leaf.typed.stems)
            surfaces.update(leaf.typed.surfaces)
        elif len(leaf.surfaces) == 1:
            surfaces.update(leaf.surfaces)
        else:
            phrases.add((leaf.surfaces, leaf.slop))
    return Marks(frozenset(stems), frozenset(surfaces), frozenset(phrases))


def any_of(queries: Sequence[EngineQuery]) -> EngineQuery:
    """Any of the queries, their scores added up."""
    return queries[0] if len(queries) == 1 else Bool(should=tuple(queries))


def _alternatives(field: str, terms: Sequence[str], boost: float) -> EngineQuery:
    """Terms that stand for one word: the best one counts, so that many spellings earn no more than one."""
    queries = tuple(Term(field, term, boost) for term in terms)
    return queries[0] if len(queries) == 1 else DisMax(queries)


def _phrase(field: str, terms: Sequence[str], slop: int, boost: float) -> EngineQuery:
    return Term(field, terms[0], boost) if len(terms) == 1 else Phrase(field, tuple(terms), slop, boost)
