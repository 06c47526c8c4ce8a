"""When is an answer still the newest one? As long as the index, the question and the day are the same."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path

from flask import Blueprint, Flask, Response, g, request

from searchidx import Index, __version__

_PACKAGE = Path(__file__).parents[1]

_TAG = "searchidx_tag"
_DIGITS = 24


def answer_from_version(
    part: Flask | Blueprint, index: Index, names: Collection[str], language: Callable[[], str] = lambda: ""
) -> None:
    """Answer the named views of a part of a site with an ETag, and those who have it already with status 304.

    The tag is made before the search: an answer may be newer than its tag says, never older. It is a weak one, for
    the time that a search took differs.
    """

    @part.before_request
    def not_modified() -> Response | None:
        if (request.endpoint or "").rpartition(".")[2] not in names:
            return None
        tag = _tag(index.version(), language())
        setattr(g, _TAG, tag)
        return Response(status=304) if tag in request.if_none_match.as_set(include_weak=True) else None

    @part.after_request
    def tell(response: Response) -> Response:
        tag = g.pop(_TAG, None)
        if tag and response.status_code in (200, 304):
            response.set_etag(tag, weak=True)
            response.cache_control.no_cache = True  # to be asked about each time; it costs no search
        return response


@cache
def _release() -> str:
    """Another text when what makes answers was changed: the files of this package, templates and messages too."""
    files = sorted(path for path in _PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc")
    return repr([__version__, *((str(path), path.stat().st_mtime_ns) for path in files)])


def _tag(version: str, language: str) -> str:
    # Where dates are asked for in words, tomorrow's answer is another.
    parts = (version, _release(), request.url, language, dt.date.today().isoformat())  # noqa: DTZ011 - local, as dates are
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
