"""`searchidx check`: is everything in the index as it was written, and if not, can it be mended?"""

from __future__ import annotations

from collections.abc import Sequence

import click

from searchidx.cli.errors import DONE, FAILED
from searchidx.cli.lock_wait import patiently
from searchidx.cli.options import index_option, quiet_option, subcommand, wait_option
from searchidx.cli.output.terminal import harmless


@subcommand(
    "check",
    "searchidx check",
    "searchidx check --repair --index /srv/index",
    codes="0 all is well or was mended, 2 something is wrong",
)
@click.option("--repair", is_flag=True, help="Build the engine and the lexicon anew from the stored documents.")
@wait_option
@quiet_option
@index_option
def command(index: str, repair: bool, wait: bool, quiet: bool) -> int:
    """Look for damage in the index, and mend it.

    Reads every file of the index and prints what is wrong, one problem a line; nothing is changed.

    With --repair, what can be built from the stored documents is built anew, without opening the damaged files.
    Documents that are themselves damaged are read from their files by the next `searchidx index`.
    """
    from searchidx import Index  # `--help` need not wait for the engine

    with Index.open_damaged(index) as opened:
        act = opened.repair if repair else opened.check
        found = patiently(lambda wait: act(wait=wait), wait=wait).problems
        left = patiently(lambda wait: opened.check(wait=wait), wait=wait).problems if repair else found
    _tell([problem for problem in found if problem not in left], "mended: ")
    _tell(left, "still: " if repair else "")
    if not quiet:
        click.echo(_verdict(found, left, repair), err=True)
    return FAILED if left else DONE


def _tell(problems: Sequence[str], label: str) -> None:
    for problem in problems:
        click.echo(harmless(f"{label}{problem}"))


def _verdict(found: Sequence[str], left: Sequence[str], repair: bool) -> str:
    if left and repair:
        return "Not everything could be mended from the store. Run `searchidx index` now, then check again."
    if left:
        return f"{len(left)} found. To mend what can be mended: searchidx check --repair"
    if repair:
        return f"Built anew from the store. {len(found) or 'Nothing'} was wrong; all is well now."
    return "All is well."
