"""`searchidx completion`: how does a shell learn to complete our commands and options?"""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from searchidx.cli.options import subcommand

_VARIABLE = "_SEARCHIDX_COMPLETE"  # which click looks for


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
    made = get_completion_class(shell)
    assert made is not None  # click knows all three
    click.echo(made(ctx.find_root().command, {}, "searchidx", _VARIABLE).source())
