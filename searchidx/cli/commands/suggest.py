"""`searchidx suggest`: print completions of what is being typed."""

from __future__ import annotations

import click

from searchidx import terminal_text
from searchidx.cli.errors import DONE, NONE_FOUND
from searchidx.cli.options import index_option, open_index, subcommand
from searchidx.cli.output.terminal import to_json


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
    with open_index(index) as opened:
        completions = opened.suggest(" ".join(words), limit=limit)
    if as_json:
        from searchidx import suggestions_json  # only --json needs it

        click.echo(to_json(suggestions_json(completions)))
    else:
        for completion in completions:
            click.echo(terminal_text(completion.text))
    return DONE if completions else NONE_FOUND
