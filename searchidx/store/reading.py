"""What does a document say, given its id or the row that an engine names?"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from searchidx.model.document import (
    Document,
    number_paragraphs,
)
from searchidx.schema import METADATA_FIELDS
from searchidx.store.connection import Connection
from searchidx.store.remembered import VersionedCache

_COLUMNS = (
    "row",
    "id",
    "title",
    "title_is_derived",
    "language",
    "date",
    "path",
    "url",
    "metadata",
    *METADATA_FIELDS,
)
_HEADERS = f"SELECT {', '.join(_COLUMNS)} FROM documents WHERE row IN"  # noqa: S608 - names of columns


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with the rows under which the engine knows it and its paragraphs."""

    row: int
    document: Document
    paragraph_rows: tuple[int, ...]  # in the order of the paragraphs


@dataclass(frozen=True, slots=True)
class StoredParagraph:
    """One paragraph, found by its row or its document."""

    row: int
    document: int  # its row
    number: int  # from 1
    text: str


class StoreReader:
    """Looks up documents and paragraphs; those just removed too, while an engine may still name them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._counts = VersionedCache(connection, self._counted)

    def counts(self) -> tuple[int, int]:
        """How many documents and paragraphs there are."""
        return self._counts.value()

    def _counted(self) -> tuple[int, int]:
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

    def document_rows(self) -> list[int]:
        """The rows of all documents, ascending."""
        return self._connection.column("SELECT row FROM documents WHERE removed = 0 ORDER BY row")

    def paragraph_rows(self) -> list[int]:
        """The rows of all paragraphs, ascending."""
        return self._connection.column(
            "SELECT p.row FROM paragraphs p JOIN documents d ON d.row = p.document WHERE d.removed = 0 "
            "ORDER BY p.row"
        )

    def content_hashes(self) -> list[tuple[int, str]]:
        """The row of every document with the hash of its content as it was stored."""
        return self._connection.select("SELECT row, hash FROM documents WHERE removed = 0 ORDER BY row")

    def row_of(self, document_id: str) -> int | None:
        """The row of the document with this id, None when there is none."""
        query = "SELECT row FROM documents WHERE id = ? AND removed = 0"
        return self._connection.number(query, (document_id,)) or None

    def document(self, row: int) -> StoredDocument | None:
        """A document with its paragraphs."""
        header = self.headers([row]).get(row)
        if header is None:
            return None
        query = "SELECT row, text FROM paragraphs WHERE document = ? ORDER BY number"
        paragraphs = self._connection.select(query, (row,))
        document = replace(header, paragraphs=number_paragraphs([text for _, text in paragraphs]))
        return StoredDocument(row, document, tuple(paragraph for paragraph, _ in paragraphs))

    def headers(self, rows: Sequence[int]) -> dict[int, Document]:
        """Documents by row, without their paragraphs."""
        found = self._connection.select_in(_HEADERS, rows)
        return {columns[0]: _document(columns) for columns in found}

    def paragraphs(self, rows: Sequence[int]) -> dict[int, StoredParagraph]:
        """Paragraphs by row."""
        query = "SELECT row, document, number, text FROM paragraphs WHERE row IN"
        return {columns[0]: StoredParagraph(*columns) for columns in self._connection.select_in(query, rows)}

    def first_paragraphs(self, documents: Sequence[int]) -> dict[int, StoredParagraph]:
        """The first paragraph of each of these documents, by the document's row."""
        query = "SELECT row, document, number, text FROM paragraphs WHERE number = 1 AND document IN"
        return {columns[1]: StoredParagraph(*columns) for columns in self._connection.select_in(query, documents)}


def _document(columns: Sequence[Any]) -> Document:
    """The document of a row of `_COLUMNS`, without its paragraphs."""
    _, document_id, title, title_is_derived, language, date, path, url, metadata, *values = columns
    return Document(
        id=document_id,
        title=title,
        title_is_derived=bool(title_is_derived),
        paragraphs=(),
        language=language,
        date=dt.date.fromisoformat(date) if date else None,
        keywords={name: value for name, value in zip(METADATA_FIELDS, values, strict=True) if value},
        path=path,
        url=url,
        metadata=json.loads(metadata) if metadata != "{}" else {},
    )
