"""How does a search leave the site? As a feed, as a file, and into a browser's own search box."""

from __future__ import annotations

from flask import Blueprint

from searchidx import Index
from web.export.feed import (
    FEED_ENDPOINT,
    add_feed,
)
from web.export.files import (
    EXPORT_ENDPOINT,
    add_export,
)
from web.export.opensearch_description import (
    OPENSEARCH_ENDPOINTS,
    add_opensearch,
)
from web.http.etags import answer_from_version
from web.problems import register_json_problems

OUTSIDE_ENDPOINTS = (FEED_ENDPOINT, EXPORT_ENDPOINT, *OPENSEARCH_ENDPOINTS)


def outside(index: Index, deadline: float | None) -> Blueprint:
    """`/feed`, `/export`, `/opensearch.xml` and `/suggestions`; `deadline` in seconds."""
    blueprint = Blueprint("searchidx_outside", __name__)
    add_feed(blueprint, index)
    add_export(blueprint, index, deadline)
    add_opensearch(blueprint, index)
    answer_from_version(blueprint, index, {"feed", "suggestions"})
    register_json_problems(blueprint)  # those who ask here are programs
    return blueprint
