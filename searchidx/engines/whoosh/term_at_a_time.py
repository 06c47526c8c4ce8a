"""Term-at-a-time evaluation of engine queries over postings (Turtle and Flood 1995).

Each node becomes a map from entry to score, and the maps are added up. Totals are exact and no entry is skipped.
For engines whose library only keeps postings.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Protocol

from searchidx.analysis.phrases import phrase_spans
from searchidx.engines.bm25 import K1, bm25_idf
from searchidx.engines.query import (
    All,
    Bool,
    Constant,
    DateRange,
    DisMax,
    EngineQuery,
    Keyword,
    Phrase,
    Term,
)
from searchidx.runtime.deadline import check_time

Scores = dict[int, float]
"""Entry number → score. Entry numbers are the engine's own, not rows."""


class Postings(Protocol):
    """The postings of one immutable state of an index."""

    @property
    def live(self) -> Collection[int]:
        """The numbers of all entries."""
        ...

    def frequencies(self, field: str, term: str) -> Mapping[int, float]:
        """How often each entry has the term; entries without it are absent."""
        ...

    def positions(self, field: str, term: str, entries: Collection[int]) -> Mapping[int, Sequence[int]]:
        """The ascending positions of the term in those of `entries` that have it."""
        ...

    def length_norms(self, field: str) -> Sequence[float]:
        """By entry number: K1 * (1 - B + B * length / average length) of the field."""
        ...

    def keyword(self, field: str, value: str) -> Collection[int]:
        """The entries with exactly this value."""
        ...

    def date_range(self, first: dt.date | None, last: dt.date | None) -> Collection[int]:
        """The dated entries from `first` to `last`, both included."""
        ...


def evaluate(query: EngineQuery, postings: Postings, within: Collection[int] | None = None) -> Scores:
    """The score of each entry that matches; only entries of `within` when that is given."""
    check_time()
    match query:
        case Term():
            return _term(query, postings, within)
        case Phrase():
            return _phrase(query, postings, within)
        case Bool():
            return _bool(query, postings, within)
        case DisMax():
            return _dismax(query, postings, within)
        case Constant():
            return dict.fromkeys(evaluate(query.query, postings, within), query.score)
        case Keyword():
            found = (entry for value in query.values for entry in postings.keyword(query.field, value))
            return _unscored(found, within)
        case DateRange():
            return _unscored(postings.date_range(query.first, query.last), within)
        case All():
            return dict.fromkeys(postings.live if within is None else within, 0.0)


def _unscored(entries: Iterable[int], within: Collection[int] | None) -> Scores:
    return {entry: 0.0 for entry in entries if within is None or entry in within}


def _term(query: Term, postings: Postings, within: Collection[int] | None) -> Scores:
    frequencies = postings.frequencies(query.field, query.term)
    if not frequencies:
        return {}
    weight = query.boost * bm25_idf(len(postings.live), len(frequencies)) * (K1 + 1)
    return _saturated(weight, frequencies, postings.length_norms(query.field), within)


def _saturated(
    weight: float, frequencies: Mapping[int, float], norms: Sequence[float], within: Collection[int] | None
) -> Scores:
    """Entry → its BM25 for a term of this weight and these frequencies."""
    if within is None:
        return {entry: weight * tf / (tf + norms[entry]) for entry, tf in frequencies.items()}
    if len(within) < len(frequencies):
        tfs = ((entry, frequencies[entry]) for entry in within if entry in frequencies)
        return {entry: weight * tf / (tf + norms[entry]) for entry, tf in tfs}
    return {entry: weight * tf / (tf + norms[entry]) for entry, tf in frequencies.items() if entry in within}


def _phrase(query: Phrase, postings: Postings, within: Collection[int] | None) -> Scores:
    """A phrase scores like a term: its matches are its frequency, and the sum of its terms' idf is its weight."""
    frequencies = [postings.frequencies(query.field, term) for term in query.terms]
    if not frequencies or not all(frequencies):
        return {}
    candidates = set.intersection(*map(set, frequencies))
    if within is not None:
        candidates.intersection_update(within)
    if not candidates:
        return {}
    positions = [postings.positions(query.field, term, candidates) for term in query.terms]
    counts: dict[int, float] = {}
    for entry in candidates:
        if spans := phrase_spans([each[entry] for each in positions], query.slop):
            counts[entry] = len(spans)
    total = len(postings.live)
    weight = query.boost * (K1 + 1) * sum(bm25_idf(total, len(entries)) for entries in frequencies)
    return _saturated(weight, counts, postings.length_norms(query.field), None)


def _dismax(query: DisMax, postings: Postings, within: Collection[int] | None) -> Scores:
    best: Scores = {}
    for child in query.queries:
        for entry, score in evaluate(child, postings, within).items():
            best[entry] = max(score, best.get(entry, score))
    return best


def _bool(query: Bool, postings: Postings, within: Collection[int] | None) -> Scores:
    """`filter` and `must` narrow `within` from left to right, so that later nodes score fewer entries."""
    for node in query.filter:
        within = evaluate(node, postings, within)
    scores: Scores | None = None
    for node in query.must:
        found = evaluate(node, postings, within)
        if scores is not None:
            for entry in found:
                found[entry] += scores[entry]
        within = scores = found
    if query.should:
        scores = _should(query, postings, within, scores)
    elif query.minimum_should > 0:
        return {}
    if scores is None:
        scores = evaluate(All(), postings, within)
    for node in query.must_not:
        for entry in evaluate(node, postings, scores):
            scores.pop(entry, None)
    return scores


def _should(query: Bool, postings: Postings, within: Collection[int] | None, required: Scores | None) -> Scores:
    """The scores with `should` added, for the entries that match `minimum_should` of it."""
    has_required = bool(query.must or query.filter)
    minimum = query.minimum_should if has_required else max(1, query.minimum_should)
    added: Scores = {}
    match_counts: Counter[int] = Counter()
    for node in query.should:
        found = evaluate(node, postings, within)
        for entry, score in found.items():
            added[entry] = added.get(entry, 0.0) + score
        if minimum > 1:
            match_counts.update(found.keys())
    if minimum > 1:
        added = {entry: score for entry, score in added.items() if match_counts[entry] >= minimum}
    if minimum > 0:
        base = required or {}
        return {entry: score + base.get(entry, 0.0) for entry, score in added.items()}
    scores = dict.fromkeys(within or (), 0.0) if required is None else required
    for entry, score in added.items():
        scores[entry] += score
    return scores
