"""How does one record of a JSONL or CSV file become a document?"""

from __future__ import annotations

from collections.abc import Iterable

from searchidx.corpus.documents import as_document
from searchidx.corpus.fields import read_fields
from searchidx.corpus.files import SourceFile
from searchidx.corpus.news import articles as newswire
from searchidx.errors import CorpusError
from searchidx.model.document import Document
from searchidx.schema import field_of_column

MAX_RECORD_BYTES = 64 << 20
"""A longer record is broken: it bounds the memory when a file lacks its line ends or a closing quote."""


class Records:
    """The records of one file: makes documents of them and sees that their ids differ."""

    def __init__(self, file: SourceFile) -> None:
        self._file = file
        self._ids: set[str] = set()
        self.seen = 0  # documents and broken records

    def broken(self, line: int, reason: str) -> CorpusError:
        """The report of a record that cannot be read; `line` (from 1) is where it begins."""
        self.seen += 1
        return CorpusError(self._file.relative, reason, line)

    def document(self, line: int, pairs: Iterable[tuple[str, object]]) -> Document | CorpusError:
        """The document of a record's keys and values, or the report why it is none."""
        pairs = list(pairs)
        try:
            fields = read_fields(pairs)
        except ValueError as error:
            return self.broken(line, str(error))
        if not fields.text.strip():
            return self.broken(line, _why_no_text([key for key, _ in pairs]))
        article = newswire.from_text(fields.text, fields)
        try:
            document = as_document(self._file, article, line)
        except CorpusError as error:
            return self.broken(line, error.reason)
        if document.id in self._ids:
            return self.broken(line, f"the id {document.id!r} occurred before in this file")
        self._ids.add(document.id)
        self.seen += 1
        return document

    def finish(self) -> None:
        """Raises `CorpusError` when the file held no record at all."""
        if not self.seen:
            raise CorpusError(self._file.relative, "there is no record in it")


def lacks_text(keys: Iterable[str]) -> str:
    """Why records with these keys cannot be read: they have no text; "" when they have."""
    keys = list(keys)
    if any(field_of_column(key) == "text" for key in keys):
        return ""
    shown = ", ".join(keys[:20])[:300] or "none"
    return f"it has no 'text'; what it has is: {shown}"


def _why_no_text(keys: Iterable[str]) -> str:
    return lacks_text(keys) or "its text is empty"
