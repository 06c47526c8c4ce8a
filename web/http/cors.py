"""Whose pages may read the answers? Those of the origins that the configuration names, and no others (CORS)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Response, request

_METHODS = "GET, HEAD, OPTIONS"
_HEADERS = "Accept, Accept-Language, Content-Type, If-None-Match"
_EXPOSED = "ETag, Retry-After"
_ONE_DAY = "86400"  # seconds that a browser remembers a preflight; it may have its own, shorter opinion


def share(origins: Sequence[str]) -> Callable[[Response], Response]:
    """What lets the pages of these origins read an answer, problem documents too."""
    allowed = frozenset(origins)

    def allow(response: Response) -> Response:
        if not allowed:
            return response
        response.vary.add("Origin")
        origin = request.headers.get("Origin", "")
        if origin in allowed:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = _EXPOSED
            if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
                response.headers["Access-Control-Allow-Methods"] = _METHODS
                response.headers["Access-Control-Allow-Headers"] = _HEADERS
                response.headers["Access-Control-Max-Age"] = _ONE_DAY
        return response

    return allow
