"""How does a query become results? Parsed, planned, answered by the engine; then the hits are told."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from searchidx.analysis.analyzer import Analyzer
from searchidx.engines.contract import (
    Answer,
    Engine,
    Request,
)
from searchidx.engines.query import (
    Bool,
    EngineQuery,
)
from searchidx.errors import EngineUnavailableError
from searchidx.model.results import (
    Explanation,
    FacetValue,
    Hit,
    Results,
    Sort,
)
from searchidx.query.ast import (
    ParsedQuery,
    to_text,
)
from searchidx.query.parsing.parser import parse
from searchidx.query.planning.planner import (
    Plan,
    plan,
)
from searchidx.query.terms.vocabulary import Vocabulary
from searchidx.runtime.deadline import check_time
from searchidx.search.hits import (
    HitBuilder,
    StaleError,
)
from searchidx.search.options import SearchOptions
from searchidx.store.reading import StoreReader

_FACET_VALUES = 100
_NO_ANSWER = Answer(0, (), {})
_ATTEMPTS = 5  # while somebody writes; each sees a newer state


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
        self._teller = HitBuilder(engine, store, analyzer)

    def search(self, text: str, request: SearchOptions) -> Results:
        """The results of a query, whatever it is; QueryError for parameters out of range."""
        started = time.perf_counter()
        request.check()
        parsed = parse(text)
        chosen, answer, hits = self._told(lambda: self._answer(parsed, request), request)
        meant = None if answer.total and chosen.match != "any" else self._corrected(parsed)
        took_ms = (time.perf_counter() - started) * 1000
        return _results(parsed, chosen, request, answer, hits, took_ms, meant)

    def similar(self, document_id: str, query: EngineQuery | None, limit: int) -> Results:
        """The documents that `query` finds, but for the one it was made of."""
        started = time.perf_counter()
        unmarked = plan(None, self._vocabulary)
        request = SearchOptions(per_page=max(1, limit))

        def others() -> tuple[Plan, Answer]:
            row = self._store.row_of(document_id)
            found = self._ask(Request("document", query, limit=limit + 1)) if query else _NO_ANSWER
            kept = tuple(hit for hit in found.hits if hit[0] != row)[:limit]
            return unmarked, Answer(max(0, found.total - 1), kept, {})

        _, answer, hits = self._told(others, request)
        took_ms = (time.perf_counter() - started) * 1000
        return _results(parse(""), unmarked, request, answer, hits, took_ms)

    def _told(
        self, ask: Callable[[], tuple[Plan, Answer]], request: SearchOptions
    ) -> tuple[Plan, Answer, tuple[Hit, ...]]:
        """An answer with its hits; asked again when the store has meanwhile forgotten what the engine names."""
        for _ in range(_ATTEMPTS):
            chosen, answer = ask()
            try:
                return chosen, answer, tuple(self._teller.hits(answer, chosen, request))
            except StaleError:
                continue
        raise EngineUnavailableError("the index is changing too fast to be read; try again", retryable=True)

    def _answer(self, parsed: ParsedQuery, request: SearchOptions) -> tuple[Plan, Answer]:
        chosen = plan(parsed.root, self._vocabulary, request.wishes)
        answer = self._ask(_request(chosen, request))
        if not answer.total and chosen.can_relax:
            relaxed = plan(parsed.root, self._vocabulary, replace(request.wishes, relaxed=True))
            wider = self._ask(_request(relaxed, request))
            if wider.total:
                chosen, answer = relaxed, wider
        return chosen, replace(answer, facets=self._facets(chosen, request, answer))

    def _facets(self, chosen: Plan, request: SearchOptions, answer: Answer) -> Mapping[str, Mapping[str, int]]:
        """The counts of all facets asked for, in their order; one more search for each that is filtered by."""
        counts = dict(answer.facets)
        for without in request.narrowing.facets_by_filter(request.facets):
            if without is not None:
                counts |= self._ask(_request(chosen, request, without)).facets
        return {name: counts[name] for name in request.facets}

    def _ask(self, request: Request) -> Answer:
        check_time()
        return self._engine.search(request)


def _request(chosen: Plan, request: SearchOptions, without: str | None = None) -> Request:
    """What the engine is asked; with `without`, only to count the facets of that filter, as if it were not set."""
    # With nothing to rank by, a reader expects the newest first.
    sort: Sort = "-date" if request.sort == "relevance" and not chosen.is_scored else request.sort
    filters = request.narrowing.queries(without)
    # A paragraph is no answer because its document's title is.
    asked = chosen.paragraph_query() if request.level == "paragraph" else chosen.query
    query = Bool(must=(asked,), filter=tuple(filters)) if filters else asked
    facets = request.narrowing.facets_by_filter(request.facets)[without]
    if without is not None:
        return Request(request.level, query, limit=0, facets=facets)
    offset = (request.page - 1) * request.per_page
    return Request(request.level, query, sort, offset, request.per_page, facets)


def _results(
    parsed: ParsedQuery,
    chosen: Plan,
    request: SearchOptions,
    answer: Answer,
    hits: tuple[Hit, ...],
    took_ms: float,
    corrected: str | None = None,
) -> Results:
    return Results(
        query=parsed.text,
        interpreted=chosen.interpreted,
        match=chosen.match,
        corrected_query=corrected,
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
    from searchidx.query.planning.explanation import query_json  # asked for rarely

    return Explanation(to_text(parsed.root), query_json(chosen.query))


def _facet(name: str, counts: Mapping[str, int]) -> tuple[FacetValue, ...]:
    """Years and months from the newest, everything else from the most frequent value."""
    if name in ("year", "month"):
        ordered = sorted(counts.items(), reverse=True)
    else:
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetValue(value, count) for value, count in ordered[:_FACET_VALUES])
