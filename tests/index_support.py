"""Helpers for tests that need an index: the seeds, indexes of given documents, and the ids that a query finds."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from searchidx.index import Index

SEEDS = Path(__file__).parent.parent / "seeds"
"""The five articles of the project's own corpus."""

MakeIndex = Callable[[Mapping[str, str]], Index]
"""The fixture `make_index`: file name → content, as an index."""


def index_files(folder: Path, files: Mapping[str, str]) -> Index:
    """An index of files with this content, made in a new folder."""
    documents = folder / "documents"
    documents.mkdir(parents=True)
    for name, content in files.items():
        path = documents / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")
    index = Index.create(folder / "index")
    report = index.sync(documents)
    assert report.skipped == 0, report.problems
    return index


def index_records(folder: Path, records: Sequence[Mapping[str, Any]]) -> Index:
    """An index of records of a JSONL file, made in a new folder; a record without an id is d1, d2 ..."""
    lines = (json.dumps({"id": f"d{number}", **record}) for number, record in enumerate(records, 1))
    index = index_files(folder, {"records.jsonl": "\n".join(lines)} if records else {})
    assert index.counts()[0] == len(records)
    return index


def found_with_all(index: Index, query: str) -> list[str]:
    """As `found`, the hits that have all words of the query: as many as the result says, from the first hit on."""
    results = index.search(query, per_page=100)
    return sorted(hit.id.split("_")[0].removesuffix(".txt") for hit in results.hits[: results.total_all])


def found(index: Index, query: str) -> list[str]:
    """The ids of the documents that a query finds, without their extension, sorted."""
    return sorted(hit.id.split("_")[0].removesuffix(".txt") for hit in index.search(query, per_page=100).hits)
