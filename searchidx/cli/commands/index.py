"""`searchidx index`: bring the index up to date with folders, once or until a signal comes (`--watch`)."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from searchidx import CorpusError, IndexStateError, Remedy, SyncReport
from searchidx.cli.errors import DONE, FAILED, CommandError, print_error
from searchidx.cli.long_runs import ProgressBar, with_lock_wait
from searchidx.cli.options import engine_option, index_option, quiet_option, subcommand, wait_option
from searchidx.cli.output.sync_summary import FolderReport, print_sync_summary

if TYPE_CHECKING:
    from searchidx import Index


@dataclass(frozen=True, slots=True)
class _Arguments:
    """The command line of `searchidx index`."""

    index: str
    paths: tuple[str, ...]
    forget: tuple[str, ...]
    strict: bool
    watch: bool
    poll: bool
    engine: str | None
    wait: bool
    quiet: bool

    def check(self) -> None:
        """Raise CommandError for options that exclude each other."""
        if self.watch and (self.forget or self.strict):
            raise CommandError("--watch goes neither with --forget nor with --strict")
        if self.poll and not self.watch:
            raise CommandError("--poll says how to watch; give --watch too")


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
    help="With --watch: look at the files every second. For network drives, whose changes no system reports.",
)
@engine_option
@wait_option
@quiet_option
@index_option
def command(**options: Any) -> int:
    """Add folders or files to the index.

    New documents are added, changed ones updated, and those that are gone removed: the index says what the
    folders say. Without PATH, all folders that were indexed before. The index is made when there is none.

    A file that cannot be read is named and skipped. It is safe to interrupt: what was written stays, and the
    next run goes on.

    Reads .txt, .md, .html, .jsonl, .csv and .tsv.
    """
    arguments = _Arguments(**options)
    arguments.check()
    return _watch(arguments) if arguments.watch else _run_once(arguments)


def _run_once(arguments: _Arguments) -> int:
    """Remove the folders to forget, then sync the named or known ones; the exit code."""
    started = time.monotonic()
    with _open_or_create(arguments, wait=arguments.wait) as index:
        forget = partial(_forget, index, wait=arguments.wait)
        reports = [_report(folder, forget) for folder in arguments.forget]
        sync = partial(_sync, index, wait=arguments.wait, quiet=arguments.quiet)
        reports += [_report(folder, sync) for folder in arguments.paths or _known_folders(index, arguments.forget)]
    done = [each for each in reports if each is not None]
    print_sync_summary(done, seconds=time.monotonic() - started, quiet=arguments.quiet)
    is_failure = None in reports or (arguments.strict and any(each.report.skipped for each in done))
    return FAILED if is_failure else DONE


def _watch(arguments: _Arguments) -> int:
    """Sync the folders whenever they change; the exit code."""
    from searchidx.cli.watch_loop import run_watch_loop  # only --watch needs it

    with _open_or_create(arguments, wait=True) as index:
        folders = arguments.paths or _known_folders(index, ())
        sync = partial(_sync, index, wait=False, quiet=arguments.quiet)
        return run_watch_loop(folders, sync, poll=arguments.poll, quiet=arguments.quiet)


def _open_or_create(arguments: _Arguments, *, wait: bool) -> Index:
    """The index; when it does not exist, it is made only if one of the paths exists."""
    from searchidx import Index  # not imported for `--help`: it imports the search engine

    paths = arguments.paths
    if not any(Path(path).expanduser().exists() for path in paths):
        try:
            Index.open(arguments.index).close()
        except IndexStateError as error:
            if paths:
                raise CommandError(f"{paths[0]}: there is no such file or folder") from error
            if error.remedy is not Remedy.UPGRADE:  # opening the index for writing upgrades it
                raise
    return with_lock_wait(
        lambda wait: Index.create(arguments.index, engine=arguments.engine, wait=wait), wait=wait
    )


def _known_folders(index: Index, forget: Sequence[str]) -> Sequence[str]:
    """The folders that were indexed before; none when the command only forgets folders."""
    folders = [str(folder) for folder in index.folders()]
    if not (folders or forget):
        raise CommandError("the index knows no folder yet; name one: searchidx index FOLDER")
    return [] if forget else folders


def _report(folder: str, change: Callable[[str], SyncReport]) -> FolderReport | None:
    """What `change` did to the folder; None, after the error is printed, when the folder cannot be read."""
    try:
        return FolderReport(folder, change(folder))
    except CorpusError as error:
        print_error(error)
        return None


def _forget(index: Index, folder: str, *, wait: bool) -> SyncReport:
    return with_lock_wait(lambda wait: index.forget(folder, wait=wait), wait=wait)


def _sync(index: Index, folder: str, *, wait: bool, quiet: bool) -> SyncReport:
    try:
        with ProgressBar(Path(folder).name or folder, quiet=quiet) as bar:
            return with_lock_wait(lambda wait: index.sync(folder, wait=wait, on_progress=bar), wait=wait)
    except KeyboardInterrupt as error:
        click.echo("\nInterrupted. What was written stays; the next run goes on from there.", err=True)
        raise click.Abort from error
