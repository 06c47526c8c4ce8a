"""The evaluation of an index: a search for each topic, its measures, and the comparison with a baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from searchidx import (
    MAX_PER_PAGE,
    DocumentNotFoundError,
    Hit,
    Index,
    Level,
    SearchidxError,
    SearchOptions,
)
from searchidx.evaluation.relevance.measures import MEASURES, Values, evaluate_run, mean_name, means
from searchidx.evaluation.relevance.qrels import Qrels, judged_topics
from searchidx.evaluation.relevance.runs import DEPTH, Ranking, Run, ScoredDocument, without_ties
from searchidx.evaluation.relevance.significance import PERMUTATIONS, randomization_test
from searchidx.evaluation.relevance.topics import Topic

OnStep = Callable[[str], None]
"""Receives the name of the current step; "" when there is none."""

_PARAGRAPH_MARK = "#p"  # between the id of a document and the number of a paragraph
_SAME = 1e-9  # values of a measure that differ by less are equal


class NoJudgedDocumentError(SearchidxError):
    """None of the judged ids is in the index."""


def search_topics(index: Index, topics: Sequence[Topic], options: SearchOptions, on_step: OnStep) -> Run:
    """The run of an index: the first `DEPTH` hits of each topic, with scores that do not tie."""
    run = {}
    for number, topic in enumerate(topics, 1):
        on_step(f"Topic {number:,} of {len(topics):,}")
        run[topic.id] = _ranking(index, topic.query, options)
    on_step("")
    return run


def _ranking(index: Index, query: str, options: SearchOptions) -> Ranking:
    hits: list[Hit] = []
    page: int | None = 1
    while page is not None and len(hits) < DEPTH:
        results = index.search(query, options, page=page, per_page=min(MAX_PER_PAGE, DEPTH), highlight=False)
        hits += results.hits
        page = results.next_page
    return without_ties([ScoredDocument(hit.id, hit.score) for hit in hits[:DEPTH]])


def missing_documents(index: Index, level: Level, qrels: Qrels, run: Run) -> tuple[str, ...]:
    """The judged ids that the index does not have, each once; NoJudgedDocumentError when it has none of them."""
    judged = dict.fromkeys(document_id for grades in qrels.values() for document_id in grades)
    found = {document.id for ranking in run.values() for document in ranking}
    missing = tuple(each for each in judged if each not in found and not _exists(index, level, each))
    if len(missing) == len(judged):
        raise NoJudgedDocumentError(
            f"none of the {len(judged):,} judged ids is a {level} of the index; the first is {missing[0]!r}"
        )
    return missing


def _exists(index: Index, level: Level, judged_id: str) -> bool:
    document_id, _, number = judged_id.rpartition(_PARAGRAPH_MARK)
    try:
        document = index.document(judged_id if level == "document" else document_id)
    except DocumentNotFoundError:
        return False
    return level == "document" or number in {str(paragraph.number) for paragraph in document.paragraphs}


@dataclass(frozen=True, slots=True)
class Difference:
    """One measure of a system compared with a baseline, over all topics."""

    baseline: float  # the mean of the baseline
    difference: float  # the mean of the system less that of the baseline
    better: int  # topics with a higher value than in the baseline
    worse: int
    p_value: float  # of the randomization test


@dataclass(frozen=True, slots=True)
class Comparison:
    """A system compared with a baseline."""

    name: str  # of the baseline, as the user gave it
    values: Mapping[str, Values]  # id of a topic → the measures of the baseline
    differences: Mapping[str, Difference]  # by measure


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The measures of an index. Topics without judgements are only counted."""

    index: str  # its location
    options: SearchOptions
    topics: tuple[Topic, ...]  # with judgements
    not_judged: int  # topics without judgements
    not_searched: int  # topics of the qrels that are not among the topics
    missing: tuple[str, ...]  # judged ids that the index does not have
    run: Run
    values: Mapping[str, Values]  # id of a topic → its measures
    comparison: Comparison | None = None

    @property
    def without_hits(self) -> int:
        """How many of the topics found nothing."""
        return _count(not ranking for ranking in self.run.values())

    @property
    def means(self) -> Values:
        """The mean of each measure over the topics."""
        return means(self.values)

    def compared_with(self, name: str, baseline: Run, qrels: Qrels) -> Evaluation:
        """This evaluation with its comparison with the run of a baseline."""
        values = evaluate_run(baseline, qrels, [topic.id for topic in self.topics])
        differences = {measure: self._difference(measure, values) for measure in MEASURES}
        return replace(self, comparison=Comparison(name, values, differences))

    def _difference(self, measure: str, baseline: Mapping[str, Values]) -> Difference:
        differences = [values[measure] - baseline[topic_id][measure] for topic_id, values in self.values.items()]
        return Difference(
            baseline=means(baseline)[measure],
            difference=sum(differences) / len(differences),
            better=_count(difference > _SAME for difference in differences),
            worse=_count(difference < -_SAME for difference in differences),
            p_value=randomization_test(differences),
        )


def evaluate_index(
    index: Index, location: str, topics: Sequence[Topic], qrels: Qrels, options: SearchOptions, on_step: OnStep
) -> Evaluation:
    """The evaluation of an index with these search options.

    Topics without judgements are not searched. Raises NoJudgedTopicError when no topic has any, and
    NoJudgedDocumentError when the index has none of the judged ids.
    """
    judged = judged_topics(topics, qrels)
    judged_qrels = {topic.id: qrels[topic.id] for topic in judged}
    run = search_topics(index, judged, options, on_step)
    return Evaluation(
        index=location,
        options=options,
        topics=judged,
        not_judged=len(topics) - len(judged),
        not_searched=len(qrels) - len(judged),
        missing=missing_documents(index, options.level, judged_qrels, run),
        run=run,
        values=evaluate_run(run, qrels, [topic.id for topic in judged]),
    )


def evaluation_json(evaluation: Evaluation, *, per_query: bool) -> dict[str, object]:
    """The evaluation as JSON, with the values of each topic if `per_query` is set."""
    options, comparison = evaluation.options, evaluation.comparison
    payload: dict[str, object] = {
        "index": evaluation.index,
        "level": options.level,
        "variants": options.variants,
        "synonyms": options.synonyms,
        "prefix_fallback": options.prefix_fallback,
        "depth": DEPTH,
        "topics": len(evaluation.topics),
        "topics_not_judged": evaluation.not_judged,
        "topics_not_searched": evaluation.not_searched,
        "topics_without_hits": evaluation.without_hits,
        "judged_documents_missing": list(evaluation.missing),
        "measures": {mean_name(name): value for name, value in evaluation.means.items()},
    }
    if comparison is not None:
        differences = {mean_name(name): asdict(each) for name, each in comparison.differences.items()}
        payload["comparison"] = {
            "baseline": comparison.name,
            "permutations": PERMUTATIONS,
            "measures": differences,
        }
    if per_query:
        payload["per_query"] = [_topic_json(topic, evaluation) for topic in evaluation.topics]
    return payload


def _topic_json(topic: Topic, evaluation: Evaluation) -> dict[str, object]:
    values, comparison = evaluation.values[topic.id], evaluation.comparison
    payload: dict[str, object] = {"id": topic.id, "query": topic.query, "measures": values}
    if comparison is not None:
        payload["baseline"] = comparison.values[topic.id]
    return payload


def _count(conditions: Iterable[bool]) -> int:
    return sum(conditions)
