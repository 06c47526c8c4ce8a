"""Error messages and exit codes of the command line.

Exit codes:

0    hits were found, or the work is done
1    nothing was found
2    an error
130  interrupted

The library's errors state facts. `advice_for` adds the command that helps.
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
    WorkerError,
    terminal_text,
)
from searchidx.cli.options import DEBUG

DONE, NONE_FOUND, FAILED, INTERRUPTED = 0, 1, 2, 130

_OPTION_OF_PARAMETER = {"page": "--page", "per_page": "--limit"}
"""Field of `SearchOptions` → the command line option that sets it."""

_REMEDIES = {
    Remedy.CREATE: "Make one with: searchidx index --index {path} FOLDER",
    Remedy.REBUILD: "Rebuild it from the store: searchidx check --repair --index {folder}",
    Remedy.UPGRADE: "It is of an older version; upgrade it with: searchidx rebuild --index {folder}",
    Remedy.REINDEX: "Delete the index and index the folders again.",
    Remedy.CHECK_DISK: "If the disk is full or the folder cannot be written, correct that; if the file is "
    "damaged, delete the index and index the folders again.",
    Remedy.CHOOSE_ANOTHER_FOLDER: "Choose an empty or a new folder with --index.",
    Remedy.CHOOSE_WRITABLE_FOLDER: "Choose a folder that can be written with --index.",
    Remedy.GIVE_LOCAL_FOLDER: "Give a folder, for example --index index/.",
}
"""What makes an index location usable → what to type; `{path}` is the error's path, `{folder}` the index's."""


class CommandError(SearchidxError):
    """An error that exists only on the command line, such as options that exclude each other."""


def exit_code_of(command: Callable[[], object]) -> int:
    """The exit code of a command line, after it has run; its error, if any, is printed on stderr.

    `command` returns the exit code, or None for 0.
    """
    _replace_unencodable_characters()
    result: object = DONE
    try:
        with ignore_broken_pipe():
            result = command()
            sys.stdout.flush()
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return FAILED
    except Exception as error:  # no traceback reaches a user
        print_error(error)
        return FAILED
    return result if isinstance(result, int) else DONE


def print_error(error: Exception) -> None:
    """Print the message of an error on stderr, in one line, with advice."""
    message, advice = _message(error), advice_for(error)
    if advice is not None:
        # A remedy is a sentence of its own.
        message += f". {advice}" if isinstance(error, IndexStateError) else f"; {advice}"
    click.echo(f"Error: {terminal_text(message)}", err=True)


def advice_for(error: Exception) -> str | None:
    """What a user can type to get on after this error; None when no command helps."""
    match error:
        case IndexStateError(path=path, remedy=remedy):
            return _REMEDIES[remedy].format(path=path, folder=Path(path).parent)
        case IndexLockedError():
            return "try again later or use --wait"
        case WatchError():
            return "try --poll"
        case WorkerError():
            return "was there not enough memory? What was written stays; the next run goes on from there"
        case EngineMissingError(package=package):
            return f"install it with: pip install {package}" if package else None
        case EngineUnavailableError():
            return None  # a rebuild does not help
        case EngineError():
            return "rebuild: searchidx check --repair"
    return None


def _message(error: Exception) -> str:
    match error:
        case QueryError(parameter=parameter, reason=reason) if parameter in _OPTION_OF_PARAMETER:
            return f"{_OPTION_OF_PARAMETER[parameter]}: {reason}"
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
def print_traceback(ctx: click.Context) -> Iterator[None]:
    """With `--debug`, print the traceback of every error that leaves the context."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception:
        if ctx.meta.get(DEBUG):
            click.echo(traceback.format_exc(), err=True, nl=False)
        raise


def _replace_unencodable_characters() -> None:
    """Write a character that stdout cannot encode as its number instead of failing."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


@contextmanager
def ignore_broken_pipe() -> Iterator[None]:
    """End quietly when the reader of stdout, such as `head`, has closed the pipe.

    It is used inside click too, because click turns a broken pipe into an exit code of its own.
    """
    try:
        yield
    except BrokenPipeError:
        # Send what is still buffered to the null device, so that Python's last flush raises nothing.
        with suppress(OSError, ValueError):
            null_device = os.open(os.devnull, os.O_WRONLY)
            os.dup2(null_device, sys.stdout.fileno())
            os.close(null_device)
