"""Reading the bytes of a source file; every failure names the file."""

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

_CHUNK = 1 << 20  # bytes

MAX_DOCUMENT_BYTES = 256 << 20
"""The largest file that becomes one document: such a file is held in memory as a whole, several times over."""

_REASONS = {
    errno.ENOENT: "it is not there (any more)",
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ELOOP: "its symbolic links run in a circle",
    errno.ENAMETOOLONG: "its path is too long",
    errno.EISDIR: "it is a folder",
}

INVALID_NAME = "its name cannot be opened"
"""The reason for a path that no file can have, such as one with a NUL."""


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the corpus, with its state at the time of the scan."""

    path: Path  # absolute
    relative: str  # to the indexed folder, with /, NFC
    size: int  # bytes
    mtime_ns: int  # nanoseconds since the epoch


def os_error_reason(error: OSError) -> str:
    """What went wrong, in words for a user."""
    known = _REASONS.get(error.errno or 0)
    return known or (error.strerror or type(error).__name__).lower()


def irregular_reason(mode: int) -> str:
    """Why a file with this `st_mode` cannot be read: *it is a named pipe, not a file*; "" for a regular file."""
    if stat.S_ISREG(mode):
        return ""
    names = ((stat.S_ISFIFO, "a named pipe"), (stat.S_ISSOCK, "a socket"), (stat.S_ISDIR, "a folder"))
    name = next((name for has_type, name in names if has_type(mode)), "a device")
    return f"it is {name}, not a file"


@contextmanager
def translate_os_errors(name: str) -> Iterator[None]:
    """Within the block, errors of the operating system become a `CorpusError` of the file `name`."""
    try:
        yield
    except OSError as error:
        raise CorpusError(name, os_error_reason(error)) from error
    except ValueError as error:  # a NUL in the path
        raise CorpusError(name, INVALID_NAME) from error


def open_binary(path: Path, name: str) -> BinaryIO:
    """The regular file at `path`, opened for reading bytes.

    Opening never waits: a file that has become a named pipe since the scan is refused. Raises `CorpusError` under
    `name`.
    """
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with translate_os_errors(name):
        descriptor = os.open(path, flags)
        try:
            reason = irregular_reason(os.fstat(descriptor).st_mode)
            if reason:
                raise CorpusError(name, reason)
            return open(descriptor, "rb")
        except BaseException:
            os.close(descriptor)
            raise


def read_bytes(file: SourceFile) -> bytes:
    """The whole content of a file that holds one document.

    Raises `CorpusError` when it cannot be read or is larger than `MAX_DOCUMENT_BYTES`.
    """
    with open_binary(file.path, file.relative) as stream, translate_os_errors(file.relative):
        data = stream.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        limit = MAX_DOCUMENT_BYTES >> 20
        raise CorpusError(file.relative, f"larger than {limit} MiB, too large for one document")
    return data


def file_hash(path: Path, relative: str = "") -> str:
    """The SHA-256 of the file's bytes, in hexadecimal.

    Raises `CorpusError`, under `relative` when that is given, when the file cannot be read.
    """
    import hashlib  # loads OpenSSL, which reading alone does not need

    name = relative or str(path)
    digest = hashlib.sha256()
    with open_binary(path, name) as stream, translate_os_errors(name):
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
