"""On what corpus are systems compared? Documents of an index's own store, in one file that each of them reads.

So what is measured does not hang on source files that may have gone, and every system does the same reading.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from searchidx.model.document import (
    PARAGRAPH_BREAK,
    Document,
)
from searchidx.store.documents import Documents


@dataclass(frozen=True, slots=True)
class Corpus:
    """How much there is to index or to search."""

    documents: int
    paragraphs: int
    text_bytes: int  # of titles and paragraphs, in UTF-8


@dataclass(frozen=True, slots=True)
class Record:
    """What systems other than searchidx read of a document."""

    row: int  # from 1
    title: str
    paragraphs: tuple[str, ...]


def write_corpus(reader: Documents, rows: Sequence[int], path: Path) -> Corpus:
    """Write the stored documents with these rows, one JSON object a line."""
    documents = paragraphs = text_bytes = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            stored = reader.document(row)
            if stored is None:  # removed meanwhile
                continue
            file.write(json.dumps(_record(stored.document), ensure_ascii=False) + "\n")
            documents += 1
            paragraphs += len(stored.paragraph_rows)
            text_bytes += len(stored.document.title.encode())
            text_bytes += sum(len(each.text.encode()) for each in stored.document.paragraphs)
    return Corpus(documents, paragraphs, text_bytes)


def _record(document: Document) -> dict[str, str]:
    """The document as `searchidx index` reads it; a title that was derived is derived again."""
    fields = {
        "id": document.id,
        "title": "" if document.title_is_derived else document.title,
        "date": document.date.isoformat() if document.date else "",
        "source": document.source,
        "place": document.place,
        "author": document.author,
        "url": document.url,
        "language": document.language,
    }
    return {name: value for name, value in fields.items() if value} | {"text": document.text}


def read_corpus(path: Path) -> Iterator[Record]:
    """The documents of such a file."""
    with path.open(encoding="utf-8") as lines:
        for row, line in enumerate(lines, 1):
            told = json.loads(line)
            yield Record(row, told.get("title", ""), tuple(told["text"].split(PARAGRAPH_BREAK)))
