"""Which documents does a CSV or TSV file hold?"""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator

from searchidx.corpus.files import SourceFile, open_binary, translated
from searchidx.corpus.formats.records import (
    MAX_RECORD_BYTES,
    Records,
    lacks_text,
)
from searchidx.corpus.text.characters import one_line
from searchidx.corpus.text.encodings import sniff_stream
from searchidx.errors import CorpusError
from searchidx.model.document import Document
from searchidx.schema import field_of_column

_DELIMITERS = ",;\t|"
_UNDECODED = re.compile("[\udc80-\udcff]")


def read_delimited(file: SourceFile) -> tuple[str, Iterator[Document | CorpusError]]:
    """The encoding of a CSV or TSV file, and its documents one by one, in bounded memory.

    The first line names the columns, and the delimiter is the one of `,;|` and tab that finds most of
    them. Raises `CorpusError` when the file cannot be read, is empty or binary, or has no column `text`.
    """
    # The module's own limit (128 KiB) is far below a long article. It is one for the whole process.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_RECORD_BYTES))
    with open_binary(file.path, file.relative) as stream, translated(file.relative):
        first, encoding = sniff_stream(stream, file.relative)
    head = first.decode(encoding, "replace")
    if not head.strip():
        raise CorpusError(file.relative, "there is no text in it")
    delimiter = _delimiter(head)
    reason = lacks_text(_columns(head, delimiter))
    if reason:
        raise CorpusError(file.relative, reason)
    return encoding, _documents(file, encoding, delimiter)


def _columns(head: str, delimiter: str) -> list[str]:
    """The names in the first record, as that delimiter parts them."""
    lines = io.StringIO(head.lstrip("\r\n"), newline="")
    return [one_line(name) for name in next(csv.reader(lines, delimiter=delimiter), [])]


def _delimiter(head: str) -> str:
    def merit(delimiter: str) -> tuple[int, int]:
        columns = _columns(head, delimiter)
        return sum(bool(field_of_column(name)) for name in columns), len(columns)

    return max(_DELIMITERS, key=merit)


class _Lines:
    """The lines of a file, for a csv reader; those of a broken record can be read again.

    An opening quote without a closing one makes the reader swallow lines of other records. After the
    first line was reported, they are given back.
    """

    def __init__(self, stream: io.TextIOWrapper, name: str) -> None:
        self._stream = stream
        self._name = name
        self._again: deque[str] = deque()
        self._taken: list[str] = []
        self._size = 0
        self.start = 1  # the line where the current record begins, from 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._size > MAX_RECORD_BYTES:
            raise csv.Error("the record is too long; is a quote never closed?")
        line = self._again.popleft() if self._again else self._read()
        if not line:
            raise StopIteration
        self._taken.append(line)
        self._size += len(line)
        return line

    def _read(self) -> str:
        with translated(self._name):
            return self._stream.readline(MAX_RECORD_BYTES)

    def begin(self) -> None:
        """The lines so far are read for good: a record begins here."""
        self.start += len(self._taken)
        self._taken.clear()
        self._size = 0

    def give_back(self) -> None:
        """All lines of the broken record but its first are to be read again."""
        self._again.extendleft(reversed(self._taken[1:]))
        del self._taken[1:]
        self.begin()


def _documents(file: SourceFile, encoding: str, delimiter: str) -> Iterator[Document | CorpusError]:
    records = Records(file)
    with open_binary(file.path, file.relative) as binary:
        # Bytes that are not of the encoding come as lone surrogates, so that their record can be named.
        errors = "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
        lines = _Lines(io.TextIOWrapper(binary, encoding, errors, newline=""), file.relative)
        columns: list[str] = []
        for row in _rows(lines, delimiter):
            if isinstance(row, str):
                if not columns:
                    raise CorpusError(file.relative, row, lines.start)
                yield records.broken(lines.start, row)
            elif not columns:
                columns = [one_line(name) for name in row]
            else:
                yield _read_row(records, lines.start, columns, row)
    records.finish()


def _rows(lines: _Lines, delimiter: str) -> Iterator[list[str] | str]:
    """The rows that are not blank; for a broken one the reason."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield f"not valid CSV: {error}"
            lines.give_back()
            # A new one, for the old one may still be inside a quoted field.
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            continue
        if any(cell and not cell.isspace() for cell in row):
            yield row
        lines.begin()


def _read_row(records: Records, line: int, columns: list[str], row: list[str]) -> Document | CorpusError:
    if len(row) != len(columns):
        while len(row) > len(columns) and not row[-1]:  # spreadsheets pad their rows
            row.pop()
    if len(row) != len(columns):
        return records.broken(line, f"it has {len(row)} columns where the first line names {len(columns)}")
    if any(map(_UNDECODED.search, row)):
        return records.broken(line, "it has bytes that are not valid in the file's encoding")
    return records.document(line, zip(columns, row, strict=True))
