"""How do the rows that an engine names become hits? Told from the store, highlighted, explained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from searchidx.analysis.analyzer import Analyzer
from searchidx.engines.contract import (
    Answer,
    Engine,
)
from searchidx.model.document import (
    Document,
    Level,
)
from searchidx.model.results import (
    Hit,
    ScorePart,
    Snippet,
)
from searchidx.query.planning.highlight_terms import HighlightTerms
from searchidx.query.planning.planner import Plan
from searchidx.search.highlight import (
    cut_snippet,
    find_matches,
)
from searchidx.search.options import SearchOptions
from searchidx.store.reading import StoredParagraph, StoreReader

SNIPPETS = 3
"""Paragraphs shown of a document."""


class StaleError(Exception):
    """The engine named what the store has meanwhile forgotten."""


class HitBuilder:
    """Makes hits from an engine and the store that it was built from."""

    def __init__(self, engine: Engine, store: StoreReader, analyzer: Analyzer) -> None:
        self._engine = engine
        self._store = store
        self._analyzer = analyzer

    def hits(self, answer: Answer, chosen: Plan, request: SearchOptions) -> Iterator[Hit]:
        """The hits of an answer, in its order; StaleError when the store has meanwhile forgotten one of them."""
        rows = [row for row, _ in answer.hits]
        level = request.level
        parts = self._parts(chosen, level, rows) if request.explain else {}
        if level == "paragraph":
            paragraphs = self._store.paragraphs(rows)
            _expect(rows, paragraphs)
            documents = [paragraphs[row].document for row in rows]
            shown = {row: [paragraphs[row]] for row in rows}
            matching = dict.fromkeys(rows, 1)
        else:
            documents = rows
            shown, matching = self._best_paragraphs(rows, chosen) if request.highlight else ({}, {})
        marks = (chosen.marks("title"), chosen.marks("text")) if request.highlight else None
        headers = self._store.headers(list(dict.fromkeys(documents)))
        _expect(documents, headers)
        for (row, score), document_row in zip(answer.hits, documents, strict=True):
            header, paragraphs_shown = headers[document_row], shown.get(row, ())
            hit = _bare_hit(header, paragraphs_shown, score, level)
            if marks is not None:
                hit = self._highlighted(hit, paragraphs_shown, matching[row], *marks)
            yield replace(hit, parts=tuple(parts[row])) if row in parts else hit

    def _parts(self, chosen: Plan, level: Level, rows: Sequence[int]) -> Mapping[int, Sequence[ScorePart]]:
        """What each part of the query adds to the score of each row, in the order of the query."""
        parts: dict[int, list[ScorePart]] = {row: [] for row in rows}
        asked = [(clause.label, clause.scope.field, clause.query()) for clause in chosen.clauses]
        asked += [(f'"{" ".join(each.terms)}"', "neighbours", each) for each in chosen.bonus]
        for label, field_name, query in asked:
            for row, score in self._engine.scores(level, query, rows).items():
                parts[row].append(ScorePart(label, field_name, score))
        return parts

    def _best_paragraphs(
        self, documents: Sequence[int], chosen: Plan
    ) -> tuple[dict[int, list[StoredParagraph]], dict[int, int]]:
        """What to show of each document, and how many paragraphs match; the first one where none does."""
        asked = chosen.snippet_query()
        best = self._engine.best_paragraphs(asked, documents, SNIPPETS) if asked and documents else {}
        texts = self._store.paragraphs([row for found in best.values() for row in found.rows])
        first = self._store.first_paragraphs([row for row in documents if row not in best])
        shown: dict[int, list[StoredParagraph]] = {}
        for row in documents:
            if row in best:
                shown[row] = [texts[each] for each in best[row].rows if each in texts]
            else:
                shown[row] = [first[row]] if row in first else []
        return shown, {row: best[row].total if row in best else 0 for row in documents}

    def _highlighted(
        self,
        hit: Hit,
        paragraphs: Sequence[StoredParagraph],
        matching: int,
        in_title: HighlightTerms,
        in_text: HighlightTerms,
    ) -> Hit:
        """The hit with its snippets, and with what the query marks in it."""
        title = find_matches(hit.title, in_title, self._analyzer)
        forms = dict.fromkeys(title.forms)
        snippets: list[Snippet] = []
        for paragraph in paragraphs:
            found = find_matches(paragraph.text, in_text, self._analyzer)
            forms |= dict.fromkeys(found.forms)
            snippets.append(cut_snippet(paragraph.number, paragraph.text, found.ranges))
        return replace(
            hit,
            title_ranges=title.ranges,
            matched=tuple(forms),
            paragraphs_matched=matching,
            snippets=tuple(snippets),
        )


def _bare_hit(header: Document, paragraphs: Sequence[StoredParagraph], score: float, level: Level) -> Hit:
    """A hit as the engine and the store know it."""
    return Hit(
        id=f"{header.id}#p{paragraphs[0].number}" if level == "paragraph" else header.id,
        document_id=header.id,
        title=header.title,
        title_ranges=(),
        title_is_derived=header.title_is_derived,
        date=header.date,
        source=header.source,
        place=header.place,
        author=header.author,
        path=header.path,
        source_url=header.url,
        score=score,
        matched=(),
        paragraphs_matched=0,
        snippets=(),
        language=header.language,
    )


def _expect(rows: Sequence[int], found: Mapping[int, object]) -> None:
    if any(row not in found for row in rows):
        raise StaleError
