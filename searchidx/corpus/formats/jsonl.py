"""JSON Lines files: one JSON object a line."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import BinaryIO

from searchidx.corpus.documents import Documents, FileContent
from searchidx.corpus.files import SourceFile, open_binary, translate_os_errors
from searchidx.corpus.formats.records import MAX_RECORD_BYTES, RecordConverter
from searchidx.corpus.text.encodings import sniff_stream
from searchidx.errors import CorpusError
from searchidx.model.document import Document

_BOM = b"\xef\xbb\xbf"
_WIDE = ("utf-16", "utf-32")


def read(file: SourceFile) -> FileContent:
    """The documents of a JSONL file, one by one, in bounded memory.

    Raises `CorpusError` when the file cannot be read, is empty or binary.
    """
    with open_binary(file.path, file.relative) as stream, translate_os_errors(file.relative):
        _, encoding = sniff_stream(stream, file.relative)
    return FileContent(encoding, _documents(file, encoding))


def _documents(file: SourceFile, encoding: str) -> Documents:
    converter = RecordConverter(file)
    with open_binary(file.path, file.relative) as stream:
        source: BinaryIO | io.TextIOWrapper = stream
        if encoding.startswith(_WIDE):  # in every other encoding the byte of a line end is always a line end
            source = io.TextIOWrapper(stream, encoding, errors="replace", newline="\n")
        elif encoding == "utf-8-sig":
            stream.seek(len(_BOM))
        for number, line in enumerate(_lines(source, file.relative), 1):
            if line is None:
                yield converter.broken(number, f"the line is longer than {MAX_RECORD_BYTES >> 20} MiB")
            elif line and not line.isspace():
                yield _convert_line(converter, number, line, encoding)
    converter.finish()


def _convert_line(
    converter: RecordConverter, number: int, line: bytes | str, encoding: str
) -> Document | CorpusError:
    try:
        text = line if isinstance(line, str) else line.decode(encoding)
        record = json.loads(text.rstrip("\r\n"))
    except json.JSONDecodeError as error:
        return converter.broken(number, f"not valid JSON: {error.msg} at column {error.colno}")
    except UnicodeDecodeError:
        return converter.broken(number, f"not valid {encoding}")
    except (ValueError, RecursionError):
        # A number with more digits than Python reads, or brackets nested deeper than it follows.
        return converter.broken(number, "not JSON that can be read: too many digits or too deep")
    if not isinstance(record, dict):
        return converter.broken(number, "not a JSON object")
    return converter.convert(number, record.items())


def _lines(source: BinaryIO | io.TextIOWrapper, name: str) -> Iterator[bytes | str | None]:
    """The lines of a file; None for a line that is too long to be held in memory."""
    is_too_long = False
    while line := _next_line(source, name):
        if line[-1:] not in ("\n", b"\n") and len(line) == MAX_RECORD_BYTES:
            is_too_long = True
        else:
            yield None if is_too_long else line
            is_too_long = False
    if is_too_long:
        yield None


def _next_line(source: BinaryIO | io.TextIOWrapper, name: str) -> bytes | str:
    """The next line, or the next `MAX_RECORD_BYTES` of it; empty at the end of the file."""
    with translate_os_errors(name):
        return source.readline(MAX_RECORD_BYTES)
