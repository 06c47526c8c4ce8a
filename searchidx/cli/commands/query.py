"""`searchidx query`: print the results of a search."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from searchidx import LEVELS, SORTS
from searchidx.cli.options import (
    OutputOptions,
    index_option,
    open_index,
    output_options,
    subcommand,
    synonyms_option,
)
from searchidx.cli.output.results import print_results

_WORD_WITH_DASH = re.compile(r"-(?!-)(?!n\d+\Z)..*", re.DOTALL)
_WORD_MARK = "\0"  # stands before a query word that begins with a dash; no argument can contain it


class QueryCommand(click.Command):
    """A command whose words may begin with a dash: `-EFE` excludes EFE and is not a group of short options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click does it, with query words kept apart from options."""
        return super().parse_args(ctx, self._mark_words(ctx, args))

    def _mark_words(self, ctx: click.Context, args: Sequence[str]) -> list[str]:
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        names = {name for option in options for name in option.opts}
        names_with_value = {name for option in options if not option.is_flag for name in option.opts}
        marked: list[str] = []
        for index, arg in enumerate(args):
            if arg == "--":
                return marked + list(args[index:])
            is_value = index > 0 and args[index - 1] in names_with_value
            is_word = not is_value and arg not in names and _WORD_WITH_DASH.fullmatch(arg)
            marked.append(_WORD_MARK + arg if is_word else arg)
        return marked


def _joined(_: click.Context, __: click.Parameter, words: Sequence[str]) -> str:
    """The query as it was typed."""
    return " ".join(word.removeprefix(_WORD_MARK) for word in words)


@subcommand(
    "query",
    "searchidx query reunión en el Kremlin",
    "searchidx query '\"tierras raras\"'            # this phrase",
    "searchidx query Trump Y Lukoil               # both; also O, NO and ( )",
    "searchidx query Rusia -EFE                   # without EFE",
    "searchidx query 'energ*' 'putin~'            # beginnings, and words one slip away",
    "searchidx query Tokayev --no-variants        # in this spelling only",
    "searchidx query fuente:EFE desde:2025-11-12  # by field and date",
    "searchidx query gas --level paragraph --sort -date -n 20",
    "searchidx query gas --json | jq -r '.hits[].title'",
    "searchidx query gas --jsonl -n 100 > hits.jsonl",
    cls=QueryCommand,
    codes="0 found, 1 nothing found, 2 an error",
)
@click.argument("query", metavar="WORDS...", nargs=-1, required=True, callback=_joined)
@click.option(
    "-n", "--limit", "per_page", type=int, default=10, show_default=True, help="Results on a page, up to 100."
)
@click.option("--page", type=int, default=1, show_default=True, help="Which page of the results.")
@click.option(
    "--level", type=click.Choice(LEVELS), default="document", show_default=True, help="What is searched for."
)
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    default="relevance",
    show_default=True,
    help="date: oldest first; -date: newest first.",
)
@click.option("--variants/--no-variants", default=True, help="Find other spellings of names too.")
@click.option("--synonyms/--no-synonyms", default=True, help="Find other names of the same thing too.")
@click.option(
    "--prefix-fallback",
    is_flag=True,
    help="When nothing has all the words, take the last one for the beginning of longer words too.",
)
@synonyms_option
@click.option("--explain", is_flag=True, help="Say how the query was understood and what gave each score.")
@output_options("All of the results as one JSON object.", "One result a line, as JSON.")
@index_option
def command(index: str, query: str, synonyms_file: Path | None, output: OutputOptions, **fields: Any) -> int:
    """Search, and print the best results first.

    WORDS are searched as they come to searchidx, joined by spaces. The shell takes quotes away, so put an exact
    phrase into a second pair: '"tierras raras"'. A word with a dash before it is left out of the results: -EFE;
    only -h, -n and -q are options, and after -- nothing is.

    Results go to the standard output; counts, notices and warnings to the standard error.
    """
    from searchidx import SearchOptions  # not imported for `--help`

    options = SearchOptions(**fields)  # the remaining parameters are named as its fields
    with open_index(index, synonyms_file) as opened:
        results = opened.search(query, options)
    return print_results(results, output)
