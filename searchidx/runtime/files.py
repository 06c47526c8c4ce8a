"""Durable writing of files, checksums of files, and the lines of data files."""

from __future__ import annotations

import os
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

_CHUNK = 1 << 20


def sync_to_disk(path: Path) -> None:
    """Flush a file, or the names in a folder, to disk: when this returns they survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_atomically(path: Path, text: str) -> None:
    """Replace a file, readable by its owner only; a crash leaves the whole old file or the whole new one."""
    descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    sync_to_disk(path.parent)


def checksum(path: Path) -> int:
    """CRC-32 of a file: it finds every single flipped bit, and is as fast as the disk."""
    value = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            value = zlib.crc32(chunk, value)
    return value


def data_lines(path: Path) -> list[tuple[int, str]]:
    """(number from 1, content) of each line of a UTF-8 file that has any; `#` begins a comment.

    Raises OSError and UnicodeDecodeError.
    """
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
    contents = ((number, line.partition("#")[0].strip()) for number, line in lines)
    return [(number, content) for number, content in contents if content]


def files_below(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in a stable order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path


def size_below(folder: Path) -> int:
    """The bytes of all files below a folder."""
    return sum(path.stat().st_size for path in files_below(folder))
