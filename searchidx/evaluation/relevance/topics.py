"""Topics: the queries of a test collection, each with an id.

A file of topics has JSON lines or TSV; its first line shows which.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from searchidx import CorpusError
from searchidx.evaluation.relevance.lines import numbered_lines

_ID_KEYS, _TEXT_KEYS = ("_id", "id"), ("text", "query")


@dataclass(frozen=True, slots=True)
class Topic:
    """What one reader wants to find."""

    id: str
    query: str  # as it is typed


def read_topics(path: Path) -> tuple[Topic, ...]:
    """The topics of a file, in its order.

    A line is a JSON object with `_id` or `id`, and `text` or `query`; or an id, a tab, and the query. Raises
    CorpusError when the file cannot be read or has no topic, a line is no topic, or two have one id.
    """
    topics: dict[str, Topic] = {}
    is_json = False
    for number, line in numbered_lines(path):
        if not topics:
            is_json = line.lstrip().startswith("{")
        try:
            topic = _json_topic(line) if is_json else _tsv_topic(line)
        except ValueError as error:
            raise CorpusError(str(path), str(error), number) from error
        if topic.id in topics:
            raise CorpusError(str(path), f"there are two topics {topic.id!r}", number)
        topics[topic.id] = topic
    if not topics:
        raise CorpusError(str(path), "there is no topic in it")
    return tuple(topics.values())


def _json_topic(line: str) -> Topic:
    """ValueError with the reason when the line is no topic."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueError("it is not a JSON object") from error
    if not isinstance(record, dict):
        raise ValueError("it is not a JSON object")
    return _topic(_value(record, _ID_KEYS), _value(record, _TEXT_KEYS))


def _value(record: Mapping[str, object], keys: Sequence[str]) -> str:
    """The text or whole number of the first key that the record has."""
    value = next((record[key] for key in keys if key in record), None)
    if not isinstance(value, str | int):
        raise ValueError(f"it has no {keys[0]!r} or {keys[1]!r}")
    return str(value).encode("utf-8", "replace").decode()  # JSON can hold halves of characters


def _tsv_topic(line: str) -> Topic:
    """ValueError with the reason when the line is no topic."""
    topic_id, tab, query = line.partition("\t")
    if not tab:
        raise ValueError("there is no tab between an id and a query")
    return _topic(topic_id, query)


def _topic(topic_id: str, query: str) -> Topic:
    if not topic_id.strip():
        raise ValueError("the id is empty")
    if not query.strip():
        raise ValueError("the query is empty")
    return Topic(topic_id.strip(), query.strip())
