"""How does a batch of documents become true, and when is it known to be in the engine too?"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass

from searchidx.model.document import Document
from searchidx.schema import METADATA_FIELDS
from searchidx.store.connection import Connection

_COLUMNS = (
    *("row", "file", "id", "hash", "title", "title_is_derived", "language", "date", "path", "url", "metadata"),
    *METADATA_FIELDS,
)
_INSERT_DOCUMENT = f"INSERT INTO documents ({', '.join(_COLUMNS)}) VALUES ({', '.join('?' * len(_COLUMNS))})"  # noqa: S608

_FIRST_METADATA_FIELDS = ("source", "place", "author")
"""Those of the first version: a document that has no others keeps its hash when the schema grows."""

_NO_ROW = 0  # rows begin with 1

GRACE_S = 60
"""How long a removed document can still be shown to a query that began before; no query takes that long."""


@dataclass(frozen=True, slots=True)
class Pending:
    """What the engine must still apply: rows of documents."""

    removed: tuple[int, ...]
    added: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EngineFile:
    """A file of the engine as it was when a batch was settled."""

    path: str  # relative to the index, with /
    size: int  # bytes
    checksum: int  # CRC-32


def content_hash(document: Document) -> str:
    """SHA-256 over everything that a document holds."""
    known = [document.keywords.get(name, "") for name in _FIRST_METADATA_FIELDS]
    added = {name: value for name, value in document.keywords.items() if name not in _FIRST_METADATA_FIELDS}
    header = [
        *(document.id, document.title, document.title_is_derived, document.language, document.date),
        *known,
        *(document.path, document.url, dict(document.metadata)),
        *([added] if added else []),
    ]
    texts = [paragraph.text for paragraph in document.paragraphs]
    told = json.dumps([header, texts], ensure_ascii=False, default=str, sort_keys=True)
    return hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


class StoreWriter:
    """Adds and removes documents; to be used inside one transaction of the connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows = {table: self._last_row(table) for table in ("documents", "paragraphs")}

    def _last_row(self, table: str) -> int:
        return self._connection.number("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,))

    @property
    def last_row(self) -> int:
        """The last row that a document was ever given."""
        return self._rows["documents"]

    def add(self, file: int, document: Document, digest: str) -> tuple[int, range]:
        """Store a document of a source file, pending for the engine; its new row, and those of its paragraphs.

        `digest` is its `content_hash`.
        """
        row = self._rows["documents"] = self._rows["documents"] + 1
        values = (
            *(row, file, document.id, digest, document.title, int(document.title_is_derived), document.language),
            document.date.isoformat() if document.date else None,
            *(document.path, document.url, json.dumps(dict(document.metadata), ensure_ascii=False)),
            *(document.keywords.get(name, "") for name in METADATA_FIELDS),
        )
        self._connection.execute(_INSERT_DOCUMENT, values)
        first = self._rows["paragraphs"] + 1
        rows = range(first, first + len(document.paragraphs))
        self._rows["paragraphs"] = first + len(document.paragraphs) - 1
        insert = "INSERT INTO paragraphs (row, document, number, text) VALUES (?, ?, ?, ?)"
        paragraphs = zip(rows, document.paragraphs, strict=True)
        self._connection.execute_many(insert, [(own, row, each.number, each.text) for own, each in paragraphs])
        self._connection.execute("INSERT INTO pending VALUES (?, 'add')", (row,))
        return row, rows

    def remove(self, rows: Sequence[int]) -> None:
        """Take documents away: nobody finds their ids any more, and they are pending for the engine."""
        now = int(time.time())
        update = "UPDATE documents SET removed = ? WHERE row = ?"
        self._connection.execute_many(update, [(now, row) for row in rows])
        self._connection.execute_many(
            "INSERT INTO pending VALUES (?, 'remove') ON CONFLICT (document) DO UPDATE SET operation = 'remove'",
            [(row,) for row in rows],
        )

    def distrust(self, rows: Sequence[int]) -> None:
        """Have the source files of these documents read again at the next run, whatever their size and time."""
        self._connection.execute_in("UPDATE documents SET hash = '' WHERE row IN", rows)
        files = "UPDATE files SET hash = '' WHERE row IN (SELECT file FROM documents WHERE hash = '')"
        self._connection.execute(files)

    def announce(self) -> None:
        """Make something pending, before the engine is told anything: that no document at all was removed."""
        self._connection.execute("INSERT OR IGNORE INTO pending VALUES (?, 'remove')", (_NO_ROW,))

    def pending(self) -> Pending:
        """What the engine does not have yet."""
        query = "SELECT document FROM pending WHERE operation = ? ORDER BY document"
        removed, added = (tuple(self._connection.column(query, (operation,))) for operation in ("remove", "add"))
        return Pending(removed, added)

    def settle(self, files: Sequence[EngineFile]) -> None:
        """The engine has committed all that was pending; these are its files now."""
        self._connection.execute("DELETE FROM pending")
        self._connection.execute("DELETE FROM engine_files")
        self._connection.execute_many(
            "INSERT INTO engine_files VALUES (?, ?, ?)", [astuple(file) for file in files]
        )

    def purge(self) -> None:
        """Forget the tombstones that the engine no longer names, and that no query still under way can meet."""
        self._connection.execute(
            "DELETE FROM documents "
            "WHERE removed > 0 AND removed < ? AND row NOT IN (SELECT document FROM pending)",
            (int(time.time()) - GRACE_S,),
        )

    def engine_files(self) -> list[EngineFile]:
        """The engine's files as they were when the last batch was settled."""
        return [EngineFile(*row) for row in self._connection.select("SELECT * FROM engine_files ORDER BY path")]
