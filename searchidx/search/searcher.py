"""The search: parses and plans a query, lets the engine find rows, and builds the results."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from searchidx.engines.contract import Engine, EngineRequest, EngineResult
from searchidx.engines.query import Bool, EngineQuery
from searchidx.model.results import Explanation, FacetValue, Hit, Results, Sort
from searchidx.query.ast import ParsedQuery, to_text
from searchidx.query.parsing.lexer import QUOTES
from searchidx.query.parsing.parser import parse
from searchidx.query.parsing.tokens import OPERATORS
from searchidx.query.planning.plan import EMPTY_PLAN, Plan
from searchidx.query.planning.planner import build_plan
from searchidx.query.terms.vocabulary import Vocabulary
from searchidx.runtime.deadline import check_time
from searchidx.schema import PERIODS
from searchidx.search.hits import HitBuilder
from searchidx.search.options import SearchOptions
from searchidx.store.documents import Documents

_MAX_FACET_VALUES = 100

_last_word = re.compile(r"(?<!\S)[^\W\d_]{3,}\Z")


@dataclass(frozen=True, slots=True)
class _QueryResult:
    """A query that was searched, with the result of the engine."""

    parsed: ParsedQuery
    plan: Plan
    engine_result: EngineResult
    total_all: int  # hits with all words of the query
    total_most: int


class Searcher:
    """Searches an engine and its store."""

    def __init__(
        self,
        engine: Engine,
        store: Documents,
        vocabulary: Vocabulary,
        hits: HitBuilder,
        correct: Callable[[ParsedQuery], str | None],
    ) -> None:
        """`correct` gives the corrected query, or None; it is called for queries that no hit has most words of."""
        self._engine = engine
        self._store = store
        self._vocabulary = vocabulary
        self._hits = hits
        self._correct = correct

    def search(self, text: str, options: SearchOptions) -> Results:
        """The results of any query; QueryError for options out of range."""
        return self.search_parsed(parse(text), options)

    def search_parsed(self, parsed: ParsedQuery, options: SearchOptions) -> Results:
        """As `search`, for a query that was parsed before or made by a program."""
        started = time.perf_counter()
        options.check()
        result = self._search(parsed, options)
        corrected, prefix = None, None
        if not self._has_most_known_words(result, options):
            corrected = self._correct(parsed)
            if options.prefix_fallback and (by_prefix := self._search_last_word_as_prefix(parsed, options)):
                result, prefix = by_prefix, _last_plain_word(parsed.text)
        facets = self._facets(result, options)
        hits = tuple(self._hits.build(result.engine_result, result.plan, options))
        return _results(result, options, hits, facets, started, corrected_query=corrected, prefix_fallback=prefix)

    def similar(self, document_id: str, query: EngineQuery | None, limit: int) -> Results:
        """The documents that `query` finds, without the document that it was made of."""
        started = time.perf_counter()
        options = SearchOptions(per_page=max(1, limit))
        row = self._store.row_of(document_id)
        engine_result = (
            self._search_engine(EngineRequest("document", query, limit=limit + 1))
            if query
            else EngineResult(0, (), {})
        )
        others = tuple(hit for hit in engine_result.hits if hit[0] != row)[:limit]
        total = max(0, engine_result.total - 1)
        result = _QueryResult(ParsedQuery("", None), EMPTY_PLAN, EngineResult(total, others, {}), total, total)
        hits = tuple(self._hits.build(result.engine_result, result.plan, options))
        return _results(result, options, hits, {}, started)

    def _search_last_word_as_prefix(self, parsed: ParsedQuery, options: SearchOptions) -> _QueryResult | None:
        """The result with the last word as a prefix; None when it can be none, or no hit has all words then."""
        if _last_plain_word(parsed.text) is None:
            return None
        result = self._search(parse(f"{parsed.text}*"), options)
        if not self._has_most_known_words(result, options):
            return None
        return replace(result, parsed=replace(result.parsed, text=parsed.text))

    def _search(self, parsed: ParsedQuery, options: SearchOptions) -> _QueryResult:
        plan = self._plan(parsed, options)
        result = self._search_engine(_request(plan, options))
        if not result.total and plan.can_split:
            plan = self._plan(parsed, options, split_joined=True)
            result = self._search_engine(_request(plan, options))
        total_all = self._count(plan, plan.all_words, options, result.total)
        total_most = total_all  # of up to three words most are all
        if plan.most_words != plan.all_words and total_all < result.total:
            total_most = self._count(plan, plan.most_words, options, result.total)
        return _QueryResult(parsed, plan, result, total_all, total_most)

    def _plan(self, parsed: ParsedQuery, options: SearchOptions, *, split_joined: bool = False) -> Plan:
        return build_plan(
            parsed.root,
            self._vocabulary,
            variants=options.variants,
            synonyms=options.synonyms,
            split_joined=split_joined,
        )

    def _has_most_known_words(self, result: _QueryResult, options: SearchOptions) -> bool:
        """Whether a hit has most words of the query, as `Plan.most_known_words` counts them."""
        plan = result.plan
        if result.total_most or plan.most_known_words in (None, plan.most_words):
            return bool(result.total_most)
        return self._count(plan, plan.most_known_words, options, result.engine_result.total) > 0

    def _count(self, plan: Plan, query: EngineQuery | None, options: SearchOptions, total: int) -> int:
        """How many of the hits, `total` in number, match a query; None is what all of them match."""
        if query is None or not total:
            return total
        if options.level == "paragraph":
            query = plan.in_paragraphs(query)
        filtered = Bool(filter=(query, *options.all_filters.queries(None)))
        return self._search_engine(EngineRequest(options.level, filtered, limit=0)).total

    def _facets(self, result: _QueryResult, options: SearchOptions) -> Mapping[str, tuple[FacetValue, ...]]:
        """The counts of all facets of the options, in their order; one more search for each filtered field."""
        counts = dict(result.engine_result.facets)
        for ignored_filter in options.all_filters.facets_by_ignored_filter(options.facets):
            if ignored_filter is not None:
                counts |= self._search_engine(_request(result.plan, options, ignored_filter)).facets
        return {name: _facet(name, counts[name]) for name in options.facets}

    def _search_engine(self, request: EngineRequest) -> EngineResult:
        check_time()
        return self._engine.search(request)


def _last_plain_word(text: str) -> str | None:
    """The last word of a query, if it may still be incomplete: three letters or more, no operator, no quotes."""
    last = _last_word.search(text)
    if last is None or last[0] in OPERATORS or not QUOTES.isdisjoint(text):
        return None
    return last[0]


def _request(plan: Plan, options: SearchOptions, ignored_filter: str | None = None) -> EngineRequest:
    """The request for a page of hits; with `ignored_filter`, for the facets counted without that filter."""
    # Hits without scores are shown newest first, as users expect.
    sort: Sort = "-date" if options.sort == "relevance" and not plan.is_scored else options.sort
    filters = options.all_filters.queries(ignored_filter)
    # A paragraph is no hit just because the title of its document has the words.
    unfiltered = plan.paragraph_query() if options.level == "paragraph" else plan.query
    query = Bool(must=(unfiltered,), filter=tuple(filters)) if filters else unfiltered
    facets = options.all_filters.facets_by_ignored_filter(options.facets)[ignored_filter]
    if ignored_filter is not None:
        return EngineRequest(options.level, query, limit=0, facets=facets)
    offset = (options.page - 1) * options.per_page
    return EngineRequest(options.level, query, sort, offset, options.per_page, facets)


def _results(
    result: _QueryResult,
    options: SearchOptions,
    hits: tuple[Hit, ...],
    facets: Mapping[str, tuple[FacetValue, ...]],
    started: float,
    *,
    corrected_query: str | None = None,
    prefix_fallback: str | None = None,
) -> Results:
    """The results of a search that began at `started`, in seconds of `time.perf_counter`."""
    return Results(
        query=result.parsed.text,
        interpreted=result.plan.interpreted,
        match=result.plan.match,
        level=options.level,
        page=options.page,
        per_page=options.per_page,
        total=result.engine_result.total,
        total_all=result.total_all,
        total_most=result.total_most,
        took_ms=(time.perf_counter() - started) * 1000,
        hits=hits,
        facets=facets,
        warnings=(*result.parsed.warnings, *result.plan.warnings),
        expansions=result.plan.expansions,
        corrected_query=corrected_query,
        prefix_fallback=prefix_fallback,
        explanation=_explanation(result) if options.explain else None,
    )


def _explanation(result: _QueryResult) -> Explanation:
    from searchidx.query.planning.explanation import query_json  # few searches explain

    return Explanation(to_text(result.parsed.root), query_json(result.plan.query))


def _facet(name: str, counts: Mapping[str, int]) -> tuple[FacetValue, ...]:
    """The values of a facet with their counts: years and months newest first, others most frequent first."""
    if name in PERIODS:
        ordered = sorted(counts.items(), reverse=True)
    else:
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetValue(value, count) for value, count in ordered[:_MAX_FACET_VALUES])
