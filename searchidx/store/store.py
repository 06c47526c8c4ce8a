"""The store of one index: the object that every reader and writer opens."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from searchidx.store.connection import Connection
from searchidx.store.documents import Documents
from searchidx.store.lexicon import Lexicon

if TYPE_CHECKING:
    from searchidx.store.pending import PendingChanges
    from searchidx.store.sources import Sources


class Store:
    """An open store, opened once for each process or role.

    Threads may share a store that is open for reading. A store that is open for writing belongs to one thread, and
    changes are made inside a transaction.
    """

    def __init__(self, connection: Connection) -> None:
        """Use `Store.open`."""
        self._connection = connection
        self.documents = Documents(connection)
        self.lexicon = Lexicon(connection)

    @classmethod
    def open(cls, path: Path, *, writable: bool) -> Store:
        """The store in the file `path`.

        With `writable`, a missing store is created and an older one is upgraded. Raises IndexStateError when the
        file is missing or damaged, is not a store, is newer than this version, or is older and not `writable`.
        """
        return cls(Connection(path, writable=writable))

    @cached_property
    def sources(self) -> Sources:
        """The indexed folders and the state of their files."""
        from searchidx.store.sources import Sources  # a search does not need it

        return Sources(self._connection)

    @cached_property
    def pending(self) -> PendingChanges:
        """What is committed here and not yet known to be in the engine."""
        from searchidx.store.pending import PendingChanges  # a search does not need it

        return PendingChanges(self._connection)

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return self._connection.path

    def transaction(self) -> AbstractContextManager[None]:
        """A transaction that is durable at the end, and rolled back when an exception leaves the block."""
        return self._connection.transaction()

    def begin(self) -> None:
        """Begin a transaction that writes."""
        self._connection.begin()

    def commit(self) -> None:
        """Make the transaction durable."""
        self._connection.commit()

    def rollback(self) -> None:
        """Undo the transaction, if one is open."""
        self._connection.rollback()

    def damage(self) -> Iterator[str]:
        """What SQLite finds wrong in its file, each in a sentence; reads the whole file."""
        for line in self._connection.column("PRAGMA integrity_check"):
            if line != "ok":
                yield f"the store is damaged: {line}"
        for table, *_ in self._connection.select("PRAGMA foreign_key_check"):
            yield f"the store is damaged: a row of {table} refers to nothing"

    def close(self) -> None:
        """Close the file; may be called twice."""
        self._connection.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
