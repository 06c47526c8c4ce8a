"""Hits: documents and paragraphs with snippets and scores, built from the rows that an engine finds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from searchidx.analysis.analyzer import Analyzer
from searchidx.engines.contract import Engine, EngineResult
from searchidx.model.document import Document, Level
from searchidx.model.results import Hit, ScorePart, Snippet
from searchidx.query.planning.plan import HighlightTerms, Plan
from searchidx.runtime.deadline import check_time
from searchidx.search.highlight import cut_snippet, find_matches
from searchidx.search.options import SearchOptions
from searchidx.store.documents import Documents, StoredParagraph

MAX_SNIPPETS = 3
"""Paragraphs of a document that a hit shows."""


class StaleReaderError(Exception):
    """The engine found a row that the store has purged since."""


@dataclass(frozen=True, slots=True)
class _HitRows:
    """The stored parts of one hit."""

    document: int  # its row
    paragraphs: Sequence[StoredParagraph]  # for the snippets
    paragraphs_matched: int  # in the whole document


class HitBuilder:
    """Builds hits from an engine and its store."""

    def __init__(self, engine: Engine, store: Documents, analyzer: Analyzer) -> None:
        self._engine = engine
        self._store = store
        self._analyzer = analyzer

    def build(self, engine_result: EngineResult, plan: Plan, options: SearchOptions) -> Iterator[Hit]:
        """The hits of an engine's result, in its order.

        Raises StaleReaderError when the store has purged one of their rows.
        """
        rows = [row for row, _ in engine_result.hits]
        parts = self._score_parts(plan, options.level, rows) if options.explain else {}
        stored = self._stored(rows, plan, options)
        headers = self._store.headers(list(dict.fromkeys(each.document for each in stored.values())))
        terms = (plan.highlight_terms("title"), plan.highlight_terms("text")) if options.highlight else None
        for row, score in engine_result.hits:
            hit_rows = stored[row]
            if hit_rows.document not in headers:
                raise StaleReaderError
            hit = _hit_without_matches(headers[hit_rows.document], hit_rows.paragraphs, score, options.level)
            if terms is not None:
                hit = self._highlighted(hit, hit_rows, *terms)
            yield replace(hit, parts=tuple(parts[row])) if row in parts else hit

    def _stored(self, rows: Sequence[int], plan: Plan, options: SearchOptions) -> Mapping[int, _HitRows]:
        """The stored parts of the hit that each row is."""
        if options.level == "paragraph":
            paragraphs = self._store.paragraphs(rows)
            if any(row not in paragraphs for row in rows):
                raise StaleReaderError
            return {row: _HitRows(paragraphs[row].document, [paragraphs[row]], 1) for row in rows}
        if not options.highlight:
            return {row: _HitRows(row, (), 0) for row in rows}
        return self._best_paragraphs(rows, plan)

    def _best_paragraphs(self, documents: Sequence[int], plan: Plan) -> Mapping[int, _HitRows]:
        """The best paragraphs of each document; its first one where none matches."""
        check_time()
        query = plan.snippet_query()
        best = self._engine.best_paragraphs(query, documents, MAX_SNIPPETS) if query and documents else {}
        texts = self._store.paragraphs([row for each in best.values() for row in each.rows])
        first = self._store.first_paragraphs([row for row in documents if row not in best])
        stored = {}
        for row in documents:
            if row in best:
                paragraphs = [texts[each] for each in best[row].rows if each in texts]
                stored[row] = _HitRows(row, paragraphs, best[row].total)
            else:
                stored[row] = _HitRows(row, [first[row]] if row in first else [], 0)
        return stored

    def _score_parts(self, plan: Plan, level: Level, rows: Sequence[int]) -> Mapping[int, Sequence[ScorePart]]:
        """Row → what each part of the query adds to its score, in the order of the query."""
        parts: dict[int, list[ScorePart]] = {row: [] for row in rows}
        scored = [(clause.label, clause.scope.field, clause.query()) for clause in plan.clauses]
        scored += [(f'"{" ".join(each.terms)}"', "neighbours", each) for each in plan.adjacent]
        scored += [("", "all_words", each) for each in plan.all_words_bonuses]
        for label, field_name, query in scored:
            check_time()
            for row, score in self._engine.scores(level, query, rows).items():
                parts[row].append(ScorePart(label, field_name, score))
        return parts

    def _highlighted(
        self, hit: Hit, stored: _HitRows, title_terms: HighlightTerms, text_terms: HighlightTerms
    ) -> Hit:
        """The hit with its snippets and its matches."""
        title = find_matches(hit.title, title_terms, self._analyzer)
        forms = dict.fromkeys(title.forms)
        snippets: list[Snippet] = []
        for paragraph in stored.paragraphs:
            matches = find_matches(paragraph.text, text_terms, self._analyzer)
            forms |= dict.fromkeys(matches.forms)
            snippets.append(cut_snippet(paragraph.number, paragraph.text, matches.ranges, self._analyzer))
        return replace(
            hit,
            title_ranges=title.ranges,
            matched=tuple(forms),
            paragraphs_matched=stored.paragraphs_matched,
            snippets=tuple(snippets),
        )


def _hit_without_matches(
    header: Document, paragraphs: Sequence[StoredParagraph], score: float, level: Level
) -> Hit:
    """A hit without snippets and highlighting."""
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
