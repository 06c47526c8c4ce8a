"""How is the store opened? As ours or not at all; in WAL, so that readers go on while one process writes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from searchidx.errors import IndexStateError

SCHEMA_VERSION = 1
_APPLICATION_ID = 0x53494458  # "SIDX", so that a foreign database is never taken for a store
_CHUNK = 500  # bound parameters a statement
_WAIT_S = 30.0  # for another connection's lock, which is only ever held for a moment


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """What SQLite raises becomes an IndexStateError that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        remedy = (
            "If the disk is full or the folder cannot be written, mend that; if the file is damaged, delete the "
            "index and index the folders again."
        )
        raise IndexStateError(str(path), f"SQLite's error {str(error)!r}", "a usable store", remedy) from error


class Connection:
    """One SQLite connection; readers may share it between threads, a writer keeps it to itself."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        """Open the store; for writing, make it when it is missing. IndexStateError when it is not ours."""
        self.path = path
        self._lock = RLock()  # threads share prepared statements with the connection: one of them at a time
        with translated(path):
            if writable:
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            uri = f"{path.absolute().as_uri()}?mode={'rw' if writable else 'ro'}"
            # Autocommit: a transaction begins where it is meant to.
            self._sqlite = sqlite3.connect(
                uri, uri=True, isolation_level=None, check_same_thread=False, timeout=_WAIT_S
            )
            try:
                self._sqlite.execute("PRAGMA foreign_keys = ON")
                self._check_or_make(writable)
            except BaseException:
                self._sqlite.close()
                raise

    def _check_or_make(self, writable: bool) -> None:
        application = self.number("PRAGMA application_id")
        version = self.number("PRAGMA user_version")
        if writable and not application and not self.number("SELECT count(*) FROM sqlite_master"):
            self._make()
        elif application != _APPLICATION_ID:
            remedy = "Choose another --index location."
            raise IndexStateError(str(self.path), "somebody else's database", "a searchidx store", remedy)
        elif version != SCHEMA_VERSION:
            remedy = "Delete the index and index the folders again."
            wanted = f"version {SCHEMA_VERSION}"
            raise IndexStateError(str(self.path), f"a store of version {version}", wanted, remedy)

    def _make(self) -> None:
        self._sqlite.execute("PRAGMA journal_mode = WAL")
        schema = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
        identity = f"PRAGMA application_id = {_APPLICATION_ID}; PRAGMA user_version = {SCHEMA_VERSION}"
        self._sqlite.executescript(f"BEGIN; {schema}; {identity}; COMMIT;")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, durable at the end; whatever interrupts it rolls it back."""
        self.begin()
        try:
            yield
        except BaseException:
            self.rollback()
            raise
        self.commit()

    def begin(self) -> None:
        """Begin a transaction that writes."""
        self.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        """Make the transaction durable."""
        self.execute("COMMIT")

    def rollback(self) -> None:
        """Undo the transaction, if one is open."""
        self._sqlite.rollback()

    def execute(self, statement: str, values: Sequence[object] = ()) -> int:
        """Run one statement that changes something; the row id of what it inserted."""
        with translated(self.path), self._lock:
            return self._sqlite.execute(statement, values).lastrowid or 0

    def execute_many(self, statement: str, values: Sequence[Sequence[object]]) -> None:
        """Run one statement once for each of the values."""
        with translated(self.path), self._lock:
            self._sqlite.executemany(statement, values)

    def select(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows of a query, as tuples."""
        with translated(self.path), self._lock:
            return self._sqlite.execute(query, values).fetchall()

    def select_in(self, query: str, values: Sequence[object]) -> list[Any]:
        """The rows of a query that ends in IN, for any number of values."""
        rows = []
        for start in range(0, len(values), _CHUNK):
            chunk = values[start : start + _CHUNK]
            rows += self.select(f"{query} ({', '.join('?' * len(chunk))})", chunk)
        return rows

    def execute_in(self, statement: str, values: Sequence[object]) -> None:
        """Run a statement that ends in IN, for any number of values."""
        for start in range(0, len(values), _CHUNK):
            chunk = values[start : start + _CHUNK]
            self.execute(f"{statement} ({', '.join('?' * len(chunk))})", chunk)

    def column(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """The first column of a query."""
        return [row[0] for row in self.select(query, values)]

    def number(self, query: str, values: Sequence[object] = ()) -> int:
        """The first value of a query's first row; 0 when it has none."""
        rows = self.select(query, values)
        return int(rows[0][0]) if rows else 0

    def version(self) -> int:
        """Another number whenever another connection has committed since; free to ask."""
        return self.number("PRAGMA data_version")

    def close(self) -> None:
        """Close the connection; closing twice is harmless."""
        self._sqlite.close()
