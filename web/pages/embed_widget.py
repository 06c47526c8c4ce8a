"""The embed widget: the script of the search box, the page that shows its use, and the policy of the frame."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, current_app, render_template, request, url_for

from searchidx import FACETS
from web.http.headers import CONTENT_SECURITY_POLICY
from web.urls import FRAME_VIEW, api_root, frame_href, site_root

_SCRIPT_MAX_AGE = 3600  # seconds that a browser may keep the script, whose address has no version

FRAME_ORIGINS = "FRAME_ORIGINS"
"""Key of `Flask.config` for the origins that may show the search in a frame."""


def add_embed_views(blueprint: Blueprint) -> None:
    """Give a blueprint `/embed.js`, the page `/embed`, and the security policy of its page for frames."""

    @blueprint.get("/embed.js")
    def embed_script() -> Response:
        response = current_app.send_static_file("embed.js")
        response.cache_control.no_cache = None
        response.cache_control.public = True
        response.cache_control.max_age = _SCRIPT_MAX_AGE
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    @blueprint.get("/embed")
    def embed() -> str:
        return render_template(
            "embed.html",
            query="",
            facets=FACETS,
            script_url=url_for(".embed_script", _external=True),
            api_url=api_root(external=True),
            site_url=site_root(),
            frame_url=url_for(FRAME_VIEW, _external=True),
            frame_href=frame_href(),
        )

    @blueprint.after_request
    def allow_frames(response: Response) -> Response:
        if request.endpoint == FRAME_VIEW and response.status_code != 304:
            response.headers["Content-Security-Policy"] = _frame_policy()
        return response


def _frame_policy() -> str:
    """The policy of a page that this site and the origins of the settings may show in a frame."""
    origins: Sequence[str] = current_app.config.get(FRAME_ORIGINS, ())
    ancestors = " ".join(("'self'", *origins))
    return CONTENT_SECURITY_POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {ancestors}")
