"""`searchidx query`: which documents answer these words?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import click

from searchidx import LEVELS, SORTS, Level, Sort
from searchidx.cli.options import (
    color_option,
    index_option,
    language_option,
    open_index,
    quiet_option,
    subcommand,
    synonyms_option,
)
from searchidx.cli.output.results import tell_results

_NOT_AN_OPTION = re.compile(r"-(?!-)(?!n\d+\Z)..*", re.DOTALL)
_WORD = "\0"  # before an argument that is a word although it begins with a dash; no argument can hold it


class QueryCommand(click.Command):
    """A command whose words may begin with a dash: `-EFE` excludes EFE, and is no cluster of options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """As click's, once the words are told from the options."""
        return super().parse_args(ctx, self._marked(ctx, args))

    def _marked(self, ctx: click.Context, args: Sequence[str]) -> list[str]:
        options = [each for each in self.get_params(ctx) if isinstance(each, click.Option)]
        names = {name for option in options for name in option.opts}
        with_value = {name for option in options if not option.is_flag for name in option.opts}
        marked: list[str] = []
        for index, arg in enumerate(args):
            if arg == "--":
                return marked + list(args[index:])
            is_value = index > 0 and args[index - 1] in with_value
            is_word = not is_value and arg not in names and _NOT_AN_OPTION.fullmatch(arg)
            marked.append(_WORD + arg if is_word else arg)
        return marked


def _typed(_: click.Context, __: click.Parameter, words: Sequence[str]) -> str:
    """The query as it was typed."""
    return " ".join(word.removeprefix(_WORD) for word in words)


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
@click.argument("query", metavar="WORDS...", nargs=-1, required=True, callback=_typed)
@click.option("-n", "--limit", type=int, default=10, show_default=True, help="Results on a page, up to 100.")
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
@synonyms_option
@click.option("--explain", is_flag=True, help="Say how the query was understood and what gave each score.")
@click.option("--json", "form", flag_value="json", help="The whole answer as one JSON object.")
@click.option("--jsonl", "form", flag_value="jsonl", help="One result a line, as JSON.")
@color_option
@language_option
@quiet_option
@index_option
def command(index: str, query: str, form: str | None, quiet: bool, **given: Any) -> int:
    """Search, and print the best answers first.

    WORDS are searched as they come to searchidx, joined by spaces. The shell takes quotes away, so put an exact
    phrase into a second pair: '"tierras raras"'. A word with a dash before it is left out of the results: -EFE;
    only -h, -n and -q are options, and after -- nothing is.

    Results go to the standard output; counts, notices and warnings to the standard error.
    """
    level: Level = given["level"]
    sort: Sort = given["sort"]
    with open_index(index, given["synonyms_file"]) as opened:
        results = opened.search(
            query,
            level=level,
            page=given["page"],
            per_page=given["limit"],
            sort=sort,
            variants=given["variants"],
            synonyms=given["synonyms"],
            explain=given["explain"],
        )
    return tell_results(results, form, color=given["color"], lang=given["lang"], quiet=quiet)
