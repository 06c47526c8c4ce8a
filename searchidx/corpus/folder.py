"""The scan of a folder: its readable files, and the entries that could not be looked at."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from searchidx.corpus.files import INVALID_NAME, SourceFile, irregular_reason, os_error_reason
from searchidx.corpus.formats.registry import READABLE_EXTENSIONS
from searchidx.errors import CorpusError


class UnreadableError(CorpusError):
    """A file or folder exists but could not be looked at, so that its content is unknown.

    A caller that keeps documents of earlier scans must keep those that this error `covers`: they may still exist.
    """

    def __init__(self, path: str, reason: str, is_folder: bool = False) -> None:
        super().__init__(path, reason)
        self.is_folder = is_folder

    def covers(self, relative: str) -> bool:
        """Whether the file `relative` is this one, or lies below this folder."""
        return relative == self.path or (self.is_folder and relative.startswith(f"{self.path}/"))


@dataclass(frozen=True, slots=True)
class _Subfolder:
    """A folder to be listed."""

    path: Path
    relative: str  # to the root, with /; "" for the root


@dataclass(slots=True)
class _ScanState:
    """The folders that one scan has listed, and the linked folders that it has still to list."""

    visited: set[tuple[int, int]]  # device and inode
    linked: deque[_Subfolder] = field(default_factory=deque)


_Entry = SourceFile | UnreadableError | _Subfolder


def scan(root: Path) -> Iterator[SourceFile | UnreadableError]:
    """The readable files below `root` (or `root` itself, if it is a file), by name and depth first.

    Hidden names (leading dot) and files of other extensions are skipped. Symbolic links are followed, but each
    folder is listed once: under its own name, or else under the first link to it, because linked folders come
    after all others. The first step raises `CorpusError` when `root` itself cannot be read; an entry below it that
    cannot be read is yielded as `UnreadableError`, and the scan goes on.
    """
    root = Path(os.path.abspath(root))
    try:
        status = root.stat()
    except (OSError, ValueError) as error:
        reason = os_error_reason(error) if isinstance(error, OSError) else INVALID_NAME
        raise CorpusError(_printable(str(root)), reason) from error
    if stat.S_ISDIR(status.st_mode):
        yield from _scan_folder(root)
    else:
        yield _single_file(root, status)


def _single_file(path: Path, status: os.stat_result) -> SourceFile:
    """The root of a scan that is a file. Raises `CorpusError` when it cannot be read."""
    name = _printable(path.name)
    reason = irregular_reason(status.st_mode)
    if reason:
        raise CorpusError(name, reason)
    if path.suffix.lower() not in READABLE_EXTENSIONS:
        readable = ", ".join(sorted(READABLE_EXTENSIONS))
        raise CorpusError(name, f"files of this kind cannot be read; {readable} can")
    if not _is_text(path.name):
        raise CorpusError(name, "its name is not valid UTF-8")
    return SourceFile(path, unicodedata.normalize("NFC", path.name), status.st_size, status.st_mtime_ns)


def _scan_folder(root: Path) -> Iterator[SourceFile | UnreadableError]:
    # A link to a folder above the root leads back to the root, which would be a loop too.
    state = _ScanState({_identity(os.stat(parent)) for parent in root.resolve().parents})
    state.linked.append(_Subfolder(root, ""))
    while state.linked:
        # The listings wait on a stack of our own, because a tree may be deeper than Python's call stack.
        stack = [_list_folder(state.linked.popleft(), state)]
        while stack:
            for entry in stack[-1]:
                if isinstance(entry, _Subfolder):
                    stack.append(_list_folder(entry, state))
                    break
                yield entry
            else:
                stack.pop()


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _list_folder(folder: _Subfolder, state: _ScanState) -> Iterator[_Entry]:
    """The entries of a folder, sorted by name."""
    try:
        identity = _identity(os.stat(folder.path))
        if identity in state.visited:
            return
        state.visited.add(identity)
        with os.scandir(folder.path) as listing:
            entries = sorted(listing, key=lambda entry: (unicodedata.normalize("NFC", entry.name), entry.name))
    except OSError as error:
        if not folder.relative:
            raise CorpusError(_printable(str(folder.path)), os_error_reason(error)) from error
        yield UnreadableError(folder.relative, os_error_reason(error), is_folder=True)
        return
    prefix = f"{folder.relative}/" if folder.relative else ""
    seen: set[str] = set()
    for entry in entries:
        if entry.name.startswith("."):
            continue
        name = unicodedata.normalize("NFC", entry.name)
        classified = _classify(entry, prefix + name, name in seen, state)
        seen.add(name)
        if classified is not None:
            yield classified


def _classify(entry: os.DirEntry[str], relative: str, is_duplicate: bool, state: _ScanState) -> _Entry | None:
    """What an entry is; None for one that is skipped, or that is a link to a folder, which waits in `state`."""
    is_readable = os.path.splitext(entry.name)[1].lower() in READABLE_EXTENSIONS
    # An entry that cannot be looked at counts as a folder, unless its name is that of a file: a link whose target
    # is missing today may have led to a folder full of documents yesterday.
    is_folder = not is_readable
    try:
        is_folder = entry.is_dir() or (is_folder and entry.is_symlink() and not os.path.exists(entry.path))
        if not (is_readable or is_folder):
            return None
        status = entry.stat()
    except OSError as error:
        return UnreadableError(_printable(relative), os_error_reason(error), is_folder)
    if not _is_text(entry.name):
        return UnreadableError(_printable(relative), "its name is not valid UTF-8", is_folder)
    if is_duplicate:
        reason = "another name in this folder differs from it only in how its accents are encoded"
        return UnreadableError(relative, reason, is_folder)
    if is_folder:
        subfolder = _Subfolder(Path(entry.path), relative)
        if not entry.is_symlink():
            return subfolder
        state.linked.append(subfolder)
        return None
    reason = irregular_reason(status.st_mode)
    if reason:
        return UnreadableError(relative, reason)
    return SourceFile(Path(entry.path), relative, status.st_size, status.st_mtime_ns)


def _is_text(name: str) -> bool:
    """Whether the name was valid UTF-8 on disk (Python reads other bytes as lone surrogates)."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _printable(name: str) -> str:
    r"""The name with undecodable bytes written as `\xff`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
