"""CSV and TSV files: the first record names the columns, every other record is a document."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator

from searchidx.corpus.documents import Documents, FileContent
from searchidx.corpus.files import SourceFile, open_binary, translate_os_errors
from searchidx.corpus.formats.records import MAX_RECORD_BYTES, RecordConverter, missing_text_reason
from searchidx.corpus.text.characters import clean_line
from searchidx.corpus.text.encodings import sniff_stream
from searchidx.errors import CorpusError
from searchidx.model.document import Document
from searchidx.schema import field_of_column

_DELIMITERS = ",;\t|"
_UNDECODED = re.compile("[\udc80-\udcff]")


def read(file: SourceFile) -> FileContent:
    """The documents of a CSV or TSV file, one by one, in bounded memory.

    Raises `CorpusError` when the file cannot be read, is empty or binary, or has no column `text`.
    """
    # The csv module's own limit (128 KiB) is far below a long article. The limit is one for the whole process.
    csv.field_size_limit(max(csv.field_size_limit(), MAX_RECORD_BYTES))
    with open_binary(file.path, file.relative) as stream, translate_os_errors(file.relative):
        first_bytes, encoding = sniff_stream(stream, file.relative)
    head = first_bytes.decode(encoding, "replace")
    if not head.strip():
        raise CorpusError(file.relative, "there is no text in it")
    delimiter = _detect_delimiter(head)
    reason = missing_text_reason(_column_names(head, delimiter))
    if reason:
        raise CorpusError(file.relative, reason)
    return FileContent(encoding, _documents(file, encoding, delimiter))


def _detect_delimiter(head: str) -> str:
    """The delimiter that splits the first record into the most columns of known fields, then the most columns."""

    def column_counts(delimiter: str) -> tuple[int, int]:
        names = _column_names(head, delimiter)
        return sum(field_of_column(name) is not None for name in names), len(names)

    return max(_DELIMITERS, key=column_counts)


def _column_names(head: str, delimiter: str) -> list[str]:
    """The names in the first record."""
    lines = io.StringIO(head.lstrip("\r\n"), newline="")
    return [clean_line(name) for name in next(csv.reader(lines, delimiter=delimiter), [])]


class _Lines:
    """The lines of a file, for a csv reader; the lines of a broken record can be read again.

    An opening quote without a closing one makes the csv reader take lines of other records into its record. Once
    the first of these lines has been reported, the others are given back.
    """

    def __init__(self, stream: io.TextIOWrapper, name: str) -> None:
        self._stream = stream
        self._name = name
        self._given_back: deque[str] = deque()
        self._record: list[str] = []  # lines of the current record
        self._size = 0  # characters in them
        self.start = 1  # the line where the current record begins, from 1

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        if self._size > MAX_RECORD_BYTES:
            raise csv.Error("the record is too long; is a quote never closed?")
        line = self._given_back.popleft() if self._given_back else self._read()
        if not line:
            raise StopIteration
        self._record.append(line)
        self._size += len(line)
        return line

    def _read(self) -> str:
        with translate_os_errors(self._name):
            return self._stream.readline(MAX_RECORD_BYTES)

    def begin_record(self) -> None:
        """Let a new record begin at the next line."""
        self.start += len(self._record)
        self._record.clear()
        self._size = 0

    def give_back(self) -> None:
        """Let all lines of the broken record except its first be read again."""
        self._given_back.extendleft(reversed(self._record[1:]))
        del self._record[1:]
        self.begin_record()


def _documents(file: SourceFile, encoding: str, delimiter: str) -> Documents:
    converter = RecordConverter(file)
    with open_binary(file.path, file.relative) as binary:
        # Bytes that the encoding does not know become lone surrogates, so that their record can be reported.
        errors = "replace" if encoding.startswith(("utf-16", "utf-32")) else "surrogateescape"
        lines = _Lines(io.TextIOWrapper(binary, encoding, errors, newline=""), file.relative)
        columns: list[str] = []
        for row in _rows(lines, delimiter):
            if isinstance(row, csv.Error):
                reason = f"not valid CSV: {row}"
                if not columns:
                    raise CorpusError(file.relative, reason, lines.start)
                yield converter.broken(lines.start, reason)
            elif not columns:
                columns = [clean_line(name) for name in row]
            else:
                yield _convert_row(converter, lines.start, columns, row)
    converter.finish()


def _rows(lines: _Lines, delimiter: str) -> Iterator[list[str] | csv.Error]:
    """The rows that are not blank; the error in place of a broken row."""
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield error
            lines.give_back()
            # A new reader, because the old one may still be inside a quoted field.
            reader = csv.reader(lines, delimiter=delimiter, strict=True)
            continue
        if any(cell and not cell.isspace() for cell in row):
            yield row
        lines.begin_record()


def _convert_row(
    converter: RecordConverter, line: int, columns: list[str], row: list[str]
) -> Document | CorpusError:
    while len(row) > len(columns) and not row[-1]:  # spreadsheets pad their rows
        row.pop()
    if len(row) != len(columns):
        return converter.broken(line, f"it has {len(row)} columns where the first line names {len(columns)}")
    if any(map(_UNDECODED.search, row)):
        return converter.broken(line, "it has bytes that are not valid in the file's encoding")
    return converter.convert(line, zip(columns, row, strict=True))
