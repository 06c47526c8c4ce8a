"""How is SQLite's full-text search measured? FTS5 with its own tokenizer, which folds accents and knows no stems.

Two tables, of documents and of paragraphs, that keep their texts; ranked by `bm25`, marked by `snippet` and
`highlight`. All words must match, as in searchidx's short queries.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from searchidx.evaluation.bench.corpus_file import (
    Record,
    read_corpus,
)
from searchidx.evaluation.bench.systems import (
    HITS,
    pieces,
)
from searchidx.model.document import (
    PARAGRAPH_BREAK,
    Level,
)

SQLITE_VERSION = sqlite3.sqlite_version

_FILE = "fts5.sqlite"
_BATCH = 2_000  # documents a transaction
_MARKS = "'<mark>', '</mark>'"
_MARKED = {
    "document": f"snippet(document, 1, {_MARKS}, '…', 40)",
    "paragraph": f"highlight(paragraph, 1, {_MARKS})",
}


class SqliteFts5:
    """One SQLite file with a table a level."""

    def index(self, corpus: Path, folder: Path) -> None:
        """In large transactions, and optimized at the end, as its manual advises."""
        folder.mkdir(exist_ok=True)
        with closing(_connected(folder)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            for level in _MARKED:
                columns = "title, text, tokenize = 'unicode61 remove_diacritics 2'"
                connection.execute(f"CREATE VIRTUAL TABLE {level} USING fts5({columns})")
            records = read_corpus(corpus)
            while batch := list(islice(records, _BATCH)):
                with connection:
                    connection.executemany("INSERT INTO document VALUES (?, ?)", _documents(batch))
                    connection.executemany("INSERT INTO paragraph VALUES (?, ?)", _paragraphs(batch))
            for level in _MARKED:
                with connection:
                    connection.execute(f"INSERT INTO {level}({level}) VALUES ('optimize')")  # noqa: S608 - no word
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def open(self, folder: Path) -> OpenFts5:
        """The same file."""
        return OpenFts5(_connected(folder))


class OpenFts5:
    """An open connection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def answer(self, query: str, level: Level, highlight: bool) -> int | None:
        """The best with their texts or marked pieces of them, then how many match."""
        expression = _match_expression(query)
        if not expression:
            return 0
        shown = _MARKED[level] if highlight else "title"
        ranked = f"SELECT rowid, title, {shown} FROM {level} WHERE {level} MATCH ? ORDER BY rank LIMIT {HITS}"  # noqa: S608
        self._connection.execute(ranked, (expression,)).fetchall()
        counted = f"SELECT count(*) FROM {level} WHERE {level} MATCH ?"  # noqa: S608 - a level, not a word
        return int(self._connection.execute(counted, (expression,)).fetchone()[0])

    def close(self) -> None:
        """See `Answering.close`."""
        self._connection.close()


def _connected(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / _FILE)


def _match_expression(query: str) -> str:
    """The query in FTS5's language, each of its parts a string, which holds no operator."""
    return " ".join(f'"{" ".join(words)}"' for words in pieces(query))


def _documents(batch: Sequence[Record]) -> Iterator[tuple[str, str]]:
    return ((record.title, PARAGRAPH_BREAK.join(record.paragraphs)) for record in batch)


def _paragraphs(batch: Sequence[Record]) -> Iterator[tuple[str, str]]:
    return ((record.title, paragraph) for record in batch for paragraph in record.paragraphs)
