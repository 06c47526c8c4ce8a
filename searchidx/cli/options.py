"""What do all commands share? The index they work on, `--debug`, and how their help is laid out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from searchidx import Index

CONTEXT_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

INDEX_VARIABLE = "SEARCHIDX_INDEX"
DEFAULT_INDEX = "index"

DEBUG = "searchidx.debug"
"""The key in the context's `meta` under which `--debug` is remembered."""

Decorated = Callable[..., Any]


def examples(*lines: str) -> str:
    """An epilog of `--help` with one example a line, not wrapped."""
    return "\b\nExamples:\n" + "\n".join(f"  {line}" for line in lines)


def _location(ctx: click.Context, _: click.Parameter, value: str | None) -> str:
    """What was said after the command, else before it, else the environment's or the default."""
    return value or str(ctx.find_root().params["index"])


def index_option(function: Decorated) -> Decorated:
    """`--index LOCATION`, given to the command as `index`."""
    return click.option(
        "--index",
        metavar="LOCATION",
        type=click.Path(),
        callback=_location,
        help=f"The folder of the index.  [env: {INDEX_VARIABLE}; default: {DEFAULT_INDEX}]",
    )(function)


def _remember_debug(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        ctx.meta[DEBUG] = True


def debug_option(function: Decorated) -> Decorated:
    """`--debug`, which every command understands."""
    return click.option(
        "--debug",
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_remember_debug,
        help="Show where an error comes from.",
    )(function)


def wait_option(function: Decorated) -> Decorated:
    """`--wait`, for the commands that write."""
    return click.option(
        "--wait", is_flag=True, help="While another process writes, wait for it instead of giving up."
    )(function)


def quiet_option(function: Decorated) -> Decorated:
    """`--quiet`: only what was asked for, and what went wrong."""
    return click.option(
        "-q", "--quiet", is_flag=True, help="No progress, notices or summary; errors are still told."
    )(function)


def engine_option(function: Decorated) -> Decorated:
    """`--engine NAME`; the names are written out, for asking the registry would cost its import."""
    return click.option(
        "--engine",
        type=click.Choice(["auto", "whoosh", "tantivy"]),
        help="What keeps and searches the words: whoosh is for small corpora, tantivy for large ones, auto is "
        "whichever fits the size. Without it an index keeps its choice; a new one has auto.",
    )(function)


def color_option(function: Decorated) -> Decorated:
    """`--color WHEN`."""
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colour the matches: auto does on a terminal, unless NO_COLOR is set (FORCE_COLOR turns it on "
        "elsewhere too). Without colour, matches stand between ‹ and ›.",
    )(function)


def language_option(function: Decorated) -> Decorated:
    """`--lang es|en`: the language of what is said about results."""
    return click.option(
        "--lang",
        type=click.Choice(["es", "en"]),
        envvar="SEARCHIDX_LANG",
        default="es",
        help="Language of counts, notices and warnings.  [env: SEARCHIDX_LANG; default: es]",
    )(function)


def synonyms_option(function: Decorated) -> Decorated:
    """`--synonyms-file PATH`, given to the command as `synonyms_file`."""
    return click.option(
        "--synonyms-file",
        type=click.Path(path_type=Path),
        envvar="SEARCHIDX_SYNONYMS",
        help="Your own groups of names for the same thing, one a line, parted by =.  [env: SEARCHIDX_SYNONYMS]",
    )(function)


def open_index(location: str, synonyms_file: Path | None) -> Index:
    """The index, with the searcher's own synonyms if there are any."""
    from searchidx import Index  # `--help` need not wait for the engine

    return Index.open(location, synonyms=synonyms_file) if synonyms_file else Index.open(location)


def subcommand(
    name: str, *lines: str, cls: type[click.Command] = click.Command, codes: str = "0 done, 2 an error"
) -> Callable[[Decorated], click.Command]:
    """A command with its examples, exit codes, `--debug` and `-h`; its function returns the code, None for 0."""

    def decorate(function: Decorated) -> click.Command:
        epilog = f"{examples(*lines)}\n\nExit codes: {codes}."
        made = click.command(name, cls=cls, context_settings=CONTEXT_SETTINGS, epilog=epilog)(function)
        debug_option(made)
        return made

    return decorate
