"""Options that several commands share, and the decorator that makes a subcommand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

if TYPE_CHECKING:
    from searchidx import Index

CONTEXT_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

INDEX_VARIABLE = "SEARCHIDX_INDEX"
DEFAULT_INDEX = "index"

DEBUG = "searchidx.debug"
"""Key in the context's `meta`; its value is true with `--debug`."""

CommandFunction = Callable[..., Any]

Color = Literal["auto", "always", "never"]
Language = Literal["es", "en"]
JsonFormat = Literal["json", "jsonl"]


@dataclass(frozen=True, slots=True)
class OutputOptions:
    """How results are printed."""

    json_format: JsonFormat | None  # None: as text for a person
    color: Color
    language: Language  # of counts, notices and warnings
    quiet: bool  # without notices and counts


def examples(*lines: str) -> str:
    """The epilog of a `--help` page: one example a line, not wrapped."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def subcommand(
    name: str, *lines: str, cls: type[click.Command] = click.Command, codes: str = "0 done, 2 an error"
) -> Callable[[CommandFunction], click.Command]:
    """A decorator that makes a command of a function; the function returns the exit code, or None for 0.

    `lines` are examples for `--help`, `codes` lists the exit codes. The command gets `--debug` and `-h`.
    """

    def decorate(function: CommandFunction) -> click.Command:
        epilog = f"{examples(*lines)}\n\nExit codes: {codes}."
        command = click.command(name, cls=cls, context_settings=CONTEXT_SETTINGS, epilog=epilog)(function)
        debug_option(command)
        return command

    return decorate


def open_index(location: str, synonyms_file: Path | None = None) -> Index:
    """The index at this location; with a file of synonyms, they replace the built-in ones."""
    from searchidx import Index  # not imported for `--help`: it imports the search engine

    return Index.open(location, synonyms=synonyms_file)


def _index_location(ctx: click.Context, _: click.Parameter, value: str | None) -> str:
    """The `--index` after the command; else the one before it, of the environment, or the default."""
    return value or str(ctx.find_root().params["index"])


def index_option(function: CommandFunction) -> CommandFunction:
    """`--index LOCATION`, passed to the command as `index`."""
    return click.option(
        "--index",
        metavar="LOCATION",
        type=click.Path(),
        callback=_index_location,
        help=f"The folder of the index.  [env: {INDEX_VARIABLE}; default: {DEFAULT_INDEX}]",
    )(function)


def _set_debug(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta[DEBUG] = True


def debug_option(function: CommandFunction) -> CommandFunction:
    """`--debug`, which every command has."""
    return click.option(
        "--debug",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_set_debug,
        help="Show where an error comes from.",
    )(function)


def wait_option(function: CommandFunction) -> CommandFunction:
    """`--wait`, for commands that write."""
    return click.option(
        "--wait", is_flag=True, help="While another process writes, wait for it instead of giving up."
    )(function)


def quiet_option(function: CommandFunction) -> CommandFunction:
    """`--quiet`: print the result and errors only."""
    return click.option(
        "-q", "--quiet", is_flag=True, help="No progress, notices or summary; errors are still printed."
    )(function)


def engine_option(function: CommandFunction) -> CommandFunction:
    """`--engine NAME`. The names are written here because reading them from the registry would import it."""
    return click.option(
        "--engine",
        type=click.Choice(["auto", "whoosh", "tantivy"]),
        help="What keeps and searches the words: whoosh is for small corpora, tantivy for large ones, auto is "
        "whichever fits the size. Without it an index keeps its choice; a new one has auto.",
    )(function)


def color_option(function: CommandFunction) -> CommandFunction:
    """`--color WHEN`."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colour the matches: auto does on a terminal, unless NO_COLOR is set (FORCE_COLOR turns it on "
        "elsewhere too). Without colour, matches stand between ‹ and ›.",
    )(function)


def language_option(function: CommandFunction) -> CommandFunction:
    """`--lang es|en`: the language of messages about results."""
    return click.option(
        "--lang",
        type=click.Choice(["es", "en"]),
        envvar="SEARCHIDX_LANG",
        default="es",
        help="Language of counts, notices and warnings.  [env: SEARCHIDX_LANG; default: es]",
    )(function)


def output_options(json_help: str, jsonl_help: str) -> Callable[[CommandFunction], CommandFunction]:
    """The options of commands that print results, passed to the command as one `OutputOptions` named `output`."""

    def decorate(function: CommandFunction) -> CommandFunction:
        @wraps(function)
        def with_output(
            *, form: JsonFormat | None, color: Color, lang: Language, quiet: bool, **parameters: Any
        ) -> Any:
            return function(output=OutputOptions(form, color, lang, quiet), **parameters)

        options = (
            click.option("--json", "form", flag_value="json", help=json_help),
            click.option("--jsonl", "form", flag_value="jsonl", help=jsonl_help),
            color_option,
            language_option,
            quiet_option,
        )
        decorated: CommandFunction = with_output
        for option in reversed(options):
            decorated = option(decorated)
        return decorated

    return decorate


def synonyms_option(function: CommandFunction) -> CommandFunction:
    """`--synonyms-file PATH`, passed to the command as `synonyms_file`."""
    return click.option(
        "--synonyms-file",
        type=click.Path(path_type=Path),
        envvar="SEARCHIDX_SYNONYMS",
        help="Your own groups of names for the same thing, one a line, separated by =.  [env: SEARCHIDX_SYNONYMS]",
    )(function)
