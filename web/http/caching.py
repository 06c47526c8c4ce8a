"""HTTP caching: ETags that follow the index, and versioned addresses of style sheets and scripts."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, g, request, url_for

from searchidx import Index, __version__

_PACKAGE = Path(__file__).parents[1]
_TAG = "searchidx_etag"  # in flask.g
_TAG_DIGITS = 24
_ONE_YEAR = 31_536_000  # seconds
_VERSION_DIGITS = 8


def add_etags(
    part: Flask | Blueprint, index: Index, views: Collection[str], language: Callable[[], str] = lambda: ""
) -> None:
    """Give the responses of the named views an ETag, and answer a request that has it already with status 304.

    The tag is made before the search: a response may be newer than its tag says, never older. It is a weak one,
    because the time that a search takes differs. `language` gives the language of the response.
    """

    @part.before_request
    def respond_not_modified() -> Response | None:
        if (request.endpoint or "").rpartition(".")[2] not in views:
            return None
        tag = _etag(index.version(), language())
        setattr(g, _TAG, tag)
        return Response(status=304) if tag in request.if_none_match.as_set(include_weak=True) else None

    @part.after_request
    def set_etag(response: Response) -> Response:
        tag = g.pop(_TAG, None)
        if tag and response.status_code in (200, 304):
            response.set_etag(tag, weak=True)
            response.cache_control.no_cache = True  # clients ask each time; that costs no search
        return response


def _etag(version: str, language: str) -> str:
    # Dates may be searched in words (*ayer*): the same address finds other documents tomorrow.
    today = dt.date.today().isoformat()  # noqa: DTZ011 - local, as dates are
    parts = (version, _release(), request.url, language, today)
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_TAG_DIGITS]


@cache
def _release() -> str:
    """A text that changes with the files of this package: code, templates and translations."""
    files = sorted(path for path in _PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return repr([__version__, *((str(path), path.stat().st_mtime_ns) for path in files)])


def add_versioned_assets(app: Flask) -> None:
    """Give templates `static_url(name)`, an address with the file's version, and let browsers keep the file.

    What has a versioned address never changes. A file without one (a module that another imports) is requested
    again each time.
    """
    versions = {path.name: _file_version(path) for path in sorted(Path(app.static_folder or "").iterdir())}

    def static_url(name: str) -> str:
        return url_for("static", filename=name, v=versions[name])

    app.jinja_env.globals["static_url"] = static_url
    app.after_request(_keep_versioned)


def _file_version(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:_VERSION_DIGITS]


def _keep_versioned(response: Response) -> Response:
    if request.endpoint == "static" and "v" in request.args and response.status_code in (200, 304):
        response.cache_control.no_cache = None
        response.cache_control.public = response.cache_control.immutable = True
        response.cache_control.max_age = _ONE_YEAR
    return response
