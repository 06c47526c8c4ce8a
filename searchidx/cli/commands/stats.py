"""`searchidx stats`: print what the index holds."""

from __future__ import annotations

from collections.abc import Iterator

import click

from searchidx import IndexStats, terminal_text
from searchidx.cli.options import index_option, open_index, subcommand
from searchidx.cli.output.terminal import human_size, to_json


@subcommand("stats", "searchidx stats", "searchidx stats --json | jq .documents")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object; sizes in bytes.")
@index_option
def command(index: str, as_json: bool) -> None:
    """Say what the index holds.

    How many documents, from which folders, and how much room they take.
    """
    with open_index(index) as opened:
        stats = opened.stats()
    if as_json:
        from searchidx import stats_json  # only --json needs it

        folders = [str(folder) for folder in stats.folders]
        click.echo(to_json({"location": str(stats.location), **stats_json(stats), "folders": folders}))
    else:
        for line in _lines(stats):
            click.echo(terminal_text(line))


def _lines(stats: IndexStats) -> Iterator[str]:
    facts = {
        "index": str(stats.location),
        "documents": f"{stats.documents:,}",
        "paragraphs": f"{stats.paragraphs:,}",
        "forms": f"{stats.forms:,}",
        "engine": f"{stats.engine}, generation {stats.generation}",
        "size": human_size(stats.bytes),
    }
    for name, value in facts.items():
        yield f"{name:<12}{value}"
    for number, folder in enumerate(stats.folders or ("none yet",)):
        yield f"{'' if number else 'folders':<12}{folder}"
