"""`searchidx serve`: the search page and the JSON API, until somebody stops them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from searchidx.cli.errors import CommandError
from searchidx.cli.options import index_option, open_index, quiet_option, subcommand, synonyms_option
from searchidx.cli.stopping import Stopping

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@subcommand(
    "serve",
    "searchidx serve                           # http://127.0.0.1:8000",
    "searchidx serve --port 0                  # any free port; it is printed",
    "searchidx serve --host 0.0.0.0 --port 80  # for the whole network",
    "curl 'http://127.0.0.1:8000/api/v1/search?q=gas'",
    codes="0 stopped by SIGTERM, 2 an error, 130 stopped by Ctrl-C",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 for a free one."
)
@synonyms_option
@quiet_option
@index_option
def command(index: str, host: str, port: int, quiet: bool, synonyms_file: Path | None) -> int:
    """Serve the search page and the JSON API.

    Until Ctrl-C. The index may change meanwhile: searches see it at once.
    """
    from web import create_app  # noqa: PLC0415 - the one command that serves pages

    with open_index(index, synonyms_file) as opened:
        opened.folders()  # an index that cannot be read is told now, not to the first visitor
        server = _server(create_app(opened), host, port)
        if not quiet:
            _tell_where(server, host)
        with Stopping() as stopping:
            server.run()  # returns when a signal has raised: waitress then closes its connections
    return stopping.code


def _server(app: Any, host: str, port: int) -> Any:
    from waitress import create_server  # noqa: PLC0415 - the one command that serves pages

    try:
        return create_server(app, host=host, port=port)
    except OSError as error:
        reason = error.strerror or str(error)
        remedy = "Choose another with --port, or --port 0 for a free one."
        raise CommandError(f"cannot listen on {host} port {port}: {reason}. {remedy}") from error
    except ValueError as error:
        raise CommandError(f"{host!r} is no address that this machine can listen on") from error


def _tell_where(server: Any, host: str) -> None:
    found = getattr(server, "effective_listen", None) or [(server.effective_host, server.effective_port)]
    for address, port in found:
        shown = f"[{address}]" if ":" in address else address
        click.echo(f"Serving on http://{shown}:{port}/  (Ctrl-C stops it)", err=True)
    if host not in _LOOPBACK:
        click.echo("Anybody who can reach this machine can search the index.", err=True)
