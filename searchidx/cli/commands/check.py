"""`searchidx check`: find damage in the index, and repair it with `--repair`."""

from __future__ import annotations

from collections.abc import Sequence

import click

from searchidx import terminal_text
from searchidx.cli.errors import DONE, FAILED
from searchidx.cli.long_runs import with_lock_wait
from searchidx.cli.options import index_option, quiet_option, subcommand, wait_option


@subcommand(
    "check",
    "searchidx check",
    "searchidx check --repair --index /srv/index",
    codes="0 all is well or was repaired, 2 something is wrong",
)
@click.option("--repair", is_flag=True, help="Build the engine and the lexicon anew from the stored documents.")
@wait_option
@quiet_option
@index_option
def command(index: str, repair: bool, wait: bool, quiet: bool) -> int:
    """Look for damage in the index, and repair it.

    Reads every file of the index and prints what is wrong, one problem a line; nothing is changed.

    With --repair, what can be built from the stored documents is built anew, without opening the damaged files.
    Documents that are themselves damaged are read from their files by the next `searchidx index`.
    """
    from searchidx import Index  # not imported for `--help`: it imports the search engine

    with Index.open_for_repair(index) as opened:
        check_or_repair = opened.repair if repair else opened.check
        problems = remaining = with_lock_wait(lambda wait: check_or_repair(wait=wait), wait=wait).problems
        if repair:
            remaining = with_lock_wait(lambda wait: opened.check(wait=wait), wait=wait).problems
    _print_problems([problem for problem in problems if problem not in remaining], "repaired: ")
    _print_problems(remaining, "still: " if repair else "")
    if not quiet:
        click.echo(terminal_text(_verdict(index, problems, remaining, repair)), err=True)
    return FAILED if remaining else DONE


def _print_problems(problems: Sequence[str], label: str) -> None:
    for problem in problems:
        click.echo(terminal_text(f"{label}{problem}"))


def _verdict(index: str, problems: Sequence[str], remaining: Sequence[str], repair: bool) -> str:
    if remaining and repair:
        again = f"searchidx index --index {index}"
        return f"Not everything could be repaired from the store. Run `{again}` now, then check again."
    if remaining:
        return f"{len(remaining)} found. To repair what can be repaired: searchidx check --repair --index {index}"
    if repair:
        return f"Built anew from the store. {len(problems) or 'Nothing'} was wrong; all is well now."
    return "All is well."
