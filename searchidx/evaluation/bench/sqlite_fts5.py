"""SQLite's full-text search, FTS5, as a compared system.

Its own tokenizer folds accents and does not stem. One table of documents and one of paragraphs store their texts;
hits are ranked by `bm25` and marked by `snippet` and `highlight`. All words must match, as in searchidx's short
queries.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path

from searchidx.evaluation.bench.corpus_file import Record, read_corpus
from searchidx.evaluation.bench.systems import HITS, words_and_phrases
from searchidx.model.document import PARAGRAPH_BREAK, Level

SQLITE_VERSION = sqlite3.sqlite_version

_FILE = "fts5.sqlite"
_BATCH = 2_000  # documents a transaction
_CREATE = (
    "CREATE VIRTUAL TABLE document USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2')",
    "CREATE VIRTUAL TABLE paragraph USING fts5(title, text, tokenize = 'unicode61 remove_diacritics 2')",
)
_OPTIMIZE = (
    "INSERT INTO document(document) VALUES ('optimize')",
    "INSERT INTO paragraph(paragraph) VALUES ('optimize')",
)
_SEARCH: dict[Level, str] = {
    "document": "SELECT rowid, title, title FROM document WHERE document MATCH ? ORDER BY rank LIMIT ?",
    "paragraph": "SELECT rowid, title, title FROM paragraph WHERE paragraph MATCH ? ORDER BY rank LIMIT ?",
}
_SEARCH_AND_MARK: dict[Level, str] = {
    "document": "SELECT rowid, title, snippet(document, 1, '<mark>', '</mark>', '…', 40) FROM document "
    "WHERE document MATCH ? ORDER BY rank LIMIT ?",
    "paragraph": "SELECT rowid, title, highlight(paragraph, 1, '<mark>', '</mark>') FROM paragraph "
    "WHERE paragraph MATCH ? ORDER BY rank LIMIT ?",
}
_COUNT: dict[Level, str] = {
    "document": "SELECT count(*) FROM document WHERE document MATCH ?",
    "paragraph": "SELECT count(*) FROM paragraph WHERE paragraph MATCH ?",
}


class SqliteFts5:
    """One SQLite file with a table a level."""

    def index(self, corpus: Path, folder: Path) -> None:
        """Insert in large transactions, then optimize, as SQLite's manual advises."""
        folder.mkdir(exist_ok=True)
        with closing(_connect(folder)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            for statement in _CREATE:
                connection.execute(statement)
            records = read_corpus(corpus)
            while batch := list(islice(records, _BATCH)):
                with connection:
                    connection.executemany("INSERT INTO document VALUES (?, ?)", _documents(batch))
                    connection.executemany("INSERT INTO paragraph VALUES (?, ?)", _paragraphs(batch))
            for statement in _OPTIMIZE:
                with connection:
                    connection.execute(statement)
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def open(self, folder: Path) -> OpenFts5:
        """The file that `index` wrote."""
        return OpenFts5(_connect(folder))


class OpenFts5:
    """An open connection for queries."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def search(self, query: str, level: Level, highlight: bool) -> int | None:
        """The number of hits, after reading the titles of the best, or their marked texts."""
        expression = _match_expression(query)
        if not expression:
            return 0
        search = _SEARCH_AND_MARK if highlight else _SEARCH
        self._connection.execute(search[level], (expression, HITS)).fetchall()
        return int(self._connection.execute(_COUNT[level], (expression,)).fetchone()[0])

    def close(self) -> None:
        """See `OpenSystem.close`."""
        self._connection.close()


def _connect(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(folder / _FILE)


def _match_expression(query: str) -> str:
    """The query in FTS5's language: each word and phrase as a string, in which operators have no meaning."""
    return " ".join(f'"{" ".join(words)}"' for words in words_and_phrases(query))


def _documents(batch: Sequence[Record]) -> Iterator[tuple[str, str]]:
    return ((record.title, PARAGRAPH_BREAK.join(record.paragraphs)) for record in batch)


def _paragraphs(batch: Sequence[Record]) -> Iterator[tuple[str, str]]:
    return ((record.title, paragraph) for record in batch for paragraph in record.paragraphs)
