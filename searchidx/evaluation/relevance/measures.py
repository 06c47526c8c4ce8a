"""Measures of a ranking: nDCG, reciprocal rank, precision, recall and average precision.

They have the values of trec_eval and ir-measures. Every function takes two lists of grades: `ranked`, of the
ranking in rank order, with 0 for documents that are not judged; and `judged`, of all judged documents of the topic
in any order. A document is relevant when its grade is 1 or more. Measures are from 0 to 1; they are 0 for a topic
without relevant documents.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Mapping, Sequence

from searchidx.evaluation.relevance.qrels import Grades, Qrels
from searchidx.evaluation.relevance.runs import Ranking, Run

Values = Mapping[str, float]
"""Name of a measure, one of `MEASURES` → its value."""


def ndcg(ranked: Sequence[int], judged: Sequence[int], depth: int) -> float:
    """Normalized discounted cumulative gain of the first `depth` documents.

    DCG is the sum of grade / log2(rank + 1), with ranks from 1. It is divided by the DCG of the best possible
    ranking. The gain is the grade itself, as in trec_eval, not 2^grade - 1; a negative grade gains nothing.
    K. Järvelin and J. Kekäläinen 2002, doi:10.1145/582415.582418.
    """
    ideal = _dcg(sorted(judged, reverse=True)[:depth])
    return _dcg(ranked[:depth]) / ideal if ideal else 0.0


def _dcg(grades: Sequence[int]) -> float:
    return sum(max(0, grade) / math.log2(rank + 1) for rank, grade in enumerate(grades, 1))


def reciprocal_rank(ranked: Sequence[int], _: Sequence[int], depth: int) -> float:
    """1 / rank of the first relevant document; 0 when none is among the first `depth`.

    E. M. Voorhees 1999, "The TREC-8 Question Answering Track Report".
    """
    return next((1 / rank for rank, grade in enumerate(ranked[:depth], 1) if grade > 0), 0.0)


def precision(ranked: Sequence[int], _: Sequence[int], depth: int) -> float:
    """The share of relevant documents among the first `depth`; a shorter ranking is divided by `depth` too."""
    return _relevant(ranked[:depth]) / depth


def recall(ranked: Sequence[int], judged: Sequence[int], depth: int) -> float:
    """The share of the relevant documents that is among the first `depth`."""
    relevant = _relevant(judged)
    return _relevant(ranked[:depth]) / relevant if relevant else 0.0


def average_precision(ranked: Sequence[int], judged: Sequence[int]) -> float:
    """The mean, over all relevant documents, of the precision at the rank of each; 0 for one that was not found.

    C. Buckley and E. M. Voorhees 2000, doi:10.1145/345508.345543.
    """
    found, total = 0, 0.0
    for rank, grade in enumerate(ranked, 1):
        if grade > 0:
            found += 1
            total += found / rank
    relevant = _relevant(judged)
    return total / relevant if relevant else 0.0


def _relevant(grades: Sequence[int]) -> int:
    return sum(grade > 0 for grade in grades)


MEASURES: Mapping[str, Callable[[Sequence[int], Sequence[int]], float]] = {
    "nDCG@10": lambda ranked, judged: ndcg(ranked, judged, 10),
    "RR@10": lambda ranked, judged: reciprocal_rank(ranked, judged, 10),
    "P@5": lambda ranked, judged: precision(ranked, judged, 5),
    "P@10": lambda ranked, judged: precision(ranked, judged, 10),
    "recall@100": lambda ranked, judged: recall(ranked, judged, 100),
    "AP": average_precision,
}
"""Name of a measure of one topic → its function."""

_MEAN_NAMES = {"RR@10": "MRR@10", "AP": "MAP"}


def mean_name(measure: str) -> str:
    """The name of the mean over topics of a measure of one topic."""
    return _MEAN_NAMES.get(measure, measure)


def evaluate(ranking: Ranking, grades: Grades) -> Values:
    """Every measure of the ranking of one topic."""
    ranked, judged = [grades.get(document.id, 0) for document in ranking], list(grades.values())
    return {name: measure(ranked, judged) for name, measure in MEASURES.items()}


def evaluate_run(run: Run, qrels: Qrels, topic_ids: Sequence[str]) -> Mapping[str, Values]:
    """The measures of each of these topics, by topic id; a topic that the run lacks found nothing."""
    return {topic_id: evaluate(run.get(topic_id, ()), qrels[topic_id]) for topic_id in topic_ids}


def means(values: Mapping[str, Values]) -> Values:
    """The mean of each measure over all topics, at least one; each topic counts the same."""
    return {name: statistics.fmean(of_topic[name] for of_topic in values.values()) for name in MEASURES}
