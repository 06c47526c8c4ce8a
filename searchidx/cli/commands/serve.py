"""`searchidx serve`: serve the search page and the JSON API until a signal comes."""

from __future__ import annotations

import logging
import os
import signal
import sys
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from searchidx.cli.errors import DONE, INTERRUPTED
from searchidx.cli.graceful_server import GracefulServer
from searchidx.cli.options import INDEX_VARIABLE, open_index, quiet_option, subcommand

if TYPE_CHECKING:
    from web.settings import Settings

_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@subcommand(
    "serve",
    "searchidx serve                           # http://127.0.0.1:8000",
    "searchidx serve --port 0                  # any free port; it is printed",
    "searchidx serve --host 0.0.0.0 --port 80  # for the whole network",
    "searchidx serve --cors-origin https://example.org  # whose pages may embed the search",
    "searchidx serve --config searchidx.toml",
    "curl 'http://127.0.0.1:8000/api/v1/search?q=gas'",
    codes="0 stopped by SIGTERM, 2 an error, 130 stopped by Ctrl-C",
)
@click.option("--host", metavar="ADDRESS", help="The address to listen on.  [default: 127.0.0.1]")
@click.option("--port", metavar="NUMBER", help="The port; 0 for a free one.  [default: 8000]")
@click.option(
    "--cors-origin",
    "cors_origins",
    metavar="ORIGIN",
    multiple=True,
    help="Whose pages may read the JSON API, such as https://example.org; may be repeated.",
)
@click.option("--threads", metavar="NUMBER", help="Requests worked on at once.  [default: 8]")
@click.option("--deadline", metavar="SECONDS", help="Longer searches are given up; 0: none.  [default: 10]")
@click.option("--shutdown-timeout", metavar="SECONDS", help="For requests under way at the end.  [default: 30]")
@click.option("--patience", hidden=True)  # the former name of --shutdown-timeout
@click.option("--url-prefix", metavar="PATH", help="Before every address, such as /buscar.")
@click.option("--proxies", metavar="NUMBER", help="Proxies before this server that are believed.  [default: 0]")
@click.option(
    "--config",
    type=click.Path(),
    metavar="FILE",
    help="Settings in TOML, named as the options are, with _ for -. The environment (SEARCHIDX_PORT …) overrides "
    "them, an option both.  [env: SEARCHIDX_CONFIG]",
)
@click.option(
    "--synonyms-file",
    metavar="PATH",
    help="Your own groups of names for the same thing, one a line, separated by =.  [env: SEARCHIDX_SYNONYMS]",
)
@quiet_option
@click.option("--index", metavar="LOCATION", help=f"The index's folder.  [env: {INDEX_VARIABLE}; default: index]")
@click.pass_context
def command(ctx: click.Context, /, quiet: bool, config: str | None, **options: Any) -> int:
    """Serve the search page and the JSON API.

    Until Ctrl-C. The index may change meanwhile: searches see it at once. One line a request goes to standard
    error, unless --quiet.
    """
    from web import create_app  # only `serve` needs the web application
    from web.http.access_log import logged
    from web.settings import read_settings

    settings = read_settings(_typed_options(ctx, options), os.environ, config)
    with open_index(settings.index, settings.synonyms_file) as index:
        index.folders()  # an index that cannot be read is an error now, not at the first request
        app: Any = create_app(index, settings)
        if settings.access_log and not quiet:
            _log_to_stderr()
            app = logged(app)
        server = GracefulServer(
            app,
            host=settings.host,
            port=settings.port,
            threads=settings.threads,
            trusts_proxies=settings.proxies > 0,
        )
        server.run(settings.shutdown_timeout, lambda: None if quiet else _print_addresses(server, settings))
    return INTERRUPTED if server.stopped_by == signal.SIGINT else DONE


def _typed_options(ctx: click.Context, options: dict[str, Any]) -> dict[str, object]:
    """The options that were typed, without defaults; `--index` may stand before the command too."""
    typed = {name: value for name, value in options.items() if value not in (None, ())}
    root = ctx.find_root()
    if "index" not in typed and root.get_parameter_source("index") is ParameterSource.COMMANDLINE:
        typed["index"] = root.params["index"]
    return typed


def _log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    logger = logging.getLogger("searchidx.access")
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    logger.propagate = False


def _print_addresses(server: GracefulServer, settings: Settings) -> None:
    """Print the URLs, and a warning when other machines can reach them."""
    for address, port in server.addresses:
        host = f"[{address}]" if ":" in address else address  # IPv6
        click.echo(f"Serving on http://{host}:{port}{settings.url_prefix}/  (Ctrl-C stops it)", err=True)
    if settings.host not in _LOOPBACK:
        click.echo("Anybody who can reach this machine can search the index.", err=True)
