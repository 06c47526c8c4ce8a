"""`searchidx bench`: is it fast enough for this archive, on this machine?"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from searchidx import LEVELS
from searchidx.cli.errors import DONE, INTERRUPTED, CommandError
from searchidx.cli.options import index_option, quiet_option, subcommand
from searchidx.cli.output.terminal import harmless
from searchidx.cli.signals import Stopping
from searchidx.evaluation.bench.systems import SYSTEMS

if TYPE_CHECKING:
    from searchidx.evaluation.bench.benchmark import Wanted
    from searchidx.evaluation.bench.report import Report

_COUNT = 100


@subcommand(
    "bench",
    "searchidx bench",
    "searchidx bench --queries log.txt        # what your readers really ask, one query a line",
    "searchidx bench --compare                # beside SQLite FTS5 and raw tantivy",
    "searchidx bench --compare --documents 20000 --without whoosh --json > bench.json",
    "searchidx bench --plot latency.png       # how answers slow down as the corpus grows",
    codes="0 done, 2 an error, 130 interrupted",
)
@click.option(
    "--queries",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Ask the queries of a file, one a line, instead of sampled ones; with --count, beside them.",
)
@click.option(
    "--count",
    type=click.IntRange(min=1),
    help=f"How many queries to sample from the index.  [default: {_COUNT}; with --queries none]",
)
@click.option(
    "--repeat", type=click.IntRange(min=1), default=3, show_default=True, help="How often each thing is measured."
)
@click.option(
    "--seed", type=int, default=1, show_default=True, help="Another one draws other queries and documents."
)
@click.option(
    "--level", type=click.Choice([*LEVELS, "both"]), default="both", show_default=True, help="What to find."
)
@click.option("--compare", is_flag=True, help="Every engine, SQLite FTS5 and raw tantivy, side by side.")
@click.option(
    "--without",
    multiple=True,
    metavar="NAME",
    type=click.Choice(SYSTEMS),
    help=f"A system that --compare leaves out, being too slow for so many documents: {', '.join(SYSTEMS)}.",
)
@click.option(
    "--documents",
    type=click.IntRange(min=1),
    default=1000,
    show_default=True,
    help="How many documents, taken at random, are indexed anew to measure indexing and to compare.",
)
@click.option(
    "--plot",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Draw latency against the size of the corpus, up to --documents (.png, .svg or .pdf).",
)
@click.option("--json", "as_json", is_flag=True, help="As one JSON object: bytes, seconds, and ms for queries.")
@quiet_option
@index_option
def command(index: str, as_json: bool, quiet: bool, plot: Path | None, **given: Any) -> int:
    """Measure the index: queries, indexing, disk, memory, cold start.

    The index is only read. What is indexed anew goes into a temporary folder (below TMPDIR), which is removed,
    also when you interrupt. Nothing else should run meanwhile.

    "With highlighting" is what a page of results needs: the best three paragraphs of each document, with the
    matches marked. "Without" is the ranked list alone.
    """
    from searchidx.evaluation.bench.benchmark import Benchmark  # only this command measures

    if given["without"] and not given["compare"]:
        raise CommandError("--without says what --compare leaves out; give --compare too")
    if plot is not None:
        _expect_plotting(plot)
    stopping, steps = Stopping(), _Steps(quiet)
    try:
        with stopping:
            report = Benchmark(index, _wanted(given, plot), steps).run()
    except SystemExit:
        if stopping.by is None:
            raise
        return INTERRUPTED
    finally:
        steps("")
    _tell(report, as_json)
    if plot is not None:
        from searchidx.evaluation.bench.plot import draw  # matplotlib is an extra

        draw(report, plot)
    return DONE


def _wanted(given: dict[str, Any], plot: Path | None) -> Wanted:
    from searchidx.evaluation.bench.benchmark import Wanted

    return Wanted(
        count=given["count"] or (0 if given["queries"] else _COUNT),
        queries=given["queries"],
        repeat=given["repeat"],
        seed=given["seed"],
        levels=LEVELS if given["level"] == "both" else (given["level"],),
        documents=given["documents"],
        compare=given["compare"],
        without=given["without"],
        growth=plot is not None,
    )


def _expect_plotting(plot: Path) -> None:
    """Say now, not after minutes, that a plot cannot be drawn."""
    from searchidx.evaluation.bench.plot import (
        FORMATS,
        can_plot,
    )

    if plot.suffix.lower() not in FORMATS:
        raise CommandError(f"{plot}: a plot is one of {', '.join(FORMATS)}")
    if not plot.absolute().parent.is_dir():
        raise CommandError(f"{plot}: there is no folder {plot.parent}")
    if not can_plot():
        raise CommandError("--plot needs matplotlib; install it with: pip install 'searchidx[plot]'")


def _tell(report: Report, as_json: bool) -> None:
    if as_json:
        from searchidx.cli.output.json import to_json  # only JSON needs it
        from searchidx.evaluation.bench.report import report_json

        click.echo(to_json(report_json(report)))
        return
    from searchidx.cli.output.bench_tables import report_lines

    for line in report_lines(report):
        click.echo(harmless(line).rstrip())


class _Steps:
    """Says on a terminal what is being done, on one line that the next one replaces."""

    def __init__(self, quiet: bool) -> None:
        self._silent = quiet or not sys.stderr.isatty()

    def __call__(self, step: str) -> None:
        """Now this; with "" nothing any more."""
        if not self._silent:
            click.echo(f"\r\x1b[K{harmless(step)}{' …' if step else ''}", nl=False, err=True)
