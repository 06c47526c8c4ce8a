"""Which commands are there? Each is imported when it is asked for, so that `query` does not wait for `serve`."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

from searchidx import __version__
from searchidx.cli.errors import answering, reader_may_leave, with_traceback
from searchidx.cli.options import CONTEXT_SETTINGS, DEFAULT_INDEX, INDEX_VARIABLE, debug_option, examples

_COMMANDS = {
    "index": "searchidx.cli.commands.index",
    "query": "searchidx.cli.commands.query",
    "show": "searchidx.cli.commands.show",
    "similar": "searchidx.cli.commands.similar",
    "suggest": "searchidx.cli.commands.suggest",
    "stats": "searchidx.cli.commands.stats",
    "rebuild": "searchidx.cli.commands.rebuild",
    "check": "searchidx.cli.commands.check",
    "bench": "searchidx.cli.commands.bench",
    "serve": "searchidx.cli.commands.serve",
    "completion": "searchidx.cli.commands.completion",
}
"""Name → the module whose `command` it is, in the order in which a new user meets them."""


class Root(click.Group):
    """The commands, and the one way out of all of them: `answering` makes the exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, as `--help` lists them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name."""
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = importlib.import_module(_COMMANDS[cmd_name]).command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's, but a wrong name is answered with the right ones."""
        if args[0] not in _COMMANDS and not args[0].startswith("-"):
            ctx.fail(f"No such command {args[0]!r}. The commands are: {', '.join(_COMMANDS)}.")
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command; its return value is the exit code."""
        with with_traceback(ctx), reader_may_leave():
            return super().invoke(ctx)

    def main(
        self, args: Sequence[str] | None = None, prog_name: str | None = "searchidx", *_: Any, **extra: Any
    ) -> NoReturn:
        """Run the command line and exit."""
        extra["standalone_mode"] = False
        code = answering(lambda: super(Root, self).main(args, prog_name, **extra))
        gc.freeze()  # see `searchidx.cli`
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

    Index a folder once, then ask: from here, from the web page (searchidx serve) or from a program (--json).
    """
