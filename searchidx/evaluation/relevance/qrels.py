"""Qrels: judgements of how relevant documents are to the topics of a test collection.

A file of qrels has the format of TREC or is TSV; the number of fields of its first line shows which.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from searchidx import CorpusError, SearchidxError
from searchidx.evaluation.relevance.lines import numbered_lines, split_fields
from searchidx.evaluation.relevance.topics import Topic

Grades = Mapping[str, int]
"""Id of a document or paragraph → how relevant it is to one topic; 0 or less is not relevant."""

Qrels = Mapping[str, Grades]
"""Id of a topic → its judged documents. A document that is not judged counts as not relevant."""

_TREC_FIELDS, _TSV_FIELDS = 4, 3
_TSV_HEADER = ["query-id", "corpus-id", "score"]
_GRADE = re.compile(r"[+-]?[0-9]{1,9}")


class NoJudgedTopicError(SearchidxError):
    """No topic has a judged document."""


def read_qrels(path: Path) -> Qrels:
    """The relevance judgements of a file.

    A line of the TREC format is `topic 0 document grade`; the second field means nothing. A line of TSV is
    `topic document grade`, with or without the header `query-id corpus-id score`. Raises CorpusError when the file
    cannot be read or has no judgement, a line is none, or one document has two grades for a topic.
    """
    qrels: dict[str, dict[str, int]] = {}
    for number, topic_id, document_id, grade in _judgements(path):
        if not _GRADE.fullmatch(grade):
            raise CorpusError(str(path), f"the grade {grade!r} is not a whole number", number)
        grades = qrels.setdefault(topic_id, {})
        if grades.setdefault(document_id, int(grade)) != int(grade):
            raise CorpusError(str(path), f"{document_id!r} has two grades for topic {topic_id!r}", number)
    if not qrels:
        raise CorpusError(str(path), "there is no judgement in it")
    return qrels


def _judgements(path: Path) -> Iterator[tuple[int, str, str, str]]:
    """Number of the line, topic, document and grade of each judgement."""
    counts = {_TREC_FIELDS, _TSV_FIELDS}
    for number, line in numbered_lines(path):
        fields = split_fields(line, counts)
        if len(fields) not in counts or "" in fields:
            wanted = "'topic 0 document grade' or 'topic document grade'"
            raise CorpusError(str(path), f"it is not a line of {wanted}", number)
        if len(counts) > 1:
            counts = {len(fields)}
            if [field.lower() for field in fields] == _TSV_HEADER:
                continue
        yield number, fields[0], fields[-2], fields[-1]


def judged_topics(topics: Sequence[Topic], qrels: Qrels) -> tuple[Topic, ...]:
    """The topics that have a judged document, in their order; NoJudgedTopicError when there is none."""
    judged = tuple(topic for topic in topics if topic.id in qrels)
    if not judged:
        examples = f"the first topic is {topics[0].id!r}, the first of the qrels is {next(iter(qrels))!r}"
        raise NoJudgedTopicError(f"no topic has a judged document: {examples}")
    return judged
