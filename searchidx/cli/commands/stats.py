"""`searchidx stats`: what does the index hold?"""

from __future__ import annotations

from collections.abc import Iterator

import click

from searchidx import IndexStats
from searchidx.cli.options import index_option, subcommand
from searchidx.cli.output.terminal import harmless


@subcommand("stats", "searchidx stats", "searchidx stats --json | jq .documents")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object; sizes in bytes.")
@index_option
def command(index: str, as_json: bool) -> None:
    """Say what the index holds.

    How many documents, from which folders, and how much room they take.
    """
    from searchidx import Index  # `--help` need not wait for the engine

    with Index.open(index) as opened:
        stats = opened.stats()
    if as_json:
        from searchidx.cli.output.json import to_json  # only JSON needs it

        click.echo(to_json(_json(stats)))
    else:
        for line in _lines(stats):
            click.echo(harmless(line))


def _json(stats: IndexStats) -> dict[str, object]:
    return {
        "location": str(stats.location),
        "documents": stats.documents,
        "paragraphs": stats.paragraphs,
        "forms": stats.forms,
        "engine": stats.engine,
        "generation": stats.generation,
        "bytes": stats.bytes,
        "folders": [str(folder) for folder in stats.folders],
    }


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


def human_size(size: float) -> str:
    """A number of bytes as people say it, in powers of 1000."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" or size >= 100 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:,.1f} TB"
