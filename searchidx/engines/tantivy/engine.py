"""tantivy as the engine of large corpora: a library in Rust, with compiled wheels for the usual platforms.

It gets terms and numbers, never text. Files reach the disk before a commit returns (tantivy syncs them and their
folder). One `Index` object serves one writing session: tantivy never deletes the files of segments that an older
object of the same process once knew.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from threading import Lock

from tantivy import Index, TextAnalyzerBuilder, Tokenizer

from searchidx.engines.contract import (
    BestParagraphs,
    EngineRequest,
    EngineResult,
    Entry,
)
from searchidx.engines.query import EngineQuery
from searchidx.engines.tantivy.state import State
from searchidx.engines.tantivy.writing import (
    Session,
    make_schema,
)
from searchidx.errors import EngineError
from searchidx.model.document import (
    LEVELS,
    Level,
)


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

    batch_characters = 16_000_000  # two seconds; a million paragraphs are 4 segments a level then, not 8

    def __init__(self, folder: Path) -> None:
        with _translated("open its files"):
            self._levels = {level: _LevelIndex(folder / f"{level}s") for level in LEVELS}

    def begin(self) -> TantivyChange:
        """See `Engine.begin`."""
        with _translated("write"), ExitStack() as stack:
            sessions = {}
            for level, index in self._levels.items():
                sessions[level] = index.session()
                stack.callback(sessions[level].close)
            stack.pop_all()
            return TantivyChange(sessions)

    def search(self, request: EngineRequest) -> EngineResult:
        """See `Engine.search`."""
        with _translated("search"):
            return self._levels[request.level].newest().search(request)

    def best_paragraphs(
        self, query: EngineQuery, documents: Sequence[int], limit: int
    ) -> Mapping[int, BestParagraphs]:
        """See `Engine.best_paragraphs`."""
        with _translated("search"):
            return self._levels["paragraph"].newest().best_paragraphs(query, documents, limit)

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


class TantivyChange:
    """See `Change`; tantivy indexes in threads of its own what it has been given."""

    def __init__(self, sessions: Mapping[Level, Session]) -> None:
        self._sessions = sessions
        self._taken_away: set[int] = set()  # every document that it was told of

    def remove(self, documents: Iterable[int]) -> None:
        """See `Change.remove`."""
        with _translated("write"):
            for document in documents:
                self._take_away(document)

    def add(self, entries: Iterable[Entry]) -> None:
        """See `Change.add`."""
        with _translated("write"):
            for entry in entries:
                self._take_away(entry.document)
                self._sessions[entry.level].add(entry)

    def _take_away(self, document: int) -> None:
        """Once a document, before its first entry."""
        if document not in self._taken_away:
            self._taken_away.add(document)
            for session in self._sessions.values():
                session.take_away(document)

    def commit(self) -> None:
        """See `Change.commit`; paragraphs become visible just before documents."""
        with _translated("write"):
            if self._taken_away:
                for level in reversed(LEVELS):
                    self._sessions[level].commit()
            for session in self._sessions.values():
                session.close()

    def rollback(self) -> None:
        """See `Change.rollback`."""
        for session in self._sessions.values():
            for end in (session.rollback, session.close):
                with suppress(EngineError), _translated("write"):
                    end()


class _LevelIndex:
    """One tantivy index: its writing sessions, and the newest state for readers."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._schema = make_schema()
        self._index = self._opened()
        self._lock = Lock()
        self._seen: tuple[int, int] | None = None

    def _opened(self) -> Index:
        index = Index(self._schema, str(self._folder))
        index.register_tokenizer("terms", TextAnalyzerBuilder(Tokenizer.whitespace()).build())
        index.config_reader("manual")
        return index

    def newest(self) -> State:
        """The newest committed state; tantivy replaces `meta.json` at every commit."""
        status = os.stat(self._folder / "meta.json")
        stamp = status.st_ino, status.st_mtime_ns
        with self._lock:
            if stamp != self._seen:
                self._index.reload()
                self._seen = stamp
            return State(self._index.searcher(), self._schema)

    def session(self) -> Session:
        """A writing session, to be closed."""
        return Session(self._opened(), self._schema)
