"""The engine tantivy, for large corpora: a library in Rust, with compiled wheels for the usual platforms.

It receives terms and numbers, never text. Files reach the disk before a commit returns (tantivy syncs them and
their folder). One `Index` object serves one writing session: tantivy never deletes the files of segments that an
older object of the same process once knew.
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
from searchidx.engines.tantivy.snapshot import LevelSnapshot
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
def _translate_errors(action: str) -> Iterator[None]:
    """Raises whatever tantivy raises as an EngineError, also its panics, which derive from BaseException."""
    try:
        yield
    except EngineError:
        raise
    except (ValueError, OSError, RuntimeError) as error:
        raise _failed(action, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise _failed(action, error) from error


def _failed(action: str, error: BaseException) -> EngineError:
    return EngineError(f"tantivy cannot {action} ({error})")


class TantivyEngine:
    """Two tantivy indexes below one folder, one for each level."""

    batch_characters = 16_000_000  # two seconds; a million paragraphs are 4 segments a level then, not 8

    def __init__(self, folder: Path) -> None:
        with _translate_errors("open its files"):
            self._levels = {level: _LevelIndex(folder / f"{level}s") for level in LEVELS}

    def begin(self) -> TantivyChange:
        """See `Engine.begin`."""
        with _translate_errors("write"), ExitStack() as stack:
            sessions = {}
            for level, index in self._levels.items():
                sessions[level] = index.session()
                stack.callback(sessions[level].close)
            stack.pop_all()
            return TantivyChange(sessions)

    def search(self, request: EngineRequest) -> EngineResult:
        """See `Engine.search`."""
        with _translate_errors("search"):
            return self._levels[request.level].newest().search(request)

    def best_paragraphs(
        self, query: EngineQuery, documents: Sequence[int], limit: int
    ) -> Mapping[int, BestParagraphs]:
        """See `Engine.best_paragraphs`."""
        with _translate_errors("search"):
            return self._levels["paragraph"].newest().best_paragraphs(query, documents, limit)

    def scores(self, level: Level, query: EngineQuery, rows: Sequence[int]) -> Mapping[int, float]:
        """See `Engine.scores`."""
        with _translate_errors("search"):
            return self._levels[level].newest().scores(query, rows)

    def rows(self, level: Level) -> Sequence[int]:
        """See `Engine.rows`."""
        with _translate_errors("read"):
            return list(self._levels[level].newest().rows())

    def close(self) -> None:
        """See `Engine.close`; tantivy closes a file with the last object that reads it."""
        self._levels.clear()


class TantivyChange:
    """See `Change`; tantivy indexes added entries in threads of its own."""

    def __init__(self, sessions: Mapping[Level, Session]) -> None:
        self._sessions = sessions
        self._removed: set[int] = set()  # every document of the change

    def remove(self, documents: Iterable[int]) -> None:
        """See `Change.remove`."""
        with _translate_errors("write"):
            for document in documents:
                self._remove(document)

    def add(self, entries: Iterable[Entry]) -> None:
        """See `Change.add`."""
        with _translate_errors("write"):
            for entry in entries:
                self._remove(entry.document)
                self._sessions[entry.level].add(entry)

    def _remove(self, document: int) -> None:
        """Remove the entries that a document had before the change; done once for each document."""
        if document not in self._removed:
            self._removed.add(document)
            for session in self._sessions.values():
                session.remove(document)

    def commit(self) -> None:
        """See `Change.commit`; paragraphs become visible just before documents."""
        with _translate_errors("write"):
            if self._removed:
                for level in reversed(LEVELS):
                    self._sessions[level].commit()
            for session in self._sessions.values():
                session.close()

    def rollback(self) -> None:
        """See `Change.rollback`."""
        for session in self._sessions.values():
            for end in (session.rollback, session.close):
                with suppress(EngineError), _translate_errors("write"):
                    end()


class _LevelIndex:
    """One tantivy index: its writing sessions, and the snapshot of the newest commit."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder
        self._schema = make_schema()
        self._index = self._open()
        self._lock = Lock()
        self._loaded_stamp: tuple[int, int] | None = None

    def _open(self) -> Index:
        index = Index(self._schema, str(self._folder))
        index.register_tokenizer("terms", TextAnalyzerBuilder(Tokenizer.whitespace()).build())
        index.config_reader("manual")
        return index

    def newest(self) -> LevelSnapshot:
        """The newest committed state; tantivy replaces `meta.json` at every commit."""
        status = os.stat(self._folder / "meta.json")
        stamp = status.st_ino, status.st_mtime_ns
        with self._lock:
            if stamp != self._loaded_stamp:
                self._index.reload()
                self._loaded_stamp = stamp
            return LevelSnapshot(self._index.searcher(), self._schema)

    def session(self) -> Session:
        """A new writing session; the caller closes it."""
        return Session(self._open(), self._schema)
