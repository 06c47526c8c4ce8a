"""`searchidx query`: which documents answer these words?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import click

from searchidx.cli.errors import DONE, NONE_FOUND
from searchidx.cli.messages import LANGUAGES, Messages
from searchidx.cli.options import (
    color_option,
    index_option,
    language_option,
    quiet_option,
    subcommand,
)
from searchidx.model import LEVELS, SORTS, Level, Results, Sort

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
    from searchidx.index import Index  # noqa: PLC0415 - `--help` need not wait for the engine

    level: Level = given["level"]
    sort: Sort = given["sort"]
    with Index.open(index) as opened:
        results = opened.search(query, level=level, page=given["page"], per_page=given["limit"], sort=sort)
    if form:
        _print_json(results, form)
    else:
        _print_page(results, LANGUAGES[given["lang"]], given["color"], quiet)
    return DONE if results.hits else NONE_FOUND


def _print_json(results: Results, form: str) -> None:
    from searchidx.as_json import hit_json, results_json  # noqa: PLC0415 - only JSON needs it
    from searchidx.cli.json_output import to_json  # noqa: PLC0415

    values = [results_json(results)] if form == "json" else map(hit_json, results.hits)
    for value in values:
        click.echo(to_json(value))


def _print_page(results: Results, words: Messages, color: str, quiet: bool) -> None:
    from searchidx.cli.rendering import Page, footer, results_lines, warning_lines  # noqa: PLC0415
    from searchidx.cli.terminal import palette, terminal_width  # noqa: PLC0415

    page = Page(terminal_width(), palette(color), words)
    if not quiet:
        for warning in results.warnings:
            _tell("\n".join(warning_lines(results.query, warning, page)))
        for notice in _notices(results, words):
            _tell(notice)
    if results.hits:
        click.echo("\n".join(results_lines(results, page)), color=page.looks.color)
    if results.hits and not quiet:
        _tell("\n" + footer(results, words))


def _notices(results: Results, words: Messages) -> list[str]:
    """What a reader must know before the results, or instead of them."""
    told = [words.expansion(expansion) for expansion in results.expansions]
    if results.corrected_query:
        told.append(words.did_you_mean.format(query=results.corrected_query))
    if not results.query.strip():
        told.append(words.empty)
    elif not results.total:
        told.append(words.nothing.format(query=results.query))
        if results.interpreted and results.interpreted != results.query.lower():
            told.append(words.searched.format(interpreted=results.interpreted))
    elif not results.hits:
        told.append(
            words.beyond.format(page=results.page, last_page=results.last_page, results=words.count(results))
        )
    elif results.match == "any":
        told.append(words.any_word)
    return told


def _tell(text: str) -> None:
    from searchidx.cli.terminal import harmless  # noqa: PLC0415

    click.echo("\n".join(harmless(line) for line in text.split("\n")), err=True)
