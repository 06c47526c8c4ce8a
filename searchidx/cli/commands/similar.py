"""`searchidx similar`: which documents are on the same matter as this one?"""

from __future__ import annotations

import click

from searchidx.cli.options import color_option, index_option, language_option, quiet_option, subcommand
from searchidx.cli.output.results import tell_results


@subcommand(
    "similar",
    "searchidx similar 001_b6d178efe64e1b6c.txt",
    "searchidx similar 001_b6d178efe64e1b6c.txt -n 3 --json",
    codes="0 found, 1 nothing found, 2 an error",
)
@click.argument("name", metavar="DOC")
@click.option("-n", "--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="How many.")
@click.option("--json", "form", flag_value="json", help="As one JSON object, like a query's.")
@click.option("--jsonl", "form", flag_value="jsonl", help="One document a line, as JSON.")
@color_option
@language_option
@quiet_option
@index_option
def command(index: str, name: str, limit: int, form: str | None, color: str, lang: str, quiet: bool) -> int:
    """Print the documents that share the telling words of a document, most alike first.

    DOC is the id that `searchidx query` prints with each result.
    """
    from searchidx import Index  # `--help` need not wait for the engine

    with Index.open(index) as opened:
        results = opened.similar(name, limit=limit)
    return tell_results(results, form, color=color, lang=lang, quiet=quiet)
