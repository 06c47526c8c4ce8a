"""Which documents does a file of JSON lines hold?"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import BinaryIO

from searchidx.corpus.files import SourceFile, open_binary, translated
from searchidx.corpus.formats.records import (
    MAX_RECORD_BYTES,
    Records,
)
from searchidx.corpus.text.encodings import sniff_stream
from searchidx.errors import CorpusError
from searchidx.model.document import Document

_BOM = b"\xef\xbb\xbf"
_WIDE = ("utf-16", "utf-32")


def read_jsonl(file: SourceFile) -> tuple[str, Iterator[Document | CorpusError]]:
    """The encoding of a JSONL file, and its documents one by one, in bounded memory.

    Raises `CorpusError` when the file cannot be read, is empty or binary.
    """
    with open_binary(file.path, file.relative) as stream, translated(file.relative):
        _, encoding = sniff_stream(stream, file.relative)
    return encoding, _documents(file, encoding)


def _documents(file: SourceFile, encoding: str) -> Iterator[Document | CorpusError]:
    records = Records(file)
    with open_binary(file.path, file.relative) as stream:
        source: BinaryIO | io.TextIOWrapper = stream
        if encoding.startswith(_WIDE):  # elsewhere the byte of a line end is always a line end
            source = io.TextIOWrapper(stream, encoding, errors="replace", newline="\n")
        elif encoding == "utf-8-sig":
            stream.seek(len(_BOM))
        lines = _lines(source, file.relative)
        for number, line in enumerate(lines, 1):
            if line is None:
                yield records.broken(number, f"the line is longer than {MAX_RECORD_BYTES >> 20} MiB")
            elif line and not line.isspace():
                yield _read_line(records, number, line, encoding)
    records.finish()


def _read_line(records: Records, number: int, line: bytes | str, encoding: str) -> Document | CorpusError:
    try:
        text = line if isinstance(line, str) else line.decode(encoding)
        record = json.loads(text.rstrip("\r\n"))
    except json.JSONDecodeError as error:
        return records.broken(number, f"not valid JSON: {error.msg} at column {error.colno}")
    except UnicodeDecodeError:
        return records.broken(number, f"not valid {encoding}")
    except (ValueError, RecursionError):
        # A number of more digits than Python reads, or brackets nested deeper than it follows.
        return records.broken(number, "not JSON that can be read: too many digits or too deep")
    if not isinstance(record, dict):
        return records.broken(number, "not a JSON object")
    return records.document(number, record.items())


def _lines(source: BinaryIO | io.TextIOWrapper, name: str) -> Iterator[bytes | str | None]:
    """The lines of a file; None for one that is too long to be held."""
    too_long = False
    while line := _next_line(source, name):
        if line[-1:] not in ("\n", b"\n") and len(line) == MAX_RECORD_BYTES:
            too_long = True
        else:
            yield None if too_long else line
            too_long = False
    if too_long:
        yield None


def _next_line(source: BinaryIO | io.TextIOWrapper, name: str) -> bytes | str:
    with translated(name):
        return source.readline(MAX_RECORD_BYTES)
