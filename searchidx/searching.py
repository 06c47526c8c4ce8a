"""How does a query become results? Parsed, planned, answered by the engine, told from the store, highlighted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from searchidx.analysis.analyzer import Analyzer
from searchidx.deadline import check_time
from searchidx.engines.base import Answer, Engine, Request
from searchidx.errors import EngineUnavailableError, QueryError
from searchidx.highlight import cut_snippet, find_matches
from searchidx.model import (
    LEVELS,
    MAX_WINDOW,
    SORTS,
    Document,
    Explanation,
    FacetValue,
    Hit,
    Level,
    Results,
    ScorePart,
    Snippet,
    Sort,
)
from searchidx.narrowing import Narrowing, check_facets
from searchidx.query.engine_query import Bool, EngineQuery
from searchidx.query.parser import parse
from searchidx.query.plan import Plan, Wishes, plan
from searchidx.query.tree import ParsedQuery, to_text
from searchidx.query.vocabulary import Vocabulary
from searchidx.store.reading import StoredParagraph, StoreReader

MAX_PER_PAGE = 100
SNIPPETS = 3
"""Paragraphs shown of a document."""

_FACET_VALUES = 100
_NO_ANSWER = Answer(0, (), {})
_ATTEMPTS = 5  # while somebody writes; each sees a newer state


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """What is asked besides the query."""

    level: Level = "document"
    page: int = 1
    per_page: int = 10
    sort: Sort = "relevance"
    narrowing: Narrowing = field(default_factory=Narrowing)
    facets: Sequence[str] = ()  # of `engines.base.FACETS`
    wishes: Wishes = field(default_factory=Wishes)
    explain: bool = False
    highlight: bool = True  # without it hits have neither snippets nor marks

    def check(self) -> None:
        """Raise QueryError for what is out of range, UnknownFieldError for a field that is not there."""
        _check_choice("level", self.level, LEVELS)
        _check_choice("sort", self.sort, SORTS)
        if not 1 <= self.per_page <= MAX_PER_PAGE:
            raise QueryError("per_page", f"{self.per_page} is not from 1 to {MAX_PER_PAGE}")
        if self.page < 1:
            raise QueryError("page", f"{self.page} is not a page; the first is 1")
        if self.page * self.per_page > MAX_WINDOW:
            raise QueryError("page", f"only the first {MAX_WINDOW} hits can be shown; narrow the query")
        self.narrowing.check()
        check_facets(self.facets)


def _check_choice(parameter: str, value: str, choices: Sequence[str]) -> None:
    if value not in choices:
        raise QueryError(parameter, f"{value!r} is not one of {', '.join(choices)}")


class _StaleError(Exception):
    """The engine named what the store has meanwhile forgotten."""


class Searcher:
    """Answers queries from an engine and the store that it was built from."""

    def __init__(
        self,
        engine: Engine,
        store: StoreReader,
        vocabulary: Vocabulary,
        analyzer: Analyzer,
        corrected: Callable[[ParsedQuery], str | None],
    ) -> None:
        """`corrected` gives what the reader may have meant; it is asked when not all of the words are found."""
        self._corrected = corrected
        self._engine = engine
        self._store = store
        self._vocabulary = vocabulary
        self._analyzer = analyzer

    def search(self, text: str, request: SearchRequest) -> Results:
        """The results of a query, whatever it is; QueryError for parameters out of range."""
        started = time.perf_counter()
        request.check()
        parsed = parse(text)
        chosen, answer, hits = self._told(lambda: self._answer(parsed, request), request)
        meant = None if answer.total and chosen.match != "any" else self._corrected(parsed)
        took_ms = (time.perf_counter() - started) * 1000
        return replace(_results(parsed, chosen, request, answer, hits, took_ms), corrected_query=meant)

    def similar(self, document_id: str, query: EngineQuery | None, limit: int) -> Results:
        """The documents that `query` finds, but for the one it was made of."""
        started = time.perf_counter()
        unmarked = plan(None, self._vocabulary)
        request = SearchRequest(per_page=max(1, limit))

        def others() -> tuple[Plan, Answer]:
            row = self._store.row_of(document_id)
            found = self._ask(Request("document", query, limit=limit + 1)) if query else _NO_ANSWER
            kept = tuple(hit for hit in found.hits if hit[0] != row)[:limit]
            return unmarked, Answer(max(0, found.total - 1), kept, {})

        _, answer, hits = self._told(others, request)
        took_ms = (time.perf_counter() - started) * 1000
        return _results(parse(""), unmarked, request, answer, hits, took_ms)

    def _told(
        self, ask: Callable[[], tuple[Plan, Answer]], request: SearchRequest
    ) -> tuple[Plan, Answer, tuple[Hit, ...]]:
        """An answer with its hits; asked again when the store has meanwhile forgotten what the engine names."""
        for _ in range(_ATTEMPTS):
            chosen, answer = ask()
            try:
                return chosen, answer, tuple(self._hits(answer, chosen, request))
            except _StaleError:
                continue
        raise EngineUnavailableError("the index is changing too fast to be read; try again", retryable=True)

    def _answer(self, parsed: ParsedQuery, request: SearchRequest) -> tuple[Plan, Answer]:
        chosen = plan(parsed.root, self._vocabulary, request.wishes)
        answer = self._ask(_request(chosen, request))
        if not answer.total and chosen.can_relax:
            relaxed = plan(parsed.root, self._vocabulary, replace(request.wishes, relaxed=True))
            wider = self._ask(_request(relaxed, request))
            if wider.total:
                chosen, answer = relaxed, wider
        return chosen, replace(answer, facets=self._facets(chosen, request, answer))

    def _facets(self, chosen: Plan, request: SearchRequest, answer: Answer) -> Mapping[str, Mapping[str, int]]:
        """The counts of all facets asked for, in their order; one more search for each that is filtered by."""
        counts = dict(answer.facets)
        for without in request.narrowing.facets_by_filter(request.facets):
            if without is not None:
                counts |= self._ask(_request(chosen, request, without)).facets
        return {name: counts[name] for name in request.facets}

    def _ask(self, request: Request) -> Answer:
        check_time()
        return self._engine.search(request)

    def _hits(self, answer: Answer, chosen: Plan, request: SearchRequest) -> Iterator[Hit]:
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
        headers = self._store.headers(list(dict.fromkeys(documents)))
        _expect(documents, headers)
        for (row, score), document_row in zip(answer.hits, documents, strict=True):
            header, paragraphs_shown = headers[document_row], shown.get(row, ())
            hit = _bare_hit(header, paragraphs_shown, score, level)
            if request.highlight:
                hit = self._highlighted(hit, paragraphs_shown, matching[row], chosen)
            yield replace(hit, parts=tuple(parts[row])) if row in parts else hit

    def _parts(self, chosen: Plan, level: Level, rows: Sequence[int]) -> Mapping[int, Sequence[ScorePart]]:
        """What each part of the query adds to the score of each row, in the order of the query."""
        parts: dict[int, list[ScorePart]] = {row: [] for row in rows}
        asked = [(leaf.label, leaf.scope.field, leaf.query()) for leaf in chosen.leaves]
        asked += [(f'"{" ".join(each.terms)}"', "neighbours", each) for each in chosen.bonus]
        for label, field_name, query in asked:
            for row, score in self._engine.scores(level, query, rows).items():
                parts[row].append(ScorePart(label, field_name, score))
        return parts

    def _best_paragraphs(
        self, documents: Sequence[int], chosen: Plan
    ) -> tuple[dict[int, list[StoredParagraph]], dict[int, int]]:
        """What to show of each document, and how many paragraphs match; the first one where none does."""
        asked = chosen.snippet_query
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

    def _highlighted(self, hit: Hit, paragraphs: Sequence[StoredParagraph], matching: int, chosen: Plan) -> Hit:
        """The hit with its snippets, and with what the query marks in it."""
        title = find_matches(hit.title, chosen.title_marks, self._analyzer)
        forms = dict.fromkeys(title.forms)
        snippets: list[Snippet] = []
        for paragraph in paragraphs:
            found = find_matches(paragraph.text, chosen.text_marks, self._analyzer)
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
        raise _StaleError


def _request(chosen: Plan, request: SearchRequest, without: str | None = None) -> Request:
    """What the engine is asked; with `without`, only to count the facets of that filter, as if it were not set."""
    # With nothing to rank by, a reader expects the newest first.
    sort: Sort = "-date" if request.sort == "relevance" and not chosen.is_scored else request.sort
    filters = request.narrowing.queries(without)
    # A paragraph is no answer because its document's title is.
    asked = chosen.paragraph_query if request.level == "paragraph" else chosen.query
    query = Bool(must=(asked,), filter=tuple(filters)) if filters else asked
    facets = request.narrowing.facets_by_filter(request.facets)[without]
    if without is not None:
        return Request(request.level, query, limit=0, facets=facets)
    offset = (request.page - 1) * request.per_page
    return Request(request.level, query, sort, offset, request.per_page, facets)


def _results(
    parsed: ParsedQuery,
    chosen: Plan,
    request: SearchRequest,
    answer: Answer,
    hits: tuple[Hit, ...],
    took_ms: float,
) -> Results:
    return Results(
        query=parsed.text,
        interpreted=chosen.interpreted,
        match=chosen.match,
        level=request.level,
        page=request.page,
        per_page=request.per_page,
        total=answer.total,
        took_ms=took_ms,
        hits=hits,
        facets={name: _facet(name, counts) for name, counts in answer.facets.items()},
        warnings=(*parsed.warnings, *chosen.warnings),
        expansions=chosen.expansions,
        explanation=_explanation(parsed, chosen) if request.explain else None,
    )


def _explanation(parsed: ParsedQuery, chosen: Plan) -> Explanation:
    from searchidx.query.explanation import query_json  # noqa: PLC0415 - asked for rarely

    return Explanation(to_text(parsed.root), query_json(chosen.query))


def _facet(name: str, counts: Mapping[str, int]) -> tuple[FacetValue, ...]:
    """Years and months from the newest, everything else from the most frequent value."""
    if name in ("year", "month"):
        ordered = sorted(counts.items(), reverse=True)
    else:
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetValue(value, count) for value, count in ordered[:_FACET_VALUES])
