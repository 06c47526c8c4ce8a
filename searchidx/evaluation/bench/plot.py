"""How do answers slow down as the corpus grows? Drawn with matplotlib, an extra, which is imported only then."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from searchidx.evaluation.bench.report import (
    ALL,
    Report,
    SystemFigures,
)
from searchidx.evaluation.bench.systems import title_of

FORMATS = (".png", ".svg", ".pdf")


def can_plot() -> bool:
    """Whether matplotlib is installed."""
    return find_spec("matplotlib") is not None


def draw(report: Report, path: Path) -> None:
    """Latency in milliseconds against the number of paragraphs, both on logarithmic scales: p50 and p99.

    All kinds of queries together, with highlighting, at the first level of the run.
    """
    from matplotlib.figure import Figure  # an extra
    from matplotlib.ticker import LogLocator, NullFormatter, StrMethodFormatter

    level = report.settings.levels[0]
    figure = Figure(figsize=(10, 5), layout="constrained")
    axes = figure.add_subplot()
    for number, system in enumerate(dict.fromkeys(each.system for each in report.growth)):
        points = [each for each in report.growth if each.system == system]
        sizes = [_paragraphs(each) for each in points]
        for name, style in (("p50", "-"), ("p99", "--")):
            times = [getattr(each.latency(ALL, level, True), name) for each in points]
            axes.loglog(sizes, times, style, marker="o", color=f"C{number}", label=f"{title_of(system)}, {name}")
    axes.set_xticks(sorted({_paragraphs(each) for each in report.growth}))
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


def _paragraphs(figures: SystemFigures) -> int:
    return figures.indexing.corpus.paragraphs if figures.indexing else 0
