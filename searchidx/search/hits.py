"""Hits: the rows that an engine returns become documents and paragraphs with their snippets and scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from searchidx.analysis.analyzer import Analyzer
from searchidx.engines.contract import Answer, Engine
from searchidx.model.document import Document, Level
from searchidx.model.results import Hit, ScorePart, Snippet
from searchidx.query.planning.plan import HighlightTerms, Plan
from searchidx.search.highlight import cut_snippet, find_matches
from searchidx.search.options import SearchOptions
from searchidx.store.reading import StoredParagraph, StoreReader

SNIPPETS = 3
"""Paragraphs shown of a document."""


class StaleSnapshotError(Exception):
    """The engine returned a row that the store has meanwhile purged."""


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is shown of one hit."""

    document: int  # its row
    paragraphs: Sequence[StoredParagraph]
    matching: int  # paragraphs of it that the query matches


class HitBuilder:
    """Builds hits from an engine and the store that it was built from."""

    def __init__(self, engine: Engine, store: StoreReader, analyzer: Analyzer) -> None:
        self._engine = engine
        self._store = store
        self._analyzer = analyzer

    def build(self, answer: Answer, plan: Plan, options: SearchOptions) -> Iterator[Hit]:
        """The hits of an answer, in its order; StaleSnapshotError when the store has purged one of them."""
        rows = [row for row, _ in answer.hits]
        parts = self._score_parts(plan, options.level, rows) if options.explain else {}
        shown = self._shown(rows, plan, options)
        headers = self._store.headers(list(dict.fromkeys(each.document for each in shown.values())))
        terms = (plan.highlight_terms("title"), plan.highlight_terms("text")) if options.highlight else None
        for row, score in answer.hits:
            found = shown[row]
            if found.document not in headers:
                raise StaleSnapshotError
            hit = _bare_hit(headers[found.document], found.paragraphs, score, options.level)
            if terms is not None:
                hit = self._highlighted(hit, found, *terms)
            yield replace(hit, parts=tuple(parts[row])) if row in parts else hit

    def _shown(self, rows: Sequence[int], plan: Plan, options: SearchOptions) -> Mapping[int, _Shown]:
        """What is shown of each row."""
        if options.level == "paragraph":
            paragraphs = self._store.paragraphs(rows)
            if any(row not in paragraphs for row in rows):
                raise StaleSnapshotError
            return {row: _Shown(paragraphs[row].document, [paragraphs[row]], 1) for row in rows}
        if not options.highlight:
            return {row: _Shown(row, (), 0) for row in rows}
        return self._best_paragraphs(rows, plan)

    def _best_paragraphs(self, documents: Sequence[int], plan: Plan) -> Mapping[int, _Shown]:
        """The best paragraphs of each document; the first one where none matches."""
        query = plan.snippet_query()
        best = self._engine.best_paragraphs(query, documents, SNIPPETS) if query and documents else {}
        texts = self._store.paragraphs([row for found in best.values() for row in found.rows])
        first = self._store.first_paragraphs([row for row in documents if row not in best])
        shown = {}
        for row in documents:
            if row in best:
                paragraphs = [texts[each] for each in best[row].rows if each in texts]
                shown[row] = _Shown(row, paragraphs, best[row].total)
            else:
                shown[row] = _Shown(row, [first[row]] if row in first else [], 0)
        return shown

    def _score_parts(self, plan: Plan, level: Level, rows: Sequence[int]) -> Mapping[int, Sequence[ScorePart]]:
        """What each part of the query adds to the score of each row, in the order of the query."""
        parts: dict[int, list[ScorePart]] = {row: [] for row in rows}
        scored = [(clause.label, clause.scope.field, clause.query()) for clause in plan.clauses]
        scored += [(f'"{" ".join(each.terms)}"', "neighbours", each) for each in plan.adjacent]
        for label, field_name, query in scored:
            for row, score in self._engine.scores(level, query, rows).items():
                parts[row].append(ScorePart(label, field_name, score))
        return parts

    def _highlighted(self, hit: Hit, shown: _Shown, in_title: HighlightTerms, in_text: HighlightTerms) -> Hit:
        """The hit with its snippets, and with what the query marks in it."""
        title = find_matches(hit.title, in_title, self._analyzer)
        forms = dict.fromkeys(title.forms)
        snippets: list[Snippet] = []
        for paragraph in shown.paragraphs:
            found = find_matches(paragraph.text, in_text, self._analyzer)
            forms |= dict.fromkeys(found.forms)
            snippets.append(cut_snippet(paragraph.number, paragraph.text, found.ranges))
        return replace(
            hit,
            title_ranges=title.ranges,
            matched=tuple(forms),
            paragraphs_matched=shown.matching,
            snippets=tuple(snippets),
        )


def _bare_hit(header: Document, paragraphs: Sequence[StoredParagraph], score: float, level: Level) -> Hit:
    """A hit without what is highlighted."""
    return Hit(
        id=f"{header.id}#p{paragraphs[0].number}" if level == "paragraph" else header.id,
        document_id=header.id,
        title=header.title,
        title_ranges=(),
        title_is_derived=header.title_is_derived,
        date=header.date,
        keywords=header.keywords,
        path=header.path,
        source_url=header.url,
        score=score,
        matched=(),
        paragraphs_matched=0,
        snippets=(),
        language=header.language,
    )
