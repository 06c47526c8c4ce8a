"""What was found out? The figures of one run, each with its unit; rates and sums are derived from them."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from searchidx.evaluation.bench.corpus_file import Corpus
from searchidx.evaluation.bench.latency import Latency
from searchidx.evaluation.bench.machine import Machine
from searchidx.model.document import Level

ALL = "all"
"""The kind under which the queries of all kinds are told together."""


@dataclass(frozen=True, slots=True)
class QueryTimes:
    """The answers to the queries of one kind, asked in one way."""

    kind: str  # of `queries.KINDS`, `queries.FROM_FILE`, or `ALL`
    level: Level
    highlight: bool
    latency: Latency
    found_nothing: float  # share of the answers, 0 to 1


@dataclass(frozen=True, slots=True)
class Indexing:
    """Indexing a corpus anew, several times."""

    corpus: Corpus
    seconds: tuple[float, ...]  # of each run, from the first byte read until all is durable
    peak_bytes: int | None  # of all its processes together, the most of all runs; None where it cannot be seen

    @property
    def median_s(self) -> float:
        """The run in the middle."""
        return statistics.median(self.seconds)

    @property
    def documents_per_s(self) -> float:
        """The rate of the median run."""
        return self.corpus.documents / self.median_s

    @property
    def bytes_per_s(self) -> float:
        """The rate of the median run, in bytes of text."""
        return self.corpus.text_bytes / self.median_s


@dataclass(frozen=True, slots=True)
class SystemFigures:
    """One system on one corpus."""

    system: str  # of `systems.SYSTEMS`
    disk_bytes: Mapping[str, int]  # part of the index → its files
    indexing: Indexing | None  # None: it was there already
    times: tuple[QueryTimes, ...]
    resident_bytes: int | None  # with the index open, after all queries; None where it cannot be seen

    def latency(self, kind: str, level: Level, highlight: bool) -> Latency | None:
        """The answers of one kind; None when the system gave none."""
        wanted = (kind, level, highlight)
        found = (each.latency for each in self.times if (each.kind, each.level, each.highlight) == wanted)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class ColdStart:
    """`searchidx query` as a whole process, from its start to its end."""

    seconds: tuple[float, ...]

    @property
    def median_s(self) -> float:
        """The run in the middle."""
        return statistics.median(self.seconds)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the run was asked for."""

    seed: int
    repeat: int
    queries: Mapping[str, tuple[str, ...]]  # kind → what was asked
    levels: tuple[Level, ...]

    @property
    def count(self) -> int:
        """How many queries there are."""
        return sum(map(len, self.queries.values()))


@dataclass(frozen=True, slots=True)
class Report:
    """One run of `searchidx bench`."""

    index: str  # where it is
    corpus: Corpus
    machine: Machine
    settings: Settings
    own: SystemFigures  # the user's index as it is
    cold_start: ColdStart
    sampled: tuple[SystemFigures, ...]  # each system on one and the same sample of the corpus
    left_out: Mapping[str, str]  # system that was to be compared → why it was not
    growth: tuple[SystemFigures, ...]  # at several sizes, ascending, for a plot
    disk_used_bytes: int  # of the temporary folder at its largest

    def indexing(self) -> Indexing | None:
        """How the user's own engine indexed the sample."""
        return next((each.indexing for each in self.sampled if each.system == self.own.system), None)


def report_json(report: Report) -> dict[str, Any]:
    """The report as one JSON object: bytes, seconds, and milliseconds for queries."""
    told = asdict(report)
    told["own"] = _figures_json(report.own)
    told["cold_start"]["median_s"] = report.cold_start.median_s
    told["sampled"] = _each(report.sampled)
    told["growth"] = _each(report.growth)
    return told


def _each(figures: Sequence[SystemFigures]) -> list[dict[str, Any]]:
    return [_figures_json(each) for each in figures]


def _figures_json(figures: SystemFigures) -> dict[str, Any]:
    told = asdict(figures)
    if figures.indexing is not None:
        rates = ("median_s", "documents_per_s", "bytes_per_s")
        told["indexing"] |= {name: getattr(figures.indexing, name) for name in rates}
    return told
