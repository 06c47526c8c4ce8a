"""What stands before the application? Proxies that are believed, and the path under which it is mounted."""

from __future__ import annotations

from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.middleware.proxy_fix import ProxyFix

from web.settings import Settings


def put_behind(app: Flask, settings: Settings) -> None:
    """Let the application live under its prefix, and take client, scheme, host and prefix from so many proxies."""
    if settings.url_prefix:
        app.wsgi_app = DispatcherMiddleware(NotFound(), {settings.url_prefix: app.wsgi_app})  # type: ignore[method-assign]
    if settings.proxies:
        count = settings.proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count, x_host=count, x_prefix=count
        )
