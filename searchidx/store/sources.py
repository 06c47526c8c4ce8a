"""Which folders are indexed, and how did each file look when it was read?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from searchidx.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder (or a single file) that was given to be indexed."""

    row: int
    path: Path  # absolute
    prefix: str  # of its documents' ids


@dataclass(frozen=True, slots=True)
class FileState:
    """A source file as it was when it was read."""

    row: int
    size: int  # bytes
    mtime_ns: int  # 0: do not trust size and time alone
    hash: str  # SHA-256 of the bytes; "" until every document of it was stored
    skipped: int = 0  # records of it that could not be read


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document that is stored, as far as it matters for finding out what changed."""

    row: int
    file: int | None
    hash: str  # of its content


class Sources:
    """Folders, files, and which documents came from which file."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def folders(self) -> list[Folder]:
        """The folders, in the order in which they came."""
        rows = self._connection.select("SELECT row, path, prefix FROM folders ORDER BY row")
        return [Folder(row, Path(path), prefix) for row, path, prefix in rows]

    def add_folder(self, path: Path) -> Folder:
        """Remember a folder. The first one's documents are named by their path in it; those of the next ones
        by the folder's name too, with a number where that is taken."""
        prefixes = {folder.prefix for folder in self.folders()}
        candidates = (
            f"{path.name}{'' if number == 1 else f'-{number}'}/" for number in range(1, len(prefixes) + 2)
        )
        prefix = next(each for each in candidates if each not in prefixes) if prefixes else ""
        row = self._connection.execute("INSERT INTO folders (path, prefix) VALUES (?, ?)", (str(path), prefix))
        return Folder(row, path, prefix)

    def remove_folder(self, folder: Folder) -> None:
        """Forget a folder whose files were all removed."""
        self._connection.execute("DELETE FROM folders WHERE row = ?", (folder.row,))

    def files(self, folder: Folder) -> Mapping[str, FileState]:
        """The known files of a folder by their relative path."""
        query = "SELECT path, row, size, mtime_ns, hash, skipped FROM files WHERE folder = ?"
        return {path: FileState(*state) for path, *state in self._connection.select(query, (folder.row,))}

    def save_file(self, folder: Folder, path: str, state: FileState) -> int:
        """Remember a file as it is now; its row."""
        self._connection.execute(
            "INSERT INTO files (folder, path, size, mtime_ns, hash, skipped) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (folder, path) DO UPDATE SET size = excluded.size, mtime_ns = excluded.mtime_ns, "
            "hash = excluded.hash, skipped = excluded.skipped",
            (folder.row, path, state.size, state.mtime_ns, state.hash, state.skipped),
        )
        query = "SELECT row FROM files WHERE folder = ? AND path = ?"
        return self._connection.number(query, (folder.row, path))

    def remove_file(self, file: int) -> None:
        """Forget a file whose documents were all removed."""
        self._connection.execute("DELETE FROM files WHERE row = ?", (file,))

    def known(self, document_id: str) -> KnownDocument | None:
        """The document that has this id now."""
        query = "SELECT row, file, hash FROM documents WHERE id = ? AND removed = 0"
        rows = self._connection.select(query, (document_id,))
        return KnownDocument(*rows[0]) if rows else None

    def begin_file(self) -> None:
        """From here on `see` collects the documents of one file; on disk, since a file may hold millions."""
        self._connection.execute("CREATE TEMP TABLE IF NOT EXISTS seen (row INTEGER PRIMARY KEY)")
        self._connection.execute("DELETE FROM seen")

    def see(self, row: int) -> bool:
        """Note that the file still has this document; False when it was seen before."""
        before = self._connection.number("SELECT count(*) FROM seen WHERE row = ?", (row,))
        self._connection.execute("INSERT OR IGNORE INTO seen VALUES (?)", (row,))
        return not before

    def unseen(self, file: int, last: int) -> list[int]:
        """The rows up to `last` of the file's documents that it no longer has."""
        query = (
            "SELECT row FROM documents WHERE file = ? AND row <= ? AND removed = 0 AND row NOT IN "
            "(SELECT row FROM seen)"
        )
        return self._connection.column(query, (file, last))

    def rows(self, file: int) -> list[int]:
        """The rows of all documents of a file."""
        return self._connection.column("SELECT row FROM documents WHERE file = ? AND removed = 0", (file,))

    def hashes(self, file: int) -> list[str]:
        """The hashes of the content of all documents of a file."""
        return self._connection.column("SELECT hash FROM documents WHERE file = ? AND removed = 0", (file,))

    def document_counts(self) -> Mapping[int, int]:
        """How many documents each file has; files without any are left out."""
        query = "SELECT file, count(*) FROM documents WHERE removed = 0 AND file IS NOT NULL GROUP BY file"
        return dict(self._connection.select(query))
