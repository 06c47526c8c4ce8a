"""How does the search come into somebody else's page? As an element, as a plain form, or in a frame."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, current_app, render_template, request

from web.http.security_headers import CONTENT_SECURITY_POLICY
from web.urls import (
    FRAME_ENDPOINT,
    absolute_url,
    frame_href,
)

_SHORT = 3600  # seconds that a browser may keep the script, whose address never changes

FRAME_PATH = "/frame"

FRAME_ORIGINS = "CORS_ORIGINS"
"""The setting with the origins that may show the search in a frame: those that may read the endpoint."""


def add_embedding(blueprint: Blueprint) -> None:
    """Give a blueprint `/embed.js`, the page that shows how it is used, and the policy of its page for frames."""

    @blueprint.get("/embed.js")
    def script() -> Response:
        response = current_app.send_static_file("embed.js")
        response.cache_control.no_cache = None
        response.cache_control.public = True
        response.cache_control.max_age = _SHORT
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    @blueprint.get("/embed")
    def embed() -> str:
        return render_template(
            "embed.html", query="", root=absolute_url(""), frame_path=FRAME_PATH, frame_href=frame_href()
        )

    @blueprint.after_request
    def let_frame(response: Response) -> Response:
        if request.endpoint == FRAME_ENDPOINT and response.status_code != 304:
            response.headers["Content-Security-Policy"] = _frame_policy()
        return response


def _frame_policy() -> str:
    """Of a page that the origins of the settings, and this site itself, may show in a frame."""
    origins: Sequence[str] = current_app.config.get(FRAME_ORIGINS, ())
    ancestors = " ".join(("'self'", *origins))
    return CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {ancestors}")
