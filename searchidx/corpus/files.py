"""How are the bytes of a source file read, so that every failure names the file?"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from searchidx.errors import CorpusError

_CHUNK = 1 << 20

MAX_DOCUMENT_BYTES = 256 << 20
"""A file that becomes one document is held in memory as a whole, several times over; this bounds it."""

_REASONS = {
    errno.ENOENT: "it is not there (any more)",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ELOOP: "its symbolic links run in a circle",
    errno.ENAMETOOLONG: "its path is too long",
    errno.EISDIR: "it is a folder",
}


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the corpus, as it was when the folder was looked at."""

    path: Path  # absolute
    relative: str  # to the indexed folder, with /, NFC
    size: int  # bytes
    mtime_ns: int  # nanoseconds since the epoch


def reason_of(error: OSError) -> str:
    """What went wrong, in words for a user."""
    known = _REASONS.get(error.errno or 0)
    return known or (error.strerror or type(error).__name__).lower()


def kind_of(mode: int) -> str:
    """What stands where a file should, from its `st_mode`; "" for a regular file."""
    kinds = (
        (stat.S_ISREG, ""),
        (stat.S_ISFIFO, "a named pipe"),
        (stat.S_ISSOCK, "a socket"),
        (stat.S_ISDIR, "a folder"),
    )
    return next((name for test, name in kinds if test(mode)), "a device")


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Within it, the operating system's errors become a `CorpusError` of the file `name`."""
    try:
        yield
    except OSError as error:
        raise CorpusError(name, reason_of(error)) from error
    except ValueError as error:  # a NUL in the path
        raise CorpusError(name, "its name cannot be opened") from error


def open_binary(path: Path, name: str) -> BinaryIO:
    """The regular file at `path`, opened for reading bytes.

    It never waits: what has become a named pipe since the folder was looked at is refused.
    Raises `CorpusError` under `name`.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with translated(name):
        descriptor = os.open(path, flags)
        try:
            kind = kind_of(os.fstat(descriptor).st_mode)
            if kind:
                raise CorpusError(name, f"it is {kind}, not a file")
            return open(descriptor, "rb")
        except BaseException:
            os.close(descriptor)
            raise


def read_bytes(file: SourceFile) -> bytes:
    """The whole content of a file that holds one document.

    Raises `CorpusError` when it cannot be read or is larger than `MAX_DOCUMENT_BYTES`.
    """
    with open_binary(file.path, file.relative) as stream, translated(file.relative):
        data = stream.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        limit = MAX_DOCUMENT_BYTES >> 20
        raise CorpusError(file.relative, f"larger than {limit} MiB, too large for one document")
    return data


def content_hash(path: Path, relative: str = "") -> str:
    """The SHA-256 of the file's bytes, in hexadecimal.

    Raises `CorpusError`, under `relative` when that is given, when the file cannot be read.
    """
    import hashlib  # loads OpenSSL, which reading alone does not need

    name = relative or str(path)
    digest = hashlib.sha256()
    with open_binary(path, name) as stream, translated(name):
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
