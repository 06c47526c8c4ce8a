"""The corpus of a comparison: stored documents of the index, in one JSON lines file that every system reads.

The measurement does not depend on source files, which may be gone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from searchidx.model.document import PARAGRAPH_BREAK, Document
from searchidx.store.documents import Documents


@dataclass(frozen=True, slots=True)
class Corpus:
    """The size of a corpus."""

    documents: int
    paragraphs: int
    text_bytes: int  # of titles and paragraphs, in UTF-8


@dataclass(frozen=True, slots=True)
class CorpusFile:
    """A file of documents, and its size."""

    path: Path
    corpus: Corpus


@dataclass(frozen=True, slots=True)
class Record:
    """The fields of a document that systems other than searchidx index."""

    row: int  # from 1
    title: str
    paragraphs: tuple[str, ...]


def write_corpus(documents: Documents, rows: Sequence[int], path: Path) -> CorpusFile:
    """Write the stored documents with these rows, one JSON object a line."""
    document_count = paragraph_count = text_bytes = 0
    with path.open("w", encoding="utf-8") as file:
        for row in rows:
            stored = documents.document(row)
            if stored is None:  # removed by another process in the meantime
                continue
            file.write(json.dumps(_record(stored.document), ensure_ascii=False) + "\n")
            document_count += 1
            paragraph_count += len(stored.paragraph_rows)
            text_bytes += len(stored.document.title.encode())
            text_bytes += sum(len(paragraph.text.encode()) for paragraph in stored.document.paragraphs)
    return CorpusFile(path, Corpus(document_count, paragraph_count, text_bytes))


def _record(document: Document) -> dict[str, str]:
    """The document in the form that `searchidx index` reads; a derived title is left out, to be derived again."""
    fields = {
        "id": document.id,
        "title": "" if document.title_is_derived else document.title,
        "date": document.date.isoformat() if document.date else "",
        **document.keywords,
        "url": document.url,
        "language": document.language,
    }
    return {name: value for name, value in fields.items() if value} | {"text": document.text}


def read_corpus(path: Path) -> Iterator[Record]:
    """The documents of a file of `write_corpus`."""
    with path.open(encoding="utf-8") as lines:
        for row, line in enumerate(lines, 1):
            fields = json.loads(line)
            yield Record(row, fields.get("title", ""), tuple(fields["text"].split(PARAGRAPH_BREAK)))
