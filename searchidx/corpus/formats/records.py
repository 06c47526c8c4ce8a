"""Files of records, one document a record: what JSONL and CSV have in common."""

from __future__ import annotations

from collections.abc import Iterable

from searchidx.corpus.documents import build_document
from searchidx.corpus.fields import read_fields
from searchidx.corpus.files import SourceFile
from searchidx.corpus.news.articles import article_from_text
from searchidx.errors import CorpusError
from searchidx.model.document import Document
from searchidx.schema import field_of_column

MAX_RECORD_BYTES = 64 << 20
"""A longer record is broken: it bounds the memory when a file lacks its line ends or a closing quote."""


class RecordConverter:
    """Converts the records of one file to documents, and checks that their ids differ."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._ids: set[str] = set()
        self._count = 0  # documents and broken records

    def convert(self, line: int, pairs: Iterable[tuple[str, object]]) -> Document | CorpusError:
        """The document of a record's keys and values, or the error of a record that gives none.

        `line` (from 1) is where the record begins.
        """
        pairs = list(pairs)
        try:
            fields = read_fields(pairs)
        except ValueError as error:
            return self.broken(line, str(error))
        if not fields.text.strip():
            reason = missing_text_reason([key for key, _ in pairs]) or "its text is empty"
            return self.broken(line, reason)
        try:
            document = build_document(self._file, article_from_text(fields.text, fields), line)
        except CorpusError as error:
            return self.broken(line, error.reason)
        if document.id in self._ids:
            return self.broken(line, f"the id {document.id!r} occurred before in this file")
        self._ids.add(document.id)
        self._count += 1
        return document

    def broken(self, line: int, reason: str) -> CorpusError:
        """The error of a record that cannot be read; `line` (from 1) is where the record begins."""
        self._count += 1
        return CorpusError(self._file.relative, reason, line)

    def finish(self) -> None:
        """Raises `CorpusError` when the file held no record at all."""
        if not self._count:
            raise CorpusError(self._file.relative, "there is no record in it")


def missing_text_reason(keys: Iterable[str]) -> str:
    """Why records with these keys cannot be read: none of the keys is the text. "" when one is."""
    keys = list(keys)
    if any(field_of_column(key) == "text" for key in keys):
        return ""
    shown = ", ".join(keys[:20])[:300] or "none"
    return f"it has no 'text'; what it has is: {shown}"
