"""How do style sheets and scripts reach a browser, and how long may it keep them?

An address with a version never changes what it holds. One without it (a module that another imports) is asked
about again each time.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, Response, request, url_for

_ONE_YEAR = 31_536_000  # seconds


def set_up_assets(app: Flask) -> None:
    """Give templates `static_url(name)`, and files their time to live."""
    versions = {path.name: _version(path) for path in sorted(Path(app.static_folder or "").iterdir())}

    def static_url(name: str) -> str:
        return url_for("static", filename=name, v=versions[name])

    app.jinja_env.globals["static_url"] = static_url
    app.after_request(_keep)


def _version(path: Path) -> str:
    """A few digits that change when the file does."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def _keep(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code in (200, 304):
        response.cache_control.no_cache = None
        response.cache_control.public = response.cache_control.immutable = True
        response.cache_control.max_age = _ONE_YEAR
    return response
