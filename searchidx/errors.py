"""The errors that searchidx raises.

SearchidxError
├─ CorpusError(path, reason, line)                a file (or a line of it) that cannot be read
│  └─ WatchError(path, reason)                    a folder whose changes the system does not report
├─ QuerySyntaxError(text, start, end, expected)   strict parsing only
├─ QueryError(parameter, reason)                  a search parameter out of its range
│  └─ UnknownFieldError(parameter, name, known)
├─ DocumentNotFoundError(id)
├─ SearchTimeoutError(seconds)                    a search that exceeded its time limit
├─ IndexStateError(path, found, wanted, remedy)   no index, another format, a foreign folder
├─ IndexLockedError(pid, since)                   another process is writing
├─ WorkerError(message)                           a worker process has died
└─ EngineError(message)
   ├─ EngineMissingError(name, package, known)    the engine's library is not installed, or no engine has the name
   └─ EngineUnavailableError(message)             the engine cannot answer now, but may answer the same call later

Errors state facts. What a user of the command can do about them is added in `searchidx.cli.errors`.
Foreign exceptions are translated once, where the foreign library is called: `raise … from error`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any


class SearchidxError(Exception):
    """The base of all errors that searchidx raises on purpose. `str(error)` is a sentence for a user."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the text and the attributes; by default an exception is made again from its text alone."""
        return _restore, (type(self), str(self), self.__dict__)


def _restore(kind: type[SearchidxError], text: str, attributes: Mapping[str, object]) -> SearchidxError:
    error = kind.__new__(kind, text)
    error.__dict__.update(attributes)
    return error


class CorpusError(SearchidxError):
    """A file cannot be read; `line` (from 1) is set when one record of it is at fault."""

    def __init__(self, path: str, reason: str, line: int | None = None) -> None:
        self.path = path
        self.reason = reason
        self.line = line
        where = path if line is None else f"{path}:{line}"
        super().__init__(f"{where}: {reason}")


class WatchError(CorpusError):
    """The operating system does not report changes of a folder."""


class QuerySyntaxError(SearchidxError):
    """Strict parsing refused a query; `start` and `end` are a half-open range of code points of `text`."""

    def __init__(self, text: str, start: int, end: int, expected: str) -> None:
        self.text = text
        self.start = start
        self.end = end
        self.expected = expected
        super().__init__(f"cannot read {text[start:end]!r} at position {start}: expected {expected}")


class QueryError(SearchidxError):
    """A search parameter is out of its range."""

    def __init__(self, parameter: str, reason: str) -> None:
        self.parameter = parameter
        self.reason = reason
        super().__init__(f"{parameter}: {reason}")


class UnknownFieldError(QueryError):
    """A search parameter names a field that no document has."""

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
    """A search exceeded its time limit, given in seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(f"no answer within {seconds:g} s")


class Remedy(Enum):
    """What makes an index location usable."""

    CREATE = "make an index there"
    REBUILD = "rebuild the manifest and the engine from the store"
    UPGRADE = "upgrade an index of an older version"
    REINDEX = "delete the index and index the folders again"
    CHECK_DISK = "check that the disk has room and the folder can be written; if so, the file is damaged"
    CHOOSE_ANOTHER_FOLDER = "choose an empty or a new folder"
    CHOOSE_WRITABLE_FOLDER = "choose a folder that can be written"
    GIVE_LOCAL_FOLDER = "give a local folder"


class IndexStateError(SearchidxError):
    """The index location holds something else than what was wanted.

    `path` is the folder of the index, or a file in it: always a file when `remedy` is REBUILD, UPGRADE or REINDEX.
    """

    def __init__(self, path: str, found: str, wanted: str, remedy: Remedy) -> None:
        self.path = path
        self.found = found
        self.wanted = wanted
        self.remedy = remedy
        super().__init__(f"{path}: found {found}, wanted {wanted}")


class IndexLockedError(SearchidxError):
    """Another process is writing to the index; `pid` is 0 when the process is unknown."""

    def __init__(self, pid: int, since: dt.datetime | None) -> None:
        self.pid = pid
        self.since = since
        who = f"process {pid}" if pid else "another process"
        when = f" since {since:%Y-%m-%d %H:%M:%S}" if since else ""
        super().__init__(f"{who} has been writing to this index{when}")


class WorkerError(SearchidxError):
    """A worker process ended too early; what was committed stays."""


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
    """The engine cannot answer now; the same call may succeed later."""
