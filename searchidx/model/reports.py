"""What indexing, checking and statistics report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from searchidx.errors import CorpusError


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one run of indexing changed."""

    added: int = 0  # documents, as all counts but `skipped`
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: int = 0  # files and records that could not be read
    problems: tuple[CorpusError, ...] = ()  # why, the first `MOST_PROBLEMS` of them
    encodings: Mapping[str, int] = field(default_factory=dict)  # of the files that were read, where not UTF-8
    notices: tuple[str, ...] = ()  # what else a user should know, each in a sentence

    @property
    def changed(self) -> bool:
        """Whether the index is another than before."""
        return bool(self.added or self.updated or self.removed)

    def __add__(self, other: SyncReport) -> SyncReport:
        """The report of both runs together."""
        return SyncReport(
            added=self.added + other.added,
            updated=self.updated + other.updated,
            removed=self.removed + other.removed,
            unchanged=self.unchanged + other.unchanged,
            skipped=self.skipped + other.skipped,
            problems=self.problems + other.problems,
            encodings=Counter(self.encodings) + Counter(other.encodings),
            notices=self.notices + other.notices,
        )


MOST_PROBLEMS = 1_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: of indexing, in bytes of source files, of a rebuild, in stored documents."""

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
    """What a check found wrong, each in a sentence; empty when all is well."""

    problems: tuple[str, ...]
    repaired: bool = False
