"""Which headers keep a page from doing what a document or another site would like it to do?"""

from __future__ import annotations

from flask import Response

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # a query is nobody else's business
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def protect(response: Response) -> Response:
    """The answer with the security headers; one that a view has set itself stays.

    What is not modified keeps those that came with it: new ones would take the place of what its view had set.
    """
    if response.status_code == 304:
        return response
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
