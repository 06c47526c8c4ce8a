"""Writing to a tantivy index: its schema, and sessions that commit once."""

from __future__ import annotations

from typing import Any

from tantivy import Document, Index, Order, Query, Schema, SchemaBuilder

from searchidx.engines.contract import Entry
from searchidx.engines.tantivy.compiler import (
    UNDATED,
    sort_key,
)
from searchidx.runtime.processes import usable_cores
from searchidx.schema import (
    FACETS,
    KEYWORD_FIELDS,
    PHRASE_FIELDS,
    TEXT_FIELDS,
)

_WRITER_BYTES = 256 << 20
_THREADS = min(4, max(1, usable_cores() // 2))  # for each level; the processes that read files need cores too


def make_schema() -> Schema:
    """The fields of an entry, the same at both levels. No field is stored, because the store has the texts."""
    builder = SchemaBuilder()
    for name in TEXT_FIELDS:
        detail = "position" if name in PHRASE_FIELDS else "freq"
        builder.add_text_field(name, tokenizer_name="terms", index_option=detail)
    for name in KEYWORD_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=name in FACETS)
    builder.add_integer_field("document", indexed=True, fast=True)
    for name in ("row", "month", "oldest", "newest"):  # the last two to sort by, see `sort_key`
        builder.add_integer_field(name, fast=True)
    return builder.build()


class Session:
    """A writing session at one level."""

    def __init__(self, index: Index, schema: Schema) -> None:
        self._schema = schema
        self._writer = index.writer(_WRITER_BYTES, _THREADS)
        self._last_document = _last_document(index)

    def remove(self, document: int) -> None:
        """Remove the entries that a document had before the session."""
        if document <= self._last_document:
            self._writer.delete_documents_by_term("document", document)

    def add(self, entry: Entry) -> None:
        """Add one entry."""
        self._writer.add_document(Document.from_dict(_values(entry), self._schema))

    def commit(self) -> None:
        """Make the session durable, and delete the files of merged segments."""
        self._writer.commit()
        self._writer.garbage_collect_files()

    def rollback(self) -> None:
        """Undo what was not committed."""
        self._writer.rollback()

    def close(self) -> None:
        """Wait for the running merges, then allow another session."""
        self._writer.wait_merging_threads()


def _last_document(index: Index) -> int:
    """The highest document row that the index has, 0 when it is empty."""
    found = index.searcher().search(Query.all_query(), 1, order_by_field="document", order=Order.Desc).hits
    return int(found[0][0]) if found else 0


def _values(entry: Entry) -> dict[str, Any]:
    values: dict[str, Any] = {"row": entry.row, "document": entry.document, **entry.terms, **entry.keywords}
    oldest = newest = UNDATED
    if (day := entry.date) is not None:
        values["month"] = day.year * 100 + day.month
        oldest = day.toordinal()
        newest = UNDATED - oldest
    values["oldest"] = sort_key(oldest, entry.row)
    values["newest"] = sort_key(newest, entry.row)
    return values
