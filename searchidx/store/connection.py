"""One SQLite connection to the store, and a cache that lasts until the store changes.

The file is in WAL mode, so readers go on while one process writes. Another program's file is refused. A store of
an older version is upgraded when it is opened for writing, and refused when it is opened for reading.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any, Generic, TypeVar

from searchidx.errors import IndexStateError, Remedy
from searchidx.schema import METADATA_FIELDS

T = TypeVar("T")

SCHEMA_VERSION = 2
_APPLICATION_ID = 0x53494458  # "SIDX": distinguishes a store from any other SQLite database
_MAX_PARAMETERS = 500  # bound parameters in one statement
_LOCK_TIMEOUT_S = 30.0  # for another connection's lock, which is only ever held for a moment

_UPGRADES = {
    1: """
        ALTER TABLE lexicon RENAME COLUMN fold TO folded;
        DROP INDEX lexicon_by_fold;
        CREATE INDEX lexicon_by_folded ON lexicon (folded, documents);
        CREATE TABLE state (
            row INTEGER PRIMARY KEY CHECK (row = 1),
            batch_is_open INTEGER NOT NULL
        );
        INSERT INTO state SELECT 1, EXISTS (SELECT 1 FROM pending);
        DELETE FROM pending WHERE document = 0;
    """,  # version 1 said that a batch was open by the pending removal of document 0
}
"""Schema version → the statements that lead to the next version."""


@contextmanager
def _translated_errors(path: Path) -> Iterator[None]:
    """SQLite's errors become IndexStateError."""
    try:
        yield
    except sqlite3.Error as error:
        found = f"SQLite's error {str(error)!r}"
        raise IndexStateError(str(path), found, "a usable store", Remedy.CHECK_DISK) from error


class Connection:
    """One SQLite connection. Threads may share a connection for reading; a writer must not be shared."""

    def __init__(self, path: Path, *, writable: bool) -> None:
        """Open the store.

        A writable connection creates a missing store and upgrades an old one. Raises IndexStateError when the file
        is not a store, is newer than this version, or is older and not `writable`.
        """
        self.path = path
        self._lock = RLock()  # threads share prepared statements with the connection: one of them at a time
        self._own_commits = 0
        with _translated_errors(path):
            if writable:
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
            uri = f"{path.absolute().as_uri()}?mode={'rw' if writable else 'ro'}"
            # Autocommit: a transaction begins only where `begin` is called.
            self._sqlite = sqlite3.connect(
                uri, uri=True, isolation_level=None, check_same_thread=False, timeout=_LOCK_TIMEOUT_S
            )
            try:
                self._sqlite.execute("PRAGMA foreign_keys = ON")
                self._prepare(writable)
            except BaseException:
                self._sqlite.close()
                raise

    def _prepare(self, writable: bool) -> None:
        """Create, upgrade or refuse the database, whichever its identity and version call for."""
        application = self.number("PRAGMA application_id")
        if writable and not application and not self.number("SELECT count(*) FROM sqlite_master"):
            self._create()
            return
        if application != _APPLICATION_ID:
            found, remedy = "another program's database", Remedy.CHOOSE_ANOTHER_FOLDER
            raise IndexStateError(str(self.path), found, "a searchidx store", remedy)
        version = self.number("PRAGMA user_version")
        found, wanted = f"a store of version {version}", f"version {SCHEMA_VERSION}"
        if not 1 <= version <= SCHEMA_VERSION:
            raise IndexStateError(str(self.path), found, wanted, Remedy.REINDEX)
        missing = self._missing_metadata_columns()
        if version == SCHEMA_VERSION and not missing:
            return
        if not writable:
            found += f" without {', '.join(missing)}" if missing else ""
            raise IndexStateError(str(self.path), found, wanted, Remedy.UPGRADE)
        self._run_in_transaction("".join(_UPGRADES[number] for number in range(version, SCHEMA_VERSION)))

    def _create(self) -> None:
        self._sqlite.execute("PRAGMA journal_mode = WAL")
        schema = Path(__file__).with_name("schema.sql").read_text(encoding="utf-8")
        self._run_in_transaction(f"{schema}; PRAGMA application_id = {_APPLICATION_ID};")

    def _run_in_transaction(self, script: str) -> None:
        """Run a script, add the missing metadata columns and set the version, all in one transaction."""
        self._sqlite.executescript(f"BEGIN IMMEDIATE; {script}")
        missing = self._missing_metadata_columns()
        for name in missing:
            self._sqlite.execute(f"ALTER TABLE documents ADD COLUMN {name} TEXT NOT NULL DEFAULT ''")
        if missing:
            self._sqlite.execute("UPDATE files SET hash = ''")  # the next run reads the files again
        self._sqlite.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        self._sqlite.execute("COMMIT")

    def _missing_metadata_columns(self) -> list[str]:
        """The metadata fields that the table of documents has no column for."""
        present = self.column("SELECT name FROM pragma_table_info('documents')")
        return [name for name in METADATA_FIELDS if name not in present]

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """A transaction that is durable at the end, and rolled back when an exception leaves the block."""
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
        self._own_commits += 1

    def rollback(self) -> None:
        """Undo the transaction, if one is open."""
        self._sqlite.rollback()

    def execute(self, statement: str, values: Sequence[object] = ()) -> int:
        """Run one statement that changes something; returns the row id of an insertion, otherwise 0."""
        with _translated_errors(self.path), self._lock:
            return self._sqlite.execute(statement, values).lastrowid or 0

    def execute_many(self, statement: str, values: Sequence[Sequence[object]]) -> None:
        """Run one statement once for each of the values."""
        with _translated_errors(self.path), self._lock:
            self._sqlite.executemany(statement, values)

    def select(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """The rows of a query, as tuples."""
        with _translated_errors(self.path), self._lock:
            return self._sqlite.execute(query, values).fetchall()

    def select_in(self, query: str, values: Sequence[object]) -> list[Any]:
        """The rows of a query that ends in IN, for any number of values."""
        rows = []
        for start in range(0, len(values), _MAX_PARAMETERS):
            chunk = values[start : start + _MAX_PARAMETERS]
            rows += self.select(f"{query} ({', '.join('?' * len(chunk))})", chunk)
        return rows

    def execute_in(self, statement: str, values: Sequence[object]) -> None:
        """Run a statement that ends in IN, for any number of values."""
        for start in range(0, len(values), _MAX_PARAMETERS):
            chunk = values[start : start + _MAX_PARAMETERS]
            self.execute(f"{statement} ({', '.join('?' * len(chunk))})", chunk)

    def column(self, query: str, values: Sequence[object] = ()) -> list[Any]:
        """The first column of a query."""
        return [row[0] for row in self.select(query, values)]

    def number(self, query: str, values: Sequence[object] = ()) -> int:
        """The first value of a query's first row; 0 when there is no row."""
        rows = self.select(query, values)
        return int(rows[0][0]) if rows else 0

    def version(self) -> int:
        """A number that grows with every commit, of this connection or of another one; costs microseconds."""
        return self.number("PRAGMA data_version") + self._own_commits

    def close(self) -> None:
        """Close the connection; may be called twice."""
        self._sqlite.close()


class VersionedCache(Generic[T]):
    """A value that is computed once for each version of the store."""

    def __init__(self, connection: Connection, compute: Callable[[], T]) -> None:
        self._connection = connection
        self._compute = compute
        self._cached: tuple[int, T] | None = None  # version, value

    def value(self) -> T:
        """The value for the newest version."""
        version = self._connection.version()
        cached = self._cached
        if cached is None or cached[0] != version:
            cached = self._cached = version, self._compute()
        return cached[1]
