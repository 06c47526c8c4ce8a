"""`searchidx bench`: measure the speed and the size of the index on this machine."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from searchidx import LEVELS, Level, terminal_text
from searchidx.cli.errors import DONE, INTERRUPTED, CommandError
from searchidx.cli.long_runs import StatusLine, StopSignals
from searchidx.cli.options import index_option, quiet_option, subcommand
from searchidx.cli.output.terminal import to_json
from searchidx.evaluation.bench.systems import SYSTEMS

if TYPE_CHECKING:
    from searchidx.evaluation.bench.benchmark import BenchmarkOptions
    from searchidx.evaluation.bench.report import Report

_DEFAULT_COUNT = 100


@dataclass(frozen=True, slots=True)
class _Arguments:
    """The command line of `searchidx bench`."""

    index: str
    queries: Path | None
    count: int | None
    repeat: int
    seed: int
    level: Level | Literal["both"]
    compare: bool
    without: tuple[str, ...]
    documents: int
    plot: Path | None
    as_json: bool
    quiet: bool

    def check(self) -> None:
        """Raise CommandError now, not after minutes, for what cannot be done."""
        if self.without and not self.compare:
            raise CommandError("--without names systems that --compare leaves out; give --compare too")
        if self.plot is not None:
            _check_plot(self.plot)

    def benchmark_options(self) -> BenchmarkOptions:
        """What the run is to measure."""
        from searchidx.evaluation.bench.benchmark import BenchmarkOptions  # not imported for `--help`

        return BenchmarkOptions(
            count=self.count or (0 if self.queries else _DEFAULT_COUNT),
            queries=self.queries,
            repeat=self.repeat,
            seed=self.seed,
            levels=LEVELS if self.level == "both" else (self.level,),
            documents=self.documents,
            compare=self.compare,
            without=self.without,
            growth=self.plot is not None,
        )


@subcommand(
    "bench",
    "searchidx bench",
    "searchidx bench --queries log.txt        # the queries of your readers, one a line",
    "searchidx bench --compare                # with SQLite FTS5 and raw tantivy",
    "searchidx bench --compare --documents 20000 --without whoosh --json > bench.json",
    "searchidx bench --plot latency.png       # how latency grows with the corpus",
    codes="0 done, 2 an error, 130 interrupted",
)
@click.option(
    "--queries",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Search for the queries of a file, one a line, instead of sampled ones; with --count, for both.",
)
@click.option(
    "--count",
    type=click.IntRange(min=1),
    help=f"How many queries to sample from the index.  [default: {_DEFAULT_COUNT}; with --queries none]",
)
@click.option(
    "--repeat", type=click.IntRange(min=1), default=3, show_default=True, help="How often each thing is measured."
)
@click.option(
    "--seed",
    type=int,
    default=1,
    show_default=True,
    help="Of the random samples: another seed gives other queries and documents.",
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
    help="How many documents, drawn at random, are indexed anew to measure indexing and to compare.",
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
def command(**options: Any) -> int:
    """Measure the index: queries, indexing, disk, memory, cold start.

    The index is only read. What is indexed anew goes into a temporary folder (below TMPDIR), which is removed,
    also when you interrupt. Nothing else should run meanwhile.

    "With highlighting" is what a page of results needs: the best three paragraphs of each document, with the
    matches marked. "Without" is the ranked list alone.
    """
    arguments = _Arguments(**options)
    arguments.check()
    report = _measure(arguments)
    if report is None:
        return INTERRUPTED
    _print_report(report, as_json=arguments.as_json)
    if arguments.plot is not None:
        from searchidx.evaluation.bench.report import draw_growth  # not imported for `--help`

        draw_growth(report, arguments.plot)
    return DONE


def _measure(arguments: _Arguments) -> Report | None:
    """The report of the run; None when a signal stopped it."""
    # Not imported for `--help`.
    from searchidx.evaluation.bench.benchmark import Benchmark, DiskSpaceError, NoQueryError

    stop, status = StopSignals(), StatusLine(quiet=arguments.quiet)
    try:
        with stop:
            return Benchmark(arguments.index, arguments.benchmark_options(), status).run()
    except SystemExit:
        if stop.received is None:
            raise
        return None
    except NoQueryError as error:
        raise CommandError(f"{error}; give queries with --queries") from error
    except DiskSpaceError as error:
        advice = "name another folder in TMPDIR, or fewer documents with --documents"
        raise CommandError(f"{error}; {advice}") from error
    finally:
        status("")


def _check_plot(plot: Path) -> None:
    from searchidx.evaluation.bench.report import PLOT_FORMATS, can_plot  # not imported for `--help`

    if plot.suffix.lower() not in PLOT_FORMATS:
        raise CommandError(f"{plot}: a plot is one of {', '.join(PLOT_FORMATS)}")
    if not plot.absolute().parent.is_dir():
        raise CommandError(f"{plot}: there is no folder {plot.parent}")
    if not can_plot():
        raise CommandError("--plot needs matplotlib; install it with: pip install 'searchidx[plot]'")


def _print_report(report: Report, *, as_json: bool) -> None:
    if as_json:
        from searchidx.evaluation.bench.report import report_json  # not imported for `--help`

        click.echo(to_json(report_json(report)))
        return
    from searchidx.cli.output.bench_tables import report_lines  # --json does not need it

    for line in report_lines(report):
        click.echo(terminal_text(line).rstrip())
