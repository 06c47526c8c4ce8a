"""tantivy as the engine of large corpora: a library in Rust, with compiled wheels for the usual platforms.

It gets terms and numbers, never text. Files reach the disk before a commit returns (tantivy syncs them and their
folder). One `Index` object serves one writing session: tantivy never deletes the files of segments that an older
object of the same process once knew.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from threading import Lock
from typing import Any

from tantivy import (
    DocAddress,
    Document,
    Index,
    Order,
    Query,
    Schema,
    SchemaBuilder,
    Searcher,
    TextAnalyzerBuilder,
    Tokenizer,
)

from searchidx.engines.base import (
    FACETS,
    KEYWORD_FIELDS,
    PHRASE_FIELDS,
    TEXT_FIELDS,
    Answer,
    BestParagraphs,
    Entry,
    Request,
    date_as_number,
)
from searchidx.engines.tantivy_queries import all_of, among, between, compiled, is_scored
from searchidx.errors import EngineError
from searchidx.model import LEVELS, Level, Sort
from searchidx.query.engine_query import EngineQuery

_WRITER_BYTES = 256 << 20
_THREADS = min(4, os.cpu_count() or 1)

_ROWS_AT_ONCE = 50_000
_MOST_VALUES = 65_000  # of a facet; tantivy refuses to count more buckets than this

_ROW_BITS = 41
_UNDATED = date.max.toordinal() + 1
"""To sort by date and then by row, one number of 63 bits holds both: the day above the row, undated last."""


def _schema() -> Schema:
    builder = SchemaBuilder()
    for name in TEXT_FIELDS:
        builder.add_text_field(
            name, tokenizer_name="terms", index_option="position" if name in PHRASE_FIELDS else "freq"
        )
    for name in KEYWORD_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=name in FACETS)
    builder.add_integer_field("document", indexed=True, fast=True)
    for name in ("row", "date", "month", "oldest", "newest"):
        builder.add_integer_field(name, fast=True)
    return builder.build()


@contextmanager
def _translated(what: str) -> Iterator[None]:
    """Whatever tantivy raises becomes an EngineError; its panics too, which are no `Exception`."""
    try:
        yield
    except EngineError:
        raise
    except (ValueError, OSError, RuntimeError) as error:
        raise _failed(what, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _failed(what, error) from error


def _failed(what: str, error: BaseException) -> EngineError:
    return EngineError(f"tantivy cannot {what} ({error}); rebuild: searchidx check --repair")


class TantivyEngine:
    """Two tantivy indexes, one a level, below one folder."""

    batch_characters = 32_000_000  # a few seconds; twice as much makes fewer segments and no difference in time

    def __init__(self, folder: Path) -> None:
        with _translated("open its files"):
            self._levels = {level: _LevelIndex(folder / f"{level}s") for level in LEVELS}

    def apply(self, removed: Sequence[int], entries: Iterable[Entry]) -> None:
        """See `Engine.apply`; paragraphs become visible just before documents."""
        with _translated("write"), ExitStack() as stack:
            sessions = {level: stack.enter_context(index.session()) for level, index in self._levels.items()}
            taken_away: set[int] = set()
            for document in removed:
                _take_away(document, sessions.values(), taken_away)
            for entry in entries:
                _take_away(entry.document, sessions.values(), taken_away)
                sessions[entry.level].add(entry)
            for level in reversed(LEVELS):
                sessions[level].commit()

    def search(self, request: Request) -> Answer:
        """See `Engine.search`."""
        with _translated("search"):
            return self._levels[request.level].newest().search(request)

    def best_paragraphs(
        self, query: EngineQuery, documents: Sequence[int], limit: int
    ) -> Mapping[int, BestParagraphs]:
        """See `Engine.best_paragraphs`."""
        with _translated("search"):
            state = self._levels["paragraph"].newest()
            found = {document: state.best_of(query, document, limit) for document in documents}
            return {document: best for document, best in found.items() if best.total}

    def scores(self, level: Level, query: EngineQuery, rows: Sequence[int]) -> Mapping[int, float]:
        """See `Engine.scores`."""
        with _translated("search"):
            return self._levels[level].newest().scores(query, rows)

    def rows(self, level: Level) -> Sequence[int]:
        """See `Engine.rows`."""
        with _translated("read"):
            return list(self._levels[level].newest().rows())

    def close(self) -> None:
        """See `Engine.close`; tantivy lets go of a file with the last object that reads it."""
        self._levels.clear()


class _LevelIndex:
    """One tantivy index: its writing sessions, and the newest state for readers."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._schema = _schema()
        self._index = self._opened()
        self._lock = Lock()
        self._seen: tuple[int, int] | None = None

    def _opened(self) -> Index:
        index = Index(self._schema, str(self._folder))
        index.register_tokenizer("terms", TextAnalyzerBuilder(Tokenizer.whitespace()).build())
        index.config_reader("manual")
        return index

    def newest(self) -> _State:
        """The newest committed state; tantivy replaces `meta.json` at every commit."""
        status = os.stat(self._folder / "meta.json")
        stamp = status.st_ino, status.st_mtime_ns
        with self._lock:
            if stamp != self._seen:
                self._index.reload()
                self._seen = stamp
            return _State(self._index.searcher(), self._schema)

    @contextmanager
    def session(self) -> Iterator[_Session]:
        """A writing session; what it has not committed at its end is forgotten."""
        session = _Session(self._opened(), self._schema)
        try:
            yield session
        except BaseException:
            session.writer.rollback()
            raise
        finally:
            session.writer.wait_merging_threads()


class _Session:
    """The writing of one level."""

    def __init__(self, index: Index, schema: Schema) -> None:
        self._schema = schema
        self.writer = index.writer(_WRITER_BYTES, _THREADS)

    def take_away(self, document: int) -> None:
        """Remove the entries of a document that were there before."""
        self.writer.delete_documents_by_term("document", document)

    def add(self, entry: Entry) -> None:
        """Add one entry."""
        self.writer.add_document(Document.from_dict(_values(entry), self._schema))

    def commit(self) -> None:
        """Make it durable, and drop the files of segments that were merged."""
        self.writer.commit()
        self.writer.garbage_collect_files()


def _take_away(document: int, sessions: Iterable[_Session], taken_away: set[int]) -> None:
    """Once a document, before its first entry."""
    if document not in taken_away:
        taken_away.add(document)
        for session in sessions:
            session.take_away(document)


def _values(entry: Entry) -> dict[str, Any]:
    values: dict[str, Any] = {name: terms for name, terms in entry.terms.items() if terms}
    values |= {name: value for name, value in entry.keywords.items() if value}
    oldest = newest = _UNDATED
    if entry.date is not None:
        day = date_as_number(entry.date)
        values |= {"date": day, "month": day // 100}
        oldest = entry.date.toordinal()
        newest = _UNDATED - oldest
    values |= {"row": entry.row, "document": entry.document}
    return values | {"oldest": _sort_key(oldest, entry.row), "newest": _sort_key(newest, entry.row)}


def _sort_key(day: int, row: int) -> int:
    return (day << _ROW_BITS) + row


class _State:
    """One state of one index."""

    def __init__(self, searcher: Searcher, schema: Schema) -> None:
        self._searcher = searcher
        self._schema = schema

    def search(self, request: Request) -> Answer:
        """See `Engine.search`."""
        query = compiled(request.query, self._schema)
        last = request.offset + request.limit
        if request.sort == "relevance" and is_scored(request.query):
            total, hits = self._by_score(query, last)
        else:
            total, hits = self._by_key(query, request.sort, last)
        facets = {name: self._count(query, name) for name in request.facets}
        return Answer(total, hits[request.offset : last], facets)

    def _by_score(self, query: Query, last: int) -> tuple[int, tuple[tuple[int, float], ...]]:
        """The best `last` entries. tantivy breaks ties in its own way: all that tie at the cut are fetched."""
        limit = last + 16
        while True:
            total, hits = self._found(query, min(limit, self._searcher.num_docs + 1))
            if last == 0 or len(hits) == total or hits[-1][0] < hits[last - 1][0]:
                break
            limit *= 8
        rows: list[Any] = self._searcher.fast_field_values("row", [address for _, address in hits])
        ordered = sorted(zip(rows, (score for score, _ in hits), strict=True), key=lambda hit: (-hit[1], hit[0]))
        return total, tuple(ordered[:last])

    def _found(self, query: Query, limit: int, key: str | None = None) -> tuple[int, list[tuple[Any, DocAddress]]]:
        """How many entries match, and the first `limit` (from 1) by score, or by a number of theirs, ascending."""
        found: Any = self._searcher.search(query, limit, order_by_field=key, order=Order.Asc)
        return found.count, found.hits

    def _by_key(self, query: Query, sort: Sort, last: int) -> tuple[int, tuple[tuple[int, float], ...]]:
        total, hits = self._found(query, max(1, min(last, self._searcher.num_docs)), _SORT_KEYS[sort])
        return total, tuple((key & ((1 << _ROW_BITS) - 1), 0.0) for key, _ in hits[:last])

    def _count(self, query: Query, facet: str) -> Mapping[str, int]:
        field = "month" if facet == "year" else facet
        wanted = {"values": {"terms": {"field": field, "size": _MOST_VALUES, "segment_size": _MOST_VALUES}}}
        counts: Counter[str] = Counter()
        for bucket in self._searcher.aggregate(query, wanted)["values"]["buckets"]:
            counts[_facet_value(facet, bucket["key"])] += bucket["doc_count"]
        return dict(counts)

    def best_of(self, query: EngineQuery, document: int, limit: int) -> BestParagraphs:
        """The best paragraphs of one document."""
        within = all_of([compiled(query, self._schema), among(self._schema, "document", [document])])
        total, hits = self._by_score(within, limit)
        return BestParagraphs(tuple(row for row, _ in hits), total)

    def scores(self, query: EngineQuery, rows: Sequence[int]) -> Mapping[int, float]:
        """See `Engine.scores`."""
        asked = compiled(query, self._schema)
        found = (self._by_score(all_of([asked, between(self._schema, "row", row, row)]), 1)[1] for row in rows)
        return dict(hit for hits in found for hit in hits)

    def rows(self) -> Iterator[int]:
        """Every row, ascending."""
        last = -1
        while True:
            rest = between(self._schema, "row", last + 1, 1 << _ROW_BITS)
            _, found = self._found(rest, _ROWS_AT_ONCE, "row")
            if not found:
                return
            yield from (row for row, _ in found)
            last = found[-1][0]


_SORT_KEYS: Mapping[Sort, str] = {"relevance": "row", "date": "oldest", "-date": "newest"}


def _facet_value(facet: str, key: Any) -> str:
    if facet == "year":
        return f"{int(key) // 100:04}"
    if facet == "month":
        return f"{int(key) // 100:04}-{int(key) % 100:02}"
    return str(key)
