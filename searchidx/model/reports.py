"""Reports of indexing, checking and statistics."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from searchidx.errors import CorpusError


@dataclass(frozen=True, slots=True)
class Notice:
    """A fact about the index that its user should know, in a sentence without its full stop."""

    text: str
    package: str = ""  # the Python package whose installation would help; "" when none would


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What indexing changed. Reports can be added: `sum(reports, SyncReport())`."""

    added: int = 0  # documents, as all counts but `skipped`
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: int = 0  # files and records that could not be read
    problems: tuple[CorpusError, ...] = ()  # why they were skipped, the first `MAX_PROBLEMS`
    partly_read: tuple[CorpusError, ...] = ()  # what is missing of documents that were indexed, as many at most
    encodings: Mapping[str, int] = field(default_factory=dict)  # encoding → files read in it, without UTF-8
    notices: tuple[Notice, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether documents were added, updated or removed."""
        return bool(self.added or self.updated or self.removed)

    def __add__(self, other: SyncReport) -> SyncReport:
        """Both reports as one: counts added, the lists one after the other."""
        return SyncReport(
            self.added + other.added,
            self.updated + other.updated,
            self.removed + other.removed,
            self.unchanged + other.unchanged,
            self.skipped + other.skipped,
            (self.problems + other.problems)[:MAX_PROBLEMS],
            (self.partly_read + other.partly_read)[:MAX_PROBLEMS],
            dict(Counter(self.encodings) + Counter(other.encodings)),
            self.notices + other.notices,
        )


MAX_PROBLEMS = 1_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: in bytes of source files when indexing, in stored documents when rebuilding."""

    done: int
    total: int
    documents: int  # read so far


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class IndexStats:
    """What an index holds."""

    location: Path
    documents: int
    paragraphs: int
    forms: int  # distinct, as written in lower case
    engine: str
    generation: int
    bytes: int  # on disk
    folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """The problems that a check found, each in a sentence."""

    problems: tuple[str, ...]
    repaired: bool = False
