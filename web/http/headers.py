"""Response headers: the security policy of every response, and CORS for the pages of other sites."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Response, request

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # other sites do not learn the query
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

_CORS_METHODS = "GET, HEAD, OPTIONS"
_CORS_REQUEST_HEADERS = "Accept, Accept-Language, Content-Type, If-None-Match"
_CORS_EXPOSED_HEADERS = "ETag, Retry-After"
_CORS_MAX_AGE = "86400"  # seconds that a browser may keep the response to a preflight; browsers set shorter limits


def add_security_headers(response: Response) -> Response:
    """The response with the security headers; a header that a view has set itself stays.

    A response with status 304 gets none: the client would replace what the view had set on the first response.
    """
    if response.status_code == 304:
        return response
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    return response


def cors_policy(origins: Sequence[str]) -> Callable[[Response], Response]:
    """A function that lets the pages of these origins read a response, problem documents too."""
    allowed = frozenset(origins)

    def add_cors_headers(response: Response) -> Response:
        if not allowed:
            return response
        response.vary.add("Origin")
        origin = request.headers.get("Origin", "")
        if origin in allowed:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Expose-Headers"] = _CORS_EXPOSED_HEADERS
            if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
                response.headers["Access-Control-Allow-Methods"] = _CORS_METHODS
                response.headers["Access-Control-Allow-Headers"] = _CORS_REQUEST_HEADERS
                response.headers["Access-Control-Max-Age"] = _CORS_MAX_AGE
        return response

    return add_cors_headers
