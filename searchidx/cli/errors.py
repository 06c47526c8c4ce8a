"""What becomes of an error? One line for the user and an exit code, here and nowhere else.

0    hits were found, or the work is done
1    nothing was found
2    an error
130  interrupted
"""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import click

from searchidx import (
    EngineError,
    EngineMissingError,
    EngineUnavailableError,
    IndexLockedError,
    IndexStateError,
    QueryError,
    Remedy,
    SearchidxError,
    WatchError,
)
from searchidx.cli.options import DEBUG
from searchidx.cli.output.terminal import harmless

DONE, NONE_FOUND, FAILED, INTERRUPTED = 0, 1, 2, 130

_OPTIONS = {"page": "--page", "per_page": "--limit"}
"""A search's parameter → the option that sets it."""


_REMEDIES = {
    Remedy.CREATE: "Make one with: searchidx index --index {path} FOLDER",
    Remedy.REBUILD: "Rebuild it from the store: searchidx check --repair --index {folder}",
    Remedy.UPGRADE: "It is of an older version; upgrade it with: searchidx rebuild --index {folder}",
    Remedy.REINDEX: "Delete the index and index the folders again.",
    Remedy.CHECK_DISK: "If the disk is full or the folder cannot be written, mend that; if the file is damaged, "
    "delete the index and index the folders again.",
    Remedy.CHOOSE_ANOTHER_FOLDER: "Choose an empty or a new folder with --index.",
    Remedy.CHOOSE_WRITABLE_FOLDER: "Choose a folder that can be written with --index.",
    Remedy.GIVE_LOCAL_FOLDER: "Give a folder, for example --index index/.",
}
"""What makes an index location usable → what to type; `{path}` is the error's path, `{folder}` the index's."""


class CommandError(SearchidxError):
    """Something that only the command line can get wrong."""


def answering(command: Callable[[], object]) -> int:
    """Run a command line; its exit code, after its error, if any, was told on stderr."""
    _speak_any_language()
    result: object = DONE
    try:
        with reader_may_leave():
            result = command()
            sys.stdout.flush()
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return FAILED
    except Exception as error:  # the last stop: no traceback reaches a user
        tell_error(error)
        return FAILED
    return result if isinstance(result, int) else DONE


def tell_error(error: Exception) -> None:
    """Say on stderr what went wrong."""
    click.echo(f"Error: {harmless(_message(error))}", err=True)


def _message(error: Exception) -> str:
    match error:
        case QueryError(parameter=parameter, reason=reason) if parameter in _OPTIONS:
            return f"{_OPTIONS[parameter]}: {reason}"
        case IndexStateError(path=path, remedy=remedy):
            return f"{error}. {_REMEDIES[remedy].format(path=path, folder=Path(path).parent)}"
        case WatchError():
            return f"{error}; try --poll"
        case IndexLockedError():
            return f"{error}; try again later or use --wait"
        case EngineMissingError(package=str(package)):
            return f"{error}; install it with: pip install {package}"
        case EngineError() if not isinstance(error, EngineMissingError | EngineUnavailableError):
            return f"{error}; rebuild: searchidx check --repair"
        case SearchidxError():
            return str(error)
        case OSError(strerror=str(reason)):
            return f"{os.fsdecode(error.filename)}: {reason}" if error.filename else reason
        case MemoryError():
            return "there is not enough memory"
        case _:
            kind = type(error).__name__
            return f"searchidx has failed ({kind}: {error}). This is a bug; --debug shows where."


@contextmanager
def with_traceback(ctx: click.Context) -> Iterator[None]:
    """With `--debug`, print the traceback of what leaves."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception:
        if ctx.meta.get(DEBUG):
            click.echo(traceback.format_exc(), err=True, nl=False)
        raise


def _speak_any_language() -> None:
    """A character that the output cannot encode is written as its number instead of stopping the command."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


@contextmanager
def reader_may_leave() -> Iterator[None]:
    """Whoever reads our output, such as `head`, may have seen enough: no error, and nothing more is written.

    Inside click too, which would make an exit code of its own of it.
    """
    try:
        yield
    except BrokenPipeError:
        # What is still buffered goes nowhere, so that Python's last flush stays silent.
        with suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)
