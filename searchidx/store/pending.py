"""What the store has committed and the engine may not have yet, and the engine's files as they were written.

A batch is one transaction of the store and one change of the engine. That a batch is open is committed before the
engine gets anything, and reset when the engine has committed. A batch that is found open was interrupted: the
next writer has the engine apply the pending operations again, which is idempotent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from searchidx.store.connection import Connection


@dataclass(frozen=True, slots=True)
class PendingOperations:
    """What the engine must still apply: rows of documents, ascending."""

    removed: tuple[int, ...]
    added: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EngineFile:
    """A file of the engine as it was when the last batch was marked as applied."""

    path: str  # relative to the index, with /
    size: int  # bytes
    checksum: int  # CRC-32


class PendingChanges:
    """The state of the open batch; what changes it must run inside a transaction."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin_batch(self) -> None:
        """Note that the engine is about to get changes; to be committed before it gets any."""
        self._connection.execute("UPDATE state SET batch_is_open = 1")

    def batch_is_open(self) -> bool:
        """Whether the engine may have less, or other files, than the store says."""
        return bool(self._connection.number("SELECT batch_is_open FROM state"))

    def operations(self) -> PendingOperations:
        """What the engine may not have yet."""
        query = "SELECT document FROM pending WHERE operation = ? ORDER BY document"
        removed, added = (tuple(self._connection.column(query, (operation,))) for operation in ("remove", "add"))
        return PendingOperations(removed, added)

    def mark_applied(self, files: Sequence[EngineFile]) -> None:
        """Note that the engine has committed all operations, and that these are its files now."""
        self._connection.execute("DELETE FROM pending")
        self._connection.execute("UPDATE state SET batch_is_open = 0")
        self._connection.execute("DELETE FROM engine_files")
        self._connection.execute_many(
            "INSERT INTO engine_files VALUES (?, ?, ?)", [astuple(file) for file in files]
        )

    def engine_files(self) -> list[EngineFile]:
        """The engine's files as they were when the last batch was marked as applied, ordered by path."""
        return [EngineFile(*row) for row in self._connection.select("SELECT * FROM engine_files ORDER BY path")]
