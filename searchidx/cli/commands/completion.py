"""`searchidx completion`: print the script with which a shell completes commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from searchidx.cli.options import subcommand

_VARIABLE = "_SEARCHIDX_COMPLETE"  # the environment variable that click reads


@subcommand(
    "completion",
    'eval "$(searchidx completion bash)"     # in ~/.bashrc',
    'eval "$(searchidx completion zsh)"      # in ~/.zshrc',
    "searchidx completion fish | source     # in ~/.config/fish/config.fish",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print what a shell needs to complete words.

    That is commands, options and paths, with the Tab key.
    """
    completion_class = get_completion_class(shell)
    assert completion_class is not None  # click has one for each choice
    click.echo(completion_class(ctx.find_root().command, {}, "searchidx", _VARIABLE).source())
