"""`searchidx suggest`: how may what is being typed go on?"""

from __future__ import annotations

from dataclasses import asdict

import click

from searchidx.cli.errors import DONE, NONE_FOUND
from searchidx.cli.options import index_option, subcommand


@subcommand(
    "suggest",
    "searchidx suggest kaz",
    "searchidx suggest tierras ra",
    "searchidx suggest tok -n 3 --json",
    codes="0 found, 1 nothing found, 2 an error",
)
@click.argument("words", metavar="TEXT...", nargs=-1, required=True)
@click.option("-n", "--limit", type=click.IntRange(1, 100), default=8, show_default=True, help="How many.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object, with counts.")
@index_option
def command(index: str, words: tuple[str, ...], limit: int, as_json: bool) -> int:
    """Print completions of the last word of TEXT, then titles; each finds something when it is searched."""
    from searchidx import Index  # `--help` need not wait for the engine

    with Index.open(index) as opened:
        completions = opened.suggest(" ".join(words), limit=limit)
    if as_json:
        from searchidx.cli.output.json import to_json  # only JSON needs it

        click.echo(to_json({"suggestions": [asdict(each) for each in completions]}))
    else:
        from searchidx.cli.output.terminal import harmless

        for each in completions:
            click.echo(harmless(each.text))
    return DONE if completions else NONE_FOUND
