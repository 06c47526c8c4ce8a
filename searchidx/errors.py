"""What can go wrong, as types that a caller can catch.

SearchidxError
├─ CorpusError(path, reason)                      a file (or a line of it) that cannot be read
├─ QuerySyntaxError(text, start, end, expected)   strict parsing only
├─ QueryError(parameter, reason)                  a search that asks for what does not exist
│  └─ UnknownFieldError(parameter, name, known)
├─ DocumentNotFoundError(id)
├─ SearchTimeoutError(seconds)                    an answer that took longer than it may
├─ IndexStateError(path, found, wanted, remedy)   no index, another format, a foreign folder
├─ IndexLockedError(pid, since)                   somebody else is writing
├─ WorkerError(message)                          a process that reads files for us has died
└─ EngineError(message)
   ├─ EngineMissingError(name, package, known)    the engine's library is not installed, or no engine has the name
   └─ EngineUnavailableError(message, retryable)  the engine cannot answer now

Foreign exceptions are translated once, where the foreign library is called: `raise … from error`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any


class SearchidxError(Exception):
    """The root of everything that searchidx raises on purpose; its text is fit for a user."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Between processes go the text and the facts; exceptions would call `__init__` with the text alone."""
        return _restored, (type(self), str(self), self.__dict__)


def _restored(kind: type[SearchidxError], text: str, facts: Mapping[str, object]) -> SearchidxError:
    error = kind.__new__(kind, text)
    error.__dict__.update(facts)
    return error


class CorpusError(SearchidxError):
    """A file cannot be read: reported, skipped and counted; `line` (from 1) when one record is at fault."""

    def __init__(self, path: str, reason: str, line: int | None = None) -> None:
        self.path = path
        self.reason = reason
        self.line = line
        where = path if line is None else f"{path}:{line}"
        super().__init__(f"{where}: {reason}")


class QuerySyntaxError(SearchidxError):
    """A query that strict parsing refuses; `start` and `end` are code points of `text`, half-open."""

    def __init__(self, text: str, start: int, end: int, expected: str) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.expected = expected
        super().__init__(f"cannot read {text[start:end]!r} at position {start}: expected {expected}")


class QueryError(SearchidxError):
    """A search parameter out of its range."""

    def __init__(self, parameter: str, reason: str) -> None:
        self.parameter = parameter
        self.reason = reason
        super().__init__(f"{parameter}: {reason}")


class UnknownFieldError(QueryError):
    """A field that no document has."""

    def __init__(self, parameter: str, name: str, known: Sequence[str]) -> None:
        self.name = name
        self.known = tuple(known)
        super().__init__(parameter, f"there is no field {name!r}; the fields are {', '.join(known)}")


class DocumentNotFoundError(SearchidxError):
    """No document, or no paragraph, has this id."""

    def __init__(self, document_id: str) -> None:
        self.document_id = document_id
        super().__init__(f"there is no document {document_id!r} in the index")


class SearchTimeoutError(SearchidxError):
    """An answer took longer than the seconds that it was given."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"no answer within {seconds:g} s")


class IndexStateError(SearchidxError):
    """The index location does not hold what was wanted; `remedy` is the command that mends it."""

    def __init__(self, path: str, found: str, wanted: str, remedy: str) -> None:
        self.path = path
        self.found = found
        self.wanted = wanted
        self.remedy = remedy
        super().__init__(f"{path}: found {found}, wanted {wanted}. {remedy}")


class IndexLockedError(SearchidxError):
    """Another process is writing to the index; `pid` is 0 when it did not say who it is."""

    def __init__(self, pid: int, since: dt.datetime | None) -> None:
        self.pid = pid
        self.since = since
        who = f"process {pid}" if pid else "another process"
        when = f" since {since:%Y-%m-%d %H:%M:%S}" if since else ""
        super().__init__(f"{who} has been writing to this index{when}; try again later or use --wait")


class WorkerError(SearchidxError):
    """A process that was to read files ended before its time; what was committed stays."""


class EngineError(SearchidxError):
    """The search engine failed; it can be rebuilt from the store."""


class EngineMissingError(EngineError):
    """The engine's library is not installed.

    `package` is the package that has the library; None when there is no engine of this name, and `known` has the
    names.
    """

    def __init__(self, name: str, package: str | None = None, known: Sequence[str] = ()) -> None:
        self.name = name
        self.package = package
        self.known = tuple(known)
        names = f"; the engines are {', '.join(known)}" if known else ""
        super().__init__(f"the engine {name!r} is not installed{names}")


class EngineUnavailableError(EngineError):
    """The engine cannot answer now; `retryable` says whether the same call may succeed later."""

    def __init__(self, message: str, retryable: bool) -> None:
        self.retryable = retryable
        super().__init__(message)
