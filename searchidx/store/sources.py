"""The indexed folders, and the state of each source file when it was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from searchidx.store.connection import Connection


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder (or a single file) whose documents are indexed."""

    row: int
    path: Path  # absolute
    prefix: str  # of its documents' ids: "" for the first folder


@dataclass(frozen=True, slots=True)
class FileState:
    """A source file as it was when it was read."""

    row: int
    size: int  # bytes
    mtime_ns: int  # 0 when size and time do not show whether it changed
    hash: str  # SHA-256 of the bytes; "" until every document of it was stored
    skipped: int = 0  # records of it that could not be read


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """The facts about a stored document that show whether a document read now differs from it."""

    row: int
    file: int | None  # row of its source file
    hash: str  # of its content


class Sources:
    """Folders, files, and which documents came from which file. Changes must run inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def folders(self) -> list[Folder]:
        """The folders, in the order in which they were added."""
        rows = self._connection.select("SELECT row, path, prefix FROM folders ORDER BY row")
        return [Folder(row, Path(path), prefix) for row, path, prefix in rows]

    def add_folder(self, path: Path) -> Folder:
        """Add a folder; returns it with its row and prefix.

        Ids of the first folder's documents are their paths in it; ids of later folders' documents
        begin with the folder's name, with a number where another folder has that name.
        """
        prefixes = {folder.prefix for folder in self.folders()}
        candidates = (
            f"{path.name}{'' if number == 1 else f'-{number}'}/" for number in range(1, len(prefixes) + 2)
        )
        prefix = next(each for each in candidates if each not in prefixes) if prefixes else ""
        row = self._connection.execute("INSERT INTO folders (path, prefix) VALUES (?, ?)", (str(path), prefix))
        return Folder(row, path, prefix)

    def remove_folder(self, folder: Folder) -> None:
        """Delete a folder whose files were all removed."""
        self._connection.execute("DELETE FROM folders WHERE row = ?", (folder.row,))

    def files(self, folder: Folder) -> Mapping[str, FileState]:
        """Relative path → state of each known file of a folder."""
        query = "SELECT path, row, size, mtime_ns, hash, skipped FROM files WHERE folder = ?"
        return {path: FileState(*state) for path, *state in self._connection.select(query, (folder.row,))}

    def save_file(self, folder: Folder, path: str, state: FileState) -> int:
        """Add or update the state of a file; returns its row."""
        self._connection.execute(
            "INSERT INTO files (folder, path, size, mtime_ns, hash, skipped) VALUES (?, ?, ?, ?, ?, ?) "
            "ON CONFLICT (folder, path) DO UPDATE SET size = excluded.size, mtime_ns = excluded.mtime_ns, "
            "hash = excluded.hash, skipped = excluded.skipped",
            (folder.row, path, state.size, state.mtime_ns, state.hash, state.skipped),
        )
        query = "SELECT row FROM files WHERE folder = ? AND path = ?"
        return self._connection.number(query, (folder.row, path))

    def remove_file(self, file: int) -> None:
        """Delete a file whose documents were all removed."""
        self._connection.execute("DELETE FROM files WHERE row = ?", (file,))

    def known(self, document_id: str) -> KnownDocument | None:
        """The document that has this id now; None when there is none."""
        query = "SELECT row, file, hash FROM documents WHERE id = ? AND removed = 0"
        rows = self._connection.select(query, (document_id,))
        return KnownDocument(*rows[0]) if rows else None

    def begin_file(self) -> None:
        """Clear the documents noted by `note_seen`. They are kept on disk, since a file may hold millions."""
        self._connection.execute("CREATE TEMP TABLE IF NOT EXISTS seen (row INTEGER PRIMARY KEY)")
        self._connection.execute("DELETE FROM seen")

    def note_seen(self, row: int) -> bool:
        """Note that the file still has this document; False when that was noted before."""
        seen_before = self._connection.number("SELECT count(*) FROM seen WHERE row = ?", (row,))
        self._connection.execute("INSERT OR IGNORE INTO seen VALUES (?)", (row,))
        return not seen_before

    def unseen_rows(self, file: int, last: int) -> list[int]:
        """The rows up to `last` of the file's stored documents that were not noted as seen."""
        query = (
            "SELECT row FROM documents WHERE file = ? AND row <= ? AND removed = 0 AND row NOT IN "
            "(SELECT row FROM seen)"
        )
        return self._connection.column(query, (file, last))

    def document_rows(self, file: int) -> list[int]:
        """The rows of all documents of a file."""
        return self._connection.column("SELECT row FROM documents WHERE file = ? AND removed = 0", (file,))

    def document_hashes(self, file: int) -> list[str]:
        """The content hashes of all documents of a file."""
        return self._connection.column("SELECT hash FROM documents WHERE file = ? AND removed = 0", (file,))

    def document_counts(self) -> Mapping[int, int]:
        """Row of a file → the number of its documents; files without any are left out."""
        query = "SELECT file, count(*) FROM documents WHERE removed = 0 AND file IS NOT NULL GROUP BY file"
        return dict(self._connection.select(query))
