"""Which files does a folder hold that can be read, and which could not be looked at?"""

from __future__ import annotations

import os
import unicodedata
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from searchidx.corpus.files import SourceFile, kind_of, reason_of
from searchidx.errors import CorpusError

READABLE = frozenset(
    (".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".jsonl", ".ndjson", ".csv", ".tsv")
)
"""The extensions that `read` understands, in lower case."""


class UnreadableError(CorpusError):
    """A file or folder that is there but could not be looked at, so that nothing is known of it.

    Whoever keeps documents of earlier runs must keep those that it `covers`: they are not gone.
    """

    def __init__(self, path: str, reason: str, is_folder: bool = False) -> None:
        super().__init__(path, reason)
        self.is_folder = is_folder

    def covers(self, relative: str) -> bool:
        """Whether the file `relative` is this one, or lies below this folder."""
        return relative == self.path or (self.is_folder and relative.startswith(f"{self.path}/"))


@dataclass(slots=True)
class _Walk:
    """What one walk has met: its folders, and the linked folders that wait for their turn."""

    visited: set[tuple[int, int]]  # device and inode
    links: deque[tuple[Path, str]] = field(default_factory=deque)


def scan(root: Path) -> Iterator[SourceFile | UnreadableError]:
    """The readable files below `root` (or `root` itself, if it is a file), by name and depth first.

    Hidden names (leading dot) and other extensions are passed over. Symbolic links are followed, but
    each folder is read once: under its own name, or else under the first link to it, for linked folders
    come after all others. The first step raises `CorpusError` when `root` itself cannot be read; what
    cannot be read below it is yielded as `UnreadableError` and the walk goes on.
    """
    root = Path(os.path.abspath(root))
    try:
        status = root.stat()
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "its name cannot be opened"
        raise CorpusError(_printable(str(root)), reason) from error
    if kind_of(status.st_mode) != "a folder":
        yield _single(root, status)
        return
    yield from _folder(root)


def _single(path: Path, status: os.stat_result) -> SourceFile:
    kind = kind_of(status.st_mode)
    name = _printable(path.name)
    if kind:
        raise CorpusError(name, f"it is {kind}, not a file")
    if path.suffix.lower() not in READABLE:
        raise CorpusError(name, f"files of this kind cannot be read; {', '.join(sorted(READABLE))} can")
    if not _is_text(path.name):
        raise CorpusError(name, "its name is not valid UTF-8")
    return SourceFile(path, unicodedata.normalize("NFC", path.name), status.st_size, status.st_mtime_ns)


def _folder(root: Path) -> Iterator[SourceFile | UnreadableError]:
    # A link to a folder above the root leads back to the root: a loop too.
    walk = _Walk({_identity(os.stat(above)) for above in root.resolve().parents})
    walk.links.append((root, ""))
    while walk.links:
        # Folders are opened when their turn comes, from a stack: a tree deeper than Python's own is walked.
        stack = [iter(_entries(*walk.links.popleft(), walk))]
        while stack:
            for item in stack[-1]:
                if isinstance(item, tuple):
                    stack.append(iter(_entries(*item, walk)))
                    break
                yield item
            else:
                stack.pop()


def _identity(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _entries(
    folder: Path, relative: str, walk: _Walk
) -> Iterator[SourceFile | UnreadableError | tuple[Path, str]]:
    """What a folder holds, sorted by name; its folders as a pair of path and relative path."""
    try:
        identity = _identity(os.stat(folder))
        if identity in walk.visited:
            return
        walk.visited.add(identity)
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: (unicodedata.normalize("NFC", entry.name), entry.name))
    except OSError as error:
        if not relative:
            raise CorpusError(_printable(str(folder)), reason_of(error)) from error
        yield UnreadableError(relative, reason_of(error), is_folder=True)
        return
    prefix = f"{relative}/" if relative else ""
    taken: set[str] = set()
    for entry in entries:
        if entry.name.startswith("."):
            continue
        name = unicodedata.normalize("NFC", entry.name)
        item = _entry(entry, prefix + name, name in taken, walk)
        taken.add(name)
        if item is not None:
            yield item


def _entry(
    entry: os.DirEntry[str], relative: str, is_taken: bool, walk: _Walk
) -> SourceFile | UnreadableError | tuple[Path, str] | None:
    readable = os.path.splitext(entry.name)[1].lower() in READABLE
    # What cannot be told apart is taken for a folder, unless its name says that it is a file: a link
    # whose target is missing today may have been a folder full of documents yesterday.
    is_folder = not readable
    try:
        is_folder = entry.is_dir() or (is_folder and entry.is_symlink() and not os.path.exists(entry.path))
        if not (readable or is_folder):
            return None
        status = entry.stat()
    except OSError as error:
        return UnreadableError(_printable(relative), reason_of(error), is_folder)
    if not _is_text(entry.name):
        return UnreadableError(_printable(relative), "its name is not valid UTF-8", is_folder)
    if is_taken:
        reason = "another name in this folder differs from it only in how its accents are encoded"
        return UnreadableError(relative, reason, is_folder)
    if is_folder:
        if entry.is_symlink():
            walk.links.append((Path(entry.path), relative))
            return None
        return Path(entry.path), relative
    kind = kind_of(status.st_mode)
    if kind:
        return UnreadableError(relative, f"it is {kind}, not a file")
    return SourceFile(Path(entry.path), relative, status.st_size, status.st_mtime_ns)


def _is_text(name: str) -> bool:
    """Whether the name was valid UTF-8 on disk (other bytes come as lone surrogates)."""
    return not any("\ud800" <= character <= "\udfff" for character in name)


def _printable(name: str) -> str:
    r"""The name with undecodable bytes written as `\xff`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
