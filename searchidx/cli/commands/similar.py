"""`searchidx similar`: print the documents that are most like a document."""

from __future__ import annotations

import click

from searchidx.cli.options import OutputOptions, index_option, open_index, output_options, subcommand
from searchidx.cli.output.results import print_results


@subcommand(
    "similar",
    "searchidx similar 001_b6d178efe64e1b6c.txt",
    "searchidx similar 001_b6d178efe64e1b6c.txt -n 3 --json",
    codes="0 found, 1 nothing found, 2 an error",
)
@click.argument("name", metavar="DOC")
@click.option("-n", "--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="How many.")
@output_options("As one JSON object, like a query's.", "One document a line, as JSON.")
@index_option
def command(index: str, name: str, limit: int, output: OutputOptions) -> int:
    """Print the documents that share the distinctive words of a document, most alike first.

    DOC is the id that `searchidx query` prints with each result.
    """
    with open_index(index) as opened:
        results = opened.similar(name, limit=limit)
    return print_results(results, output)
