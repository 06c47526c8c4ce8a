"""The figures of one benchmark run, each with its unit; their JSON shape, and the plot of latency.

Names of fields are keys of the JSON.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from searchidx.evaluation.bench.corpus_file import Corpus
from searchidx.evaluation.bench.machine import Machine
from searchidx.evaluation.bench.systems import title_of
from searchidx.model.document import Level

ALL = "all"
"""The kind that stands for the queries of all kinds together."""

PLOT_FORMATS = (".png", ".svg", ".pdf")


def percentile(values: Sequence[float], percent: float) -> float:
    """The nearest-rank percentile: the smallest of the values such that at least `percent` % are not larger.

    It is always a measured value, never an interpolated one (definition 1 of R. J. Hyndman and Y. Fan, "Sample
    quantiles in statistical packages", The American Statistician 50, 1996). `percent` is above 0, at most 100;
    there is at least one value.
    """
    rank = math.ceil(percent * len(values) / 100)
    return sorted(values)[max(1, rank) - 1]


@dataclass(frozen=True, slots=True)
class Latency:
    """Percentiles of response times, in milliseconds; each repetition of a query counts."""

    answers: int  # number of timed responses
    p50: float
    p95: float
    p99: float

    @classmethod
    def of(cls, times: Sequence[float]) -> Latency:
        """The percentiles of at least one time in milliseconds."""
        p50, p95, p99 = (percentile(times, percent) for percent in (50, 95, 99))
        return cls(len(times), p50, p95, p99)


@dataclass(frozen=True, slots=True)
class QueryTimes:
    """The times of the queries of one kind, at one level, with or without highlighting."""

    kind: str  # one of `queries.KINDS`, `queries.FROM_FILE`, or `ALL`
    level: Level
    highlight: bool
    latency: Latency
    found_nothing: float  # share of the responses, 0 to 1


@dataclass(frozen=True, slots=True)
class Indexing:
    """One or more runs that index the same corpus from scratch."""

    corpus: Corpus
    seconds: tuple[float, ...]  # of each run, from the first byte read until all is durable
    peak_bytes: int | None  # the most of all runs, of all processes together; None where it cannot be measured

    @property
    def median_s(self) -> float:
        """The median of the runs, in seconds."""
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
    """The figures of one system on one corpus."""

    system: str  # one of `systems.SYSTEMS`
    disk_bytes: Mapping[str, int]  # part of the index → size of its files
    indexing: Indexing | None  # None: the index existed before
    times: tuple[QueryTimes, ...]
    resident_bytes: int | None  # with the index open, after all queries; None where it cannot be measured

    def latency(self, kind: str, level: Level, highlight: bool) -> Latency | None:
        """The latency of one kind of queries; None when the system cannot answer them."""
        key = (kind, level, highlight)
        return next((each.latency for each in self.times if (each.kind, each.level, each.highlight) == key), None)


@dataclass(frozen=True, slots=True)
class ColdStart:
    """`searchidx query` as a whole process, from its start to its end."""

    seconds: tuple[float, ...]

    @property
    def median_s(self) -> float:
        """The median of the runs, in seconds."""
        return statistics.median(self.seconds)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the run was set to measure."""

    seed: int
    repeat: int
    queries: Mapping[str, tuple[str, ...]]  # kind → its queries
    levels: tuple[Level, ...]

    @property
    def count(self) -> int:
        """The number of queries."""
        return sum(map(len, self.queries.values()))


@dataclass(frozen=True, slots=True)
class Report:
    """One run of `searchidx bench`."""

    index: str  # its location
    corpus: Corpus
    machine: Machine
    settings: Settings
    own: SystemFigures  # of the user's index as it is
    cold_start: ColdStart
    sampled: tuple[SystemFigures, ...]  # of each system on the same sample of the corpus
    left_out: Mapping[str, str]  # system that was not compared → reason
    growth: tuple[SystemFigures, ...]  # at several sizes of the corpus, ascending, for the plot
    disk_used_bytes: int  # by the temporary folder at its largest

    def indexing(self) -> Indexing | None:
        """The indexing of the sample by the engine of the user's index."""
        return next((each.indexing for each in self.sampled if each.system == self.own.system), None)


def report_json(report: Report) -> dict[str, Any]:
    """The report as one JSON object: bytes, seconds, and milliseconds for queries."""
    return asdict(report) | {
        "own": _figures_json(report.own),
        "cold_start": asdict(report.cold_start) | {"median_s": report.cold_start.median_s},
        "sampled": [_figures_json(each) for each in report.sampled],
        "growth": [_figures_json(each) for each in report.growth],
    }


def _figures_json(figures: SystemFigures) -> dict[str, Any]:
    payload = asdict(figures)
    if figures.indexing is not None:
        rates = ("median_s", "documents_per_s", "bytes_per_s")
        payload["indexing"] |= {name: getattr(figures.indexing, name) for name in rates}
    return payload


def can_plot() -> bool:
    """Whether matplotlib is installed."""
    return find_spec("matplotlib") is not None


def draw_growth(report: Report, path: Path) -> None:
    """Draw latency (p50 and p99, in milliseconds) against the number of paragraphs, on logarithmic scales.

    The figures are those of `report.growth`: all kinds of queries together, with highlighting, at the first level.
    """
    from matplotlib.figure import Figure  # an optional dependency
    from matplotlib.ticker import LogLocator, NullFormatter, StrMethodFormatter

    level = report.settings.levels[0]
    figure = Figure(figsize=(10, 5), layout="constrained")
    axes = figure.add_subplot()
    for number, system in enumerate(dict.fromkeys(each.system for each in report.growth)):
        points = [each for each in report.growth if each.system == system]
        sizes = [_paragraph_count(each) for each in points]
        for name, style in (("p50", "-"), ("p99", "--")):
            times = [getattr(each.latency(ALL, level, True), name) for each in points]
            axes.loglog(sizes, times, style, marker="o", color=f"C{number}", label=f"{title_of(system)}, {name}")
    axes.set_xticks(sorted({_paragraph_count(each) for each in report.growth}))
    axes.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    axes.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    axes.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    axes.xaxis.set_minor_formatter(NullFormatter())
    axes.yaxis.set_minor_formatter(NullFormatter())
    axes.set_xlabel("paragraphs in the index")
    axes.set_ylabel("milliseconds to answer a query")
    axes.set_title(f"{level}s with highlighting; {report.settings.count:,} queries")
    axes.grid(visible=True, alpha=0.3)
    figure.legend(loc="outside right upper")
    figure.savefig(path)


def _paragraph_count(figures: SystemFigures) -> int:
    return figures.indexing.corpus.paragraphs if figures.indexing else 0
