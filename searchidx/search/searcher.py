"""The search itself: a query is parsed and planned, the engine answers, and rows become hits."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from searchidx.engines.contract import Answer, Engine, Request
from searchidx.engines.query import Bool, EngineQuery
from searchidx.model.results import Explanation, FacetValue, Hit, Results, Sort
from searchidx.query.ast import ParsedQuery, to_text
from searchidx.query.parsing.parser import parse
from searchidx.query.planning.plan import EMPTY_PLAN, Plan
from searchidx.query.planning.planner import build_plan
from searchidx.query.terms.vocabulary import Vocabulary
from searchidx.runtime.deadline import check_time
from searchidx.schema import PERIODS
from searchidx.search.hits import HitBuilder
from searchidx.search.options import SearchOptions
from searchidx.store.reading import StoreReader

_FACET_VALUES = 100
_NO_ANSWER = Answer(0, (), {})

_last_word = re.compile(r"(?<!\S)[^\W\d_]{3,}\Z")
_QUOTES = frozenset('"“”„«»')
_OPERATORS = frozenset(("AND", "NOT"))


@dataclass(frozen=True, slots=True)
class _Found:
    """What one query found."""

    parsed: ParsedQuery
    plan: Plan
    answer: Answer

    @property
    def has_all_words(self) -> bool:
        """Whether something was found that has all words, or most of a long query's."""
        return bool(self.answer.total) and self.plan.match != "any"


class Searcher:
    """Answers queries from an engine and the store that it was built from."""

    def __init__(
        self,
        engine: Engine,
        store: StoreReader,
        vocabulary: Vocabulary,
        hits: HitBuilder,
        correct: Callable[[ParsedQuery], str | None],
    ) -> None:
        """`correct` gives what the reader may have meant; it is asked when not all of the words are found."""
        self._engine = engine
        self._store = store
        self._vocabulary = vocabulary
        self._hits = hits
        self._correct = correct

    def search(self, text: str, options: SearchOptions) -> Results:
        """The results of a query, whatever it is; QueryError for options out of range."""
        return self.search_parsed(parse(text), options)

    def search_parsed(self, parsed: ParsedQuery, options: SearchOptions) -> Results:
        """As `search`, of a query that was parsed or made by a program."""
        started = time.perf_counter()
        options.check()
        found = self._find(parsed, options)
        corrected = None if found.has_all_words else self._correct(parsed)
        prefix = None
        if options.prefix_fallback and not found.has_all_words and (word := _unfinished_word(parsed.text)):
            longer = self._find(parse(f"{parsed.text}*"), options)
            if longer.has_all_words:
                found, prefix = replace(longer, parsed=replace(longer.parsed, text=parsed.text)), word
        facets = self._facets(found, options)
        hits = tuple(self._hits.build(found.answer, found.plan, options))
        results = _results(found, options, hits, facets)
        took_ms = (time.perf_counter() - started) * 1000
        return replace(results, corrected_query=corrected, prefix_fallback=prefix, took_ms=took_ms)

    def similar(self, document_id: str, query: EngineQuery | None, limit: int) -> Results:
        """The documents that `query` finds, but for the one it was made of."""
        started = time.perf_counter()
        options = SearchOptions(per_page=max(1, limit))
        row = self._store.row_of(document_id)
        answer = self._ask(Request("document", query, limit=limit + 1)) if query else _NO_ANSWER
        others = tuple(hit for hit in answer.hits if hit[0] != row)[:limit]
        found = _Found(parse(""), EMPTY_PLAN, Answer(max(0, answer.total - 1), others, {}))
        results = _results(found, options, tuple(self._hits.build(found.answer, found.plan, options)), {})
        return replace(results, took_ms=(time.perf_counter() - started) * 1000)

    def _find(self, parsed: ParsedQuery, options: SearchOptions) -> _Found:
        """What a query finds; with any of its words, when nothing has them all."""
        found = self._find_with(parsed, options)
        if not found.answer.total and found.plan.can_relax:
            relaxed = self._find_with(parsed, options, any_word=True)
            return relaxed if relaxed.answer.total else found
        return found

    def _find_with(self, parsed: ParsedQuery, options: SearchOptions, *, any_word: bool = False) -> _Found:
        plan = build_plan(
            parsed.root,
            self._vocabulary,
            variants=options.variants,
            synonyms=options.synonyms,
            any_word=any_word,
        )
        return _Found(parsed, plan, self._ask(_request(plan, options)))

    def _facets(self, found: _Found, options: SearchOptions) -> Mapping[str, tuple[FacetValue, ...]]:
        """The counts of all facets asked for, in their order; one more search for each that is filtered by."""
        counts = dict(found.answer.facets)
        for without in options.hit_filters.facets_by_filter(options.facets):
            if without is not None:
                counts |= self._ask(_request(found.plan, options, without)).facets
        return {name: _facet(name, counts[name]) for name in options.facets}

    def _ask(self, request: Request) -> Answer:
        check_time()
        return self._engine.search(request)


def _unfinished_word(text: str) -> str | None:
    """The last word of a query when it may be the beginning of a longer one; None for operators and quotes."""
    last = _last_word.search(text)
    if last is None or last[0] in _OPERATORS or _QUOTES & set(text):
        return None
    return last[0]


def _request(plan: Plan, options: SearchOptions, without: str | None = None) -> Request:
    """What the engine is asked; with `without`, only to count the facets of that filter, as if it were not set."""
    # With nothing to rank by, a reader expects the newest first.
    sort: Sort = "-date" if options.sort == "relevance" and not plan.is_scored else options.sort
    filters = options.hit_filters.queries(without)
    # A paragraph is no answer because its document's title is.
    unfiltered = plan.paragraph_query() if options.level == "paragraph" else plan.query
    query = Bool(must=(unfiltered,), filter=tuple(filters)) if filters else unfiltered
    facets = options.hit_filters.facets_by_filter(options.facets)[without]
    if without is not None:
        return Request(options.level, query, limit=0, facets=facets)
    offset = (options.page - 1) * options.per_page
    return Request(options.level, query, sort, offset, options.per_page, facets)


def _results(
    found: _Found, options: SearchOptions, hits: tuple[Hit, ...], facets: Mapping[str, tuple[FacetValue, ...]]
) -> Results:
    return Results(
        query=found.parsed.text,
        interpreted=found.plan.interpreted,
        match=found.plan.match,
        level=options.level,
        page=options.page,
        per_page=options.per_page,
        total=found.answer.total,
        took_ms=0.0,
        hits=hits,
        facets=facets,
        warnings=(*found.parsed.warnings, *found.plan.warnings),
        expansions=found.plan.expansions,
        explanation=_explanation(found) if options.explain else None,
    )


def _explanation(found: _Found) -> Explanation:
    from searchidx.query.planning.explanation import query_json  # asked for rarely

    return Explanation(to_text(found.parsed.root), query_json(found.plan.query))


def _facet(name: str, counts: Mapping[str, int]) -> tuple[FacetValue, ...]:
    """Years and months from the newest, everything else from the most frequent value."""
    if name in PERIODS:
        ordered = sorted(counts.items(), reverse=True)
    else:
        ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetValue(value, count) for value, count in ordered[:_FACET_VALUES])
