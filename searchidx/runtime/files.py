"""How does a file get to disk for good, and how do we see later that it is still the same?"""

from __future__ import annotations

import os
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

_CHUNK = 1 << 20


def sync_to_disk(path: Path) -> None:
    """Return when the file, or the names in the folder, would survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_atomically(path: Path, text: str) -> None:
    """Replace a file such that a crash leaves the old one or the new one whole; readable by its owner only."""
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
    """CRC-32 of a file: finds every single flipped bit, at the speed of the disk."""
    value = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            value = zlib.crc32(chunk, value)
    return value


def files_below(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in a stable order."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path


def size_below(folder: Path) -> int:
    """The bytes of all files below a folder."""
    return sum(path.stat().st_size for path in files_below(folder))
