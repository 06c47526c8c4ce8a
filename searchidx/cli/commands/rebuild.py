"""`searchidx rebuild`: build the engine's files anew, or those of another engine, from the stored documents."""

from __future__ import annotations

import time

import click

from searchidx.cli.long_runs import ProgressBar, with_lock_wait
from searchidx.cli.options import engine_option, index_option, quiet_option, subcommand, wait_option


@subcommand(
    "rebuild",
    "searchidx rebuild",
    "searchidx rebuild --engine tantivy  # made for large corpora",
    "searchidx rebuild --engine auto     # from now on whichever fits the size",
)
@engine_option
@wait_option
@quiet_option
@index_option
def command(index: str, engine: str | None, wait: bool, quiet: bool) -> None:
    """Build the engine's files anew.

    From the stored documents, without reading the folders again. The index can be searched all the while: it
    goes on with the old files until the new ones are ready.
    """
    from searchidx import Index  # not imported for `--help`: it imports the search engine

    started = time.monotonic()
    with Index.open_for_repair(index) as opened:
        with ProgressBar("rebuilding", quiet=quiet, unit=" documents") as bar:
            with_lock_wait(lambda wait: opened.rebuild(engine=engine, wait=wait, on_progress=bar), wait=wait)
        stats = opened.stats()
    if not quiet:
        seconds = time.monotonic() - started
        summary = f"{stats.documents:,} documents rebuilt with the engine {stats.engine} ({seconds:.1f} s)"
        click.echo(summary, err=True)
