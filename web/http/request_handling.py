"""What happens to a request before its view: the prefix, proxy headers, raw bytes in the query, the time limit."""

from __future__ import annotations

from contextlib import ExitStack
from urllib.parse import quote

from flask import Blueprint, Flask, g, request
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from searchidx import time_limit

_QUERY_CHARACTERS = "!$&'()*+,/:;=?@%"  # that may stand in a query string besides letters, digits and -._~
_LIMIT = "searchidx_time_limit"  # in flask.g


def apply_proxy_settings(app: Flask, url_prefix: str, proxies: int) -> None:
    """Serve the application below `url_prefix`; read client, scheme, host and prefix from so many trusted proxies.

    Without a prefix the application is served from the root; with 0 proxies no forwarded header is read.
    """
    if url_prefix:
        app.wsgi_app = DispatcherMiddleware(NotFound(), {url_prefix: app.wsgi_app})  # type: ignore[method-assign]
    if proxies:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies, x_prefix=proxies
        )


def encode_raw_query_strings(part: Flask | Blueprint) -> None:
    """Percent-encode bytes that stand raw in a query string: Werkzeug would read them as UTF-8 and fail."""

    @part.before_request
    def encode() -> None:
        request.query_string = quote(request.query_string, safe=_QUERY_CHARACTERS).encode("ascii")


def limit_time(part: Flask | Blueprint, seconds: float | None) -> None:
    """Stop searches of these views at their next check when so many seconds have passed; None sets no limit.

    The time of a request begins when it arrives. A step that is under way is not interrupted.
    """
    if seconds is None:
        return

    @part.before_request
    def begin() -> None:
        limit = g.setdefault(_LIMIT, ExitStack())
        limit.enter_context(time_limit(seconds))

    @part.teardown_request
    def end(_: BaseException | None) -> None:
        limit: ExitStack | None = g.pop(_LIMIT, None)
        if limit is not None:
            limit.close()
