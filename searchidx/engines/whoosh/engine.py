"""The engine Whoosh, for small corpora: pure Python, without a compiled dependency.

Whoosh stores, merges and deletes postings. `term_at_a_time` matches and scores, so that totals, slop and BM25 are
the same as in every other engine (Whoosh's own matchers give slop n+1 for n, add 1.0 for a negation and leave
`minmatch` unimplemented).

Whoosh unpickles its table of contents: a folder may only be opened here after `manifest.json` was checked.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from searchidx.engines.contract import (
    BestParagraphs,
    EngineRequest,
    EngineResult,
    Entry,
)
from searchidx.engines.query import EngineQuery
from searchidx.engines.whoosh.snapshot import (
    DATE_COLUMN,
    ROW_COLUMN,
    LevelSnapshot,
    date_as_number,
)
from searchidx.engines.whoosh.term_at_a_time import evaluate
from searchidx.errors import EngineError, SearchidxError
from searchidx.model.document import (
    LEVELS,
    Level,
)
from searchidx.runtime.files import sync_to_disk
from searchidx.schema import (
    KEYWORD_FIELDS,
    PHRASE_FIELDS,
    TEXT_FIELDS,
)

_WRITER_MEMORY_MB = 128


class _Terms(fields.FieldType):  # type: ignore[misc]
    """Terms joined by spaces."""

    def __init__(self) -> None:
        super().__init__(formats.Existence(), None, scorable=True)

    def index(self, value: str, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(term, frequency, weight, empty value) of each distinct term."""
        for term, frequency in Counter(value.split(" ")).items():
            yield term.encode("utf-8"), frequency, float(frequency), b""


class _TermsWithPositions(fields.FieldType):  # type: ignore[misc]
    """Terms joined by spaces, with their positions."""

    def __init__(self) -> None:
        super().__init__(formats.Positions(), None, scorable=True)

    def index(self, value: str, **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """(term, frequency, weight, encoded positions) of each distinct term."""
        positions_of: dict[str, list[int]] = {}
        for position, term in enumerate(value.split(" ")):
            positions_of.setdefault(term, []).append(position)
        encode = self.format.encode
        for term, positions in positions_of.items():
            yield term.encode("utf-8"), len(positions), float(len(positions)), encode(positions)


def _schema() -> Any:
    schema = fields.Schema(
        row=fields.COLUMN(ROW_COLUMN),
        document=fields.ID(),
        date=fields.COLUMN(DATE_COLUMN),
    )
    for name in TEXT_FIELDS:
        schema.add(name, _TermsWithPositions() if name in PHRASE_FIELDS else _Terms())
    for name in KEYWORD_FIELDS:
        schema.add(name, fields.ID(sortable=True))
    return schema


@contextmanager
def _translate_errors(action: str) -> Iterator[None]:
    """Raises whatever Whoosh raises on damaged files as an EngineError."""
    try:
        yield
    except SearchidxError:
        raise
    except Exception as error:
        message = f"whoosh cannot {action} ({type(error).__name__}: {error})"
        raise EngineError(message) from error


class WhooshEngine:
    """Two Whoosh indexes below one folder, one for each level."""

    batch_characters = 2_000_000  # a few seconds

    def __init__(self, folder: Path) -> None:
        with _translate_errors("open its files"):
            self._levels = {level: _LevelIndex(folder / f"{level}s") for level in LEVELS}

    def begin(self) -> WhooshChange:
        """See `Engine.begin`."""
        return WhooshChange(self._levels)

    def search(self, request: EngineRequest) -> EngineResult:
        """See `Engine.search`."""
        with _translate_errors("search"), self._levels[request.level].snapshot() as snapshot:
            scores = evaluate(request.query, snapshot)
            best = snapshot.best(scores, request.sort, request.offset + request.limit)
            is_ranked = request.sort == "relevance"
            hits = tuple(
                (snapshot.rows[entry], scores[entry] if is_ranked else 0.0) for entry in best[request.offset :]
            )
            facets = {name: snapshot.count(name, scores) for name in request.facets}
            return EngineResult(len(scores), hits, facets)

    def best_paragraphs(
        self, query: EngineQuery, documents: Sequence[int], limit: int
    ) -> Mapping[int, BestParagraphs]:
        """See `Engine.best_paragraphs`."""
        with _translate_errors("search"), self._levels["paragraph"].snapshot() as snapshot:
            found = {}
            members = {document: snapshot.keyword("document", str(document)) for document in documents}
            scores = evaluate(query, snapshot, {entry for entries in members.values() for entry in entries})
            for document, entries in members.items():
                matching = {entry: scores[entry] for entry in entries if entry in scores}
                if matching:
                    best = snapshot.best(matching, "relevance", limit)
                    rows = tuple(snapshot.rows[entry] for entry in best)
                    found[document] = BestParagraphs(rows, len(matching))
            return found

    def scores(self, level: Level, query: EngineQuery, rows: Sequence[int]) -> Mapping[int, float]:
        """See `Engine.scores`."""
        with _translate_errors("search"), self._levels[level].snapshot() as snapshot:
            wanted = set(rows)
            entries = {entry for entry in snapshot.live if snapshot.rows[entry] in wanted}
            return {snapshot.rows[entry]: score for entry, score in evaluate(query, snapshot, entries).items()}

    def rows(self, level: Level) -> Sequence[int]:
        """See `Engine.rows`."""
        with _translate_errors("read"), self._levels[level].snapshot() as snapshot:
            return sorted(snapshot.rows[entry] for entry in snapshot.live)

    def close(self) -> None:
        """See `Engine.close`."""
        for level in self._levels.values():
            level.close()


class WhooshChange:
    """See `Change`; entries are collected until the commit, because Whoosh writes a whole segment at once."""

    def __init__(self, levels: Mapping[Level, _LevelIndex]) -> None:
        self._levels = levels
        self._entries: dict[Level, list[Entry]] = {level: [] for level in LEVELS}
        self._replaced: dict[int, None] = {}  # documents, in order

    def remove(self, documents: Iterable[int]) -> None:
        """See `Change.remove`."""
        self._replaced |= dict.fromkeys(documents)

    def add(self, entries: Iterable[Entry]) -> None:
        """See `Change.add`."""
        for entry in entries:
            self._entries[entry.level].append(entry)
            self._replaced[entry.document] = None

    def commit(self) -> None:
        """See `Change.commit`; paragraphs become visible just before documents."""
        with _translate_errors("write"):
            if self._replaced:
                for level in reversed(LEVELS):
                    self._levels[level].apply(list(self._replaced), self._entries[level])

    def rollback(self) -> None:
        """See `Change.rollback`; nothing was written."""


class _LevelIndex:
    """One Whoosh index: its writer, and the snapshot of the newest commit."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        storage = FileStorage(str(folder))
        schema = _schema()
        is_new = not any(folder.glob("_*.toc"))
        self._index = FileIndex.create(storage, schema) if is_new else FileIndex(storage, schema)
        self._durable: set[str] = set()
        self._snapshot: LevelSnapshot | None = None
        self._lock = RLock()  # Whoosh's readers seek in shared files

    @contextmanager
    def snapshot(self) -> Iterator[LevelSnapshot]:
        """The newest committed state, for one caller at a time."""
        with self._lock:
            generation = self._index.latest_generation()
            if self._snapshot is None or self._snapshot.generation != generation:
                self.close()
                self._snapshot = LevelSnapshot(self._index.reader(), generation)
            yield self._snapshot

    def apply(self, removed: Sequence[int], entries: Sequence[Entry]) -> None:
        """One Whoosh commit, then fsync, which Whoosh itself never calls."""
        codec = W3Codec()
        codec.length_stats = False  # only Whoosh's own matchers use them; gathering them is a sixth of the work
        writer = self._index.writer(limitmb=_WRITER_MEMORY_MB, codec=codec)
        try:
            with self.snapshot() as snapshot:
                for document in removed:
                    for number in snapshot.keyword("document", str(document)):
                        writer.delete_document(number)
            for entry in entries:
                writer.add_document(**_whoosh_document(entry))
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        self._make_durable()

    def _make_durable(self) -> None:
        names = {name for name in os.listdir(self._folder) if (self._folder / name).is_file()}
        for name in names - self._durable:
            path = self._folder / name
            path.chmod(0o600)
            sync_to_disk(path)
        self._durable = names
        sync_to_disk(self._folder)

    def close(self) -> None:
        if self._snapshot is not None:
            self._snapshot.reader.close()
            self._snapshot = None


def _whoosh_document(entry: Entry) -> dict[str, object]:
    document: dict[str, object] = {"row": entry.row, "document": str(entry.document)}
    document |= {**entry.terms, **entry.keywords}
    if entry.date is not None:
        document["date"] = date_as_number(entry.date)
    return document
