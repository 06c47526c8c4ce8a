"""The command `searchidx`: what a person types, and what a script reads."""

from searchidx.cli.root import main

__all__ = ["main"]
