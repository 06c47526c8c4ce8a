"""The root command: the list of subcommands, and the way from their result to the exit code.

A subcommand's module is imported when the subcommand is called, so that `query` does not wait for `serve`.
"""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from searchidx import __version__
from searchidx.cli.errors import exit_code_of, ignore_broken_pipe, print_traceback
from searchidx.cli.options import CONTEXT_SETTINGS, DEFAULT_INDEX, INDEX_VARIABLE, debug_option, examples

_MODULES = {
    name: f"searchidx.cli.commands.{name}"
    for name in (
        "index",
        "query",
        "show",
        "similar",
        "suggest",
        "stats",
        "rebuild",
        "check",
        "bench",
        "eval",
        "serve",
        "completion",
    )
}
"""Name of a subcommand → the module that defines it as `command`, in the order of `--help`."""


class Root(click.Group):
    """The group of all subcommands; `main` turns the result of one into the exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in the order of `--help`."""
        return list(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand of this name, imported now."""
        if cmd_name not in _MODULES:
            return None
        command: click.Command = importlib.import_module(_MODULES[cmd_name]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does it, but an unknown name is answered with the list of known names."""
        if args[0] not in _MODULES and not args[0].startswith("-"):
            ctx.fail(f"No such command {args[0]!r}. The commands are: {', '.join(_MODULES)}.")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen subcommand; its return value is the exit code."""
        with print_traceback(ctx), ignore_broken_pipe():
            return super().invoke(ctx)

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = "searchidx", *_: Any, **extra: Any
    ) -> NoReturn:
        """Run the command line and exit the process."""
        extra["standalone_mode"] = False
        code = exit_code_of(lambda: super(Root, self).main(args, prog_name, **extra))
        gc.freeze()  # nothing is collected at the exit, see `searchidx.cli`
        sys.exit(code)


@click.group(
    "searchidx",
    cls=Root,
    context_settings=CONTEXT_SETTINGS,
    epilog=examples(
        "searchidx index seeds/",
        "searchidx query reunión en el Kremlin",
        "searchidx query --json 'Trump Y Lukoil' | jq '.hits[].id'",
        "searchidx serve",
    )
    + "\n\nExit codes: 0 found or done, 1 nothing found, 2 an error, 130 interrupted.",
)
@click.option(
    "--index",
    metavar="LOCATION",
    envvar=INDEX_VARIABLE,
    default=DEFAULT_INDEX,
    help=f"Where the index is; also after the command.  [env: {INDEX_VARIABLE}; default: {DEFAULT_INDEX}]",
)
@debug_option
@click.version_option(__version__, message="%(prog)s %(version)s")
def main(index: str) -> None:
    """Full-text search for a folder of documents, Spanish first.

    Index a folder once, then search it: from here, from the web page (searchidx serve) or from a program (--json).
    """
