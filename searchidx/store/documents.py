"""Documents and paragraphs in the store: reading, adding and removing.

A removed document stays as a tombstone for a minute, so that a reader whose engine still returns it can show it;
a later run purges it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from searchidx.model.document import (
    Document,
    number_paragraphs,
)
from searchidx.schema import METADATA_FIELDS
from searchidx.store.connection import Connection, VersionedCache

_CONTENT_COLUMNS = (
    *("id", "title", "title_is_derived", "language", "date", "path", "url", "metadata"),
    *METADATA_FIELDS,
)
_SELECT_HEADERS = f"SELECT row, {', '.join(_CONTENT_COLUMNS)} FROM documents WHERE row IN"  # noqa: S608 - names of columns

_COLUMNS = ("row", "file", "hash", *_CONTENT_COLUMNS)
_INSERT_DOCUMENT = f"INSERT INTO documents ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608 - names of columns

_FIRST_METADATA_FIELDS = ("source", "place", "author")
"""The metadata fields of the first format: a document that has no others keeps its hash when fields are added."""

GRACE_S = 60
"""Seconds for which a removed document can still be shown by a search that began before its removal.

A search without a time limit may take longer, and find rows that were purged meanwhile. Then it is run again on
the newest state (`search.reader.ReaderManager.use`)."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with the rows under which the engine knows the document and its paragraphs."""

    row: int
    document: Document
    paragraph_rows: tuple[int, ...]  # in the order of the paragraphs


@dataclass(frozen=True, slots=True)
class StoredParagraph:
    """One paragraph with its row."""

    row: int
    document: int  # its row
    number: int  # from 1
    text: str


def document_hash(document: Document) -> str:
    """SHA-256 of all content of a document, in hexadecimal digits."""
    first_values = [document.keywords.get(name, "") for name in _FIRST_METADATA_FIELDS]
    added = {name: value for name, value in document.keywords.items() if name not in _FIRST_METADATA_FIELDS}
    header = [
        *(document.id, document.title, document.title_is_derived, document.language, document.date),
        *first_values,
        *(document.path, document.url, dict(document.metadata)),
        *([added] if added else []),
    ]
    texts = [paragraph.text for paragraph in document.paragraphs]
    content = json.dumps([header, texts], ensure_ascii=False, default=str, sort_keys=True)
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()


class Documents:
    """All documents with their paragraphs. What is looked up by row includes documents that were just removed,
    because an engine may still return them. What changes documents must run inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._counts = VersionedCache(connection, self._count)
        self._last_rows: dict[str, int] = {}  # table → the last row that was given; read when first needed

    # --- reading

    def counts(self) -> tuple[int, int]:
        """The numbers of documents and of paragraphs."""
        return self._counts.value()

    def _count(self) -> tuple[int, int]:
        documents = "SELECT count(*) FROM documents WHERE removed = 0"
        paragraphs = "SELECT count(*) FROM paragraphs p JOIN documents d ON d.row = p.document WHERE d.removed = 0"
        return self._connection.number(documents), self._connection.number(paragraphs)

    def text_bytes(self) -> int:
        """The bytes of all titles and paragraphs, in UTF-8."""
        titles = "SELECT coalesce(sum(length(CAST(title AS BLOB))), 0) FROM documents WHERE removed = 0"
        texts = (
            "SELECT coalesce(sum(length(CAST(text AS BLOB))), 0) FROM paragraphs p "
            "JOIN documents d ON d.row = p.document WHERE d.removed = 0"
        )
        return self._connection.number(titles) + self._connection.number(texts)

    def rows(self) -> list[int]:
        """The rows of all documents, ascending."""
        return self._connection.column("SELECT row FROM documents WHERE removed = 0 ORDER BY row")

    def paragraph_rows(self) -> list[int]:
        """The rows of all paragraphs, ascending."""
        return self._connection.column(
            "SELECT p.row FROM paragraphs p JOIN documents d ON d.row = p.document WHERE d.removed = 0 "
            "ORDER BY p.row"
        )

    def document_hashes(self) -> list[tuple[int, str]]:
        """(row, hash of the content when it was stored) of every document, by ascending row."""
        return self._connection.select("SELECT row, hash FROM documents WHERE removed = 0 ORDER BY row")

    def row_of(self, document_id: str) -> int | None:
        """The row of the document with this id; None when there is none."""
        query = "SELECT row FROM documents WHERE id = ? AND removed = 0"
        return self._connection.number(query, (document_id,)) or None

    def document(self, row: int) -> StoredDocument | None:
        """A document with its paragraphs; None when there is none in this row."""
        header = self.headers([row]).get(row)
        if header is None:
            return None
        query = "SELECT row, text FROM paragraphs WHERE document = ? ORDER BY number"
        paragraphs = self._connection.select(query, (row,))
        document = replace(header, paragraphs=number_paragraphs([text for _, text in paragraphs]))
        return StoredDocument(row, document, tuple(paragraph for paragraph, _ in paragraphs))

    def headers(self, rows: Sequence[int]) -> dict[int, Document]:
        """Row → document without its paragraphs; rows without a document are left out."""
        found = self._connection.select_in(_SELECT_HEADERS, rows)
        return {row: _header(values) for row, *values in found}

    def paragraphs(self, rows: Sequence[int]) -> dict[int, StoredParagraph]:
        """Row → paragraph; rows without a paragraph are left out."""
        query = "SELECT row, document, number, text FROM paragraphs WHERE row IN"
        return {values[0]: StoredParagraph(*values) for values in self._connection.select_in(query, rows)}

    def first_paragraphs(self, documents: Sequence[int]) -> dict[int, StoredParagraph]:
        """Row of a document → its first paragraph."""
        query = "SELECT row, document, number, text FROM paragraphs WHERE number = 1 AND document IN"
        return {values[1]: StoredParagraph(*values) for values in self._connection.select_in(query, documents)}

    # --- writing

    def last_row(self) -> int:
        """The last row that a document was ever given."""
        return self._last_row("documents")

    def _last_row(self, table: str) -> int:
        if table not in self._last_rows:
            query = "SELECT seq FROM sqlite_sequence WHERE name = ?"
            self._last_rows[table] = self._connection.number(query, (table,))
        return self._last_rows[table]

    def add(self, file: int, document: Document, digest: str) -> tuple[int, range]:
        """Add a document of a source file, pending for the engine; returns its row and those of its paragraphs.

        `digest` is its `document_hash`.
        """
        row = self._last_rows["documents"] = self._last_row("documents") + 1
        self._connection.execute(_INSERT_DOCUMENT, (row, file, digest, *_header_values(document)))
        first = self._last_row("paragraphs") + 1
        rows = range(first, first + len(document.paragraphs))
        self._last_rows["paragraphs"] = rows.stop - 1
        insert = "INSERT INTO paragraphs (row, document, number, text) VALUES (?, ?, ?, ?)"
        paragraphs = zip(rows, document.paragraphs, strict=True)
        self._connection.execute_many(insert, [(own, row, each.number, each.text) for own, each in paragraphs])
        self._connection.execute("INSERT INTO pending VALUES (?, 'add')", (row,))
        return row, rows

    def remove(self, rows: Sequence[int]) -> None:
        """Turn documents into tombstones, which no id finds any more, pending for the engine."""
        now = int(time.time())
        update = "UPDATE documents SET removed = ? WHERE row = ?"
        self._connection.execute_many(update, [(now, row) for row in rows])
        self._connection.execute_many(
            "INSERT INTO pending VALUES (?, 'remove') ON CONFLICT (document) DO UPDATE SET operation = 'remove'",
            [(row,) for row in rows],
        )

    def invalidate(self, rows: Sequence[int]) -> None:
        """Make the next run read the source files of these documents again, whatever their size and time."""
        self._connection.execute_in("UPDATE documents SET hash = '' WHERE row IN", rows)
        files = "UPDATE files SET hash = '' WHERE row IN (SELECT file FROM documents WHERE hash = '')"
        self._connection.execute(files)

    def purge(self) -> None:
        """Delete the tombstones that the engine has removed and that are older than `GRACE_S`."""
        self._connection.execute(
            "DELETE FROM documents "
            "WHERE removed > 0 AND removed < ? AND row NOT IN (SELECT document FROM pending)",
            (int(time.time()) - GRACE_S,),
        )


def _header(values: Sequence[Any]) -> Document:
    """The document with these values of `_CONTENT_COLUMNS`, without its paragraphs."""
    document_id, title, title_is_derived, language, date, path, url, metadata, *keywords = values
    return Document(
        id=document_id,
        title=title,
        title_is_derived=bool(title_is_derived),
        paragraphs=(),
        language=language,
        date=dt.date.fromisoformat(date) if date else None,
        keywords={name: value for name, value in zip(METADATA_FIELDS, keywords, strict=True) if value},
        path=path,
        url=url,
        metadata=json.loads(metadata) if metadata != "{}" else {},
    )


def _header_values(document: Document) -> tuple[object, ...]:
    """The values of `_CONTENT_COLUMNS`; the inverse of `_header`."""
    return (
        *(document.id, document.title, int(document.title_is_derived), document.language),
        document.date.isoformat() if document.date else None,
        *(document.path, document.url, json.dumps(dict(document.metadata), ensure_ascii=False)),
        *(document.keywords.get(name, "") for name in METADATA_FIELDS),
    )
