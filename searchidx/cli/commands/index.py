"""`searchidx index`: make the index say what the folders say."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from searchidx import CorpusError, IndexStateError, Remedy, SyncReport
from searchidx.cli.errors import DONE, FAILED, CommandError, tell_error
from searchidx.cli.lock_wait import patiently
from searchidx.cli.options import engine_option, index_option, quiet_option, subcommand, wait_option
from searchidx.cli.output.progress import ProgressBar
from searchidx.cli.output.sync_summary import (
    Tally,
    tell,
)

if TYPE_CHECKING:
    from searchidx import Index


@subcommand(
    "index",
    "searchidx index seeds/",
    "searchidx index                     # again, all folders that it knows",
    "searchidx index noticias/ archivo.jsonl --index /srv/index",
    "searchidx index --forget noticias/  # remove all that came from there",
    "searchidx index --watch noticias/   # and again whenever something changes there",
    codes="0 done, 2 an error (with --strict also a file that cannot be read), 130 interrupted",
)
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path())
@click.option(
    "--forget", multiple=True, metavar="PATH", type=click.Path(), help="Remove all that came from this folder."
)
@click.option("--strict", is_flag=True, help="Fail (exit code 2) if a file cannot be read.")
@click.option("--watch", is_flag=True, help="Go on: follow the folders until Ctrl-C.")
@click.option(
    "--poll",
    is_flag=True,
    help="With --watch: look at the files every second. For network drives, whose changes no system tells.",
)
@engine_option
@wait_option
@quiet_option
@index_option
def command(index: str, paths: tuple[str, ...], engine: str | None, wait: bool, quiet: bool, **given: Any) -> int:
    """Add folders or files to the index.

    New documents are added, changed ones updated, and those that are gone removed: the index says what the
    folders say. Without PATH, all folders that were indexed before. The index is made when there is none.

    A file that cannot be read is named and skipped. It is safe to interrupt: what was written stays, and the
    next run goes on.

    Reads .txt, .md, .html, .jsonl, .csv and .tsv.
    """
    forget: tuple[str, ...] = given["forget"]
    if given["watch"]:
        if forget or given["strict"]:
            raise CommandError("--watch goes neither with --forget nor with --strict")
        return _watch(index, paths, engine, poll=given["poll"], quiet=quiet)
    if given["poll"]:
        raise CommandError("--poll says how to watch; give --watch too")
    started = time.monotonic()
    tally = Tally()
    with _opened(index, paths, engine, wait) as opened:
        for path in forget:
            _do(tally, path, partial(_forget, opened, path, wait=wait))
        for path in paths or _known(opened, forget):
            _do(tally, path, partial(_sync, opened, path, wait=wait, quiet=quiet))
    tell(tally, seconds=time.monotonic() - started, quiet=quiet)
    return FAILED if tally.failed or (given["strict"] and tally.skipped) else DONE


def _watch(index: str, paths: Sequence[str], engine: str | None, *, poll: bool, quiet: bool) -> int:
    """Follow folders until somebody stops it."""
    from searchidx.cli.watch_loop import follow  # only whoever follows pays for it

    with _opened(index, paths, engine, wait=True) as opened:
        known = paths or _known(opened, ())
        return follow(known, partial(_sync, opened, wait=False, quiet=quiet), poll=poll, quiet=quiet)


def _opened(location: str, paths: Sequence[str], engine: str | None, wait: bool) -> Index:
    """The index, made only if there is something to put into it."""
    from searchidx import Index  # `--help` need not wait for the engine

    if not any(Path(path).expanduser().exists() for path in paths):
        try:
            Index.open(location).close()
        except IndexStateError as error:
            if paths:
                raise CommandError(f"{paths[0]}: there is no such file or folder") from error
            if error.remedy is not Remedy.UPGRADE:  # opening the index for writing upgrades it
                raise
    return patiently(lambda wait: Index.create(location, engine=engine, wait=wait), wait=wait)


def _known(index: Index, forget: Sequence[str]) -> Sequence[str]:
    folders = [str(folder) for folder in index.folders()]
    if not (folders or forget):
        raise CommandError("the index knows no folder yet; name one: searchidx index FOLDER")
    return [] if forget else folders


def _do(tally: Tally, path: str, change: Callable[[], SyncReport]) -> None:
    """Do one folder; one that is not there is told and does not keep the others waiting."""
    try:
        tally.add(path, change())
    except CorpusError as error:
        tell_error(error)
        tally.failed = True


def _forget(index: Index, path: str, *, wait: bool) -> SyncReport:
    return patiently(lambda wait: index.forget(path, wait=wait), wait=wait)


def _sync(index: Index, path: str, *, wait: bool, quiet: bool) -> SyncReport:
    try:
        with ProgressBar(Path(path).name or path, quiet=quiet) as bar:
            return patiently(lambda wait: index.sync(path, wait=wait, on_progress=bar), wait=wait)
    except KeyboardInterrupt as error:
        click.echo("\nInterrupted. What was written stays; the next run goes on from there.", err=True)
        raise click.Abort from error
