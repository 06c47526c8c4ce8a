"""Runs: the ranked documents that a system finds for each topic, and the TREC format of their files."""

from __future__ import annotations

import math
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from searchidx import CorpusError, SearchidxError
from searchidx.evaluation.relevance.lines import numbered_lines, split_fields

DEPTH = 100
"""How many documents of a topic count; the rest of a longer ranking is ignored."""

_TAG = "searchidx"
_FIELDS = 6
_SCORE_STEP = 2.0**-20
"""Relative difference between scores that must not tie: eight times the precision of trec_eval's 32-bit floats."""


@dataclass(frozen=True, slots=True)
class ScoredDocument:
    """A document or paragraph in a ranking."""

    id: str
    score: float


Ranking = Sequence[ScoredDocument]
"""Documents in rank order, at most `DEPTH`."""

Run = Mapping[str, Ranking]
"""Id of a topic → its ranking. A topic that is missing found nothing."""


class UnwritableIdError(SearchidxError):
    """An id that no line of a run can hold."""


def without_ties(ranking: Ranking) -> Ranking:
    """The same documents in the same order; a score that ties with the one before, or passes it, is lowered.

    The lines of a run file have no order: every tool sorts them by score, and trec_eval sorts ties by id. Without
    ties, each tool evaluates the ranking that the reader sees.
    """
    documents: list[ScoredDocument] = []
    limit = math.inf
    for document in ranking:
        score = min(document.score, limit)
        documents.append(ScoredDocument(document.id, score))
        limit = score - max(1.0, abs(score)) * _SCORE_STEP
    return documents


def read_run(path: Path) -> Run:
    """The run of a file with lines of `topic Q0 document rank score tag`.

    Documents are sorted as trec_eval does it: by score as a 32-bit float, highest first, ties by id, last in the
    alphabet first. Rank, tag and the second field mean nothing. Raises CorpusError when the file cannot be read or
    has no line, a line has another form, or a topic has a document twice.
    """
    scores: dict[str, dict[str, float]] = {}
    for number, line in numbered_lines(path):
        fields = split_fields(line, {_FIELDS})
        if len(fields) != _FIELDS:
            raise CorpusError(str(path), "it is not a line of 'topic Q0 document rank score tag'", number)
        topic_id, _, document_id, _, text, _ = fields
        score = _score(text)
        if score is None:
            raise CorpusError(str(path), f"the score {text!r} is not a number", number)
        of_topic = scores.setdefault(topic_id, {})
        if document_id in of_topic:
            raise CorpusError(str(path), f"topic {topic_id!r} has {document_id!r} twice", number)
        of_topic[document_id] = score
    if not scores:
        raise CorpusError(str(path), "there is no line of a run in it")
    return {topic_id: rank_by_score(of_topic) for topic_id, of_topic in scores.items()}


def _score(text: str) -> float | None:
    try:
        score = array("f", [float(text)])[0]
    except (ValueError, OverflowError):
        return None
    return None if math.isnan(score) else score


def rank_by_score(scores: Mapping[str, float]) -> Ranking:
    """The best documents in the order of trec_eval; `scores` are by document id."""
    rounded = zip(array("f", scores.values()), scores, strict=True)
    best = sorted(rounded, reverse=True)[:DEPTH]
    return [ScoredDocument(document_id, score) for score, document_id in best]


def write_run(run: Run, path: Path) -> None:
    """Write a run file, with tabs between the fields; UnwritableIdError for an id with a tab or a line break."""
    lines = [line for topic_id, ranking in run.items() for line in _lines(topic_id, ranking)]
    path.write_text("".join(lines), encoding="utf-8")


def _lines(topic_id: str, ranking: Ranking) -> Iterator[str]:
    for rank, document in enumerate(ranking, 1):
        if any(separator in document.id for separator in "\t\r\n"):
            raise UnwritableIdError(f"a run cannot hold the id {document.id!r}, which has a tab or a line break")
        yield f"{topic_id}\tQ0\t{document.id}\t{rank}\t{document.score!r}\t{_TAG}\n"
