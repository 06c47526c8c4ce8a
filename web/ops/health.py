"""Health checks for load balancers and supervisors: whether the server lives, whether it can search."""

from __future__ import annotations

from typing import NotRequired

from flask import Blueprint, Response
from typing_extensions import TypedDict

from searchidx import Index
from web.api.openapi import Endpoint
from web.http.json_responses import JSON_TYPE, json_response, register_json_problems


class HealthJson(TypedDict):
    """Whether requests can be answered."""

    status: str
    documents: NotRequired[int]
    """Only where the index was read."""


_HEALTH = {JSON_TYPE: HealthJson}
_ALIAS = Endpoint("/health", "health", "As /health/ready.", responses=_HEALTH, problems=(503,))
_LIVE = Endpoint(
    "/health/live", "live", "Whether the server runs; says nothing of the index.", responses=_HEALTH, problems=()
)
_READY = Endpoint(
    "/health/ready", "ready", "Whether the index can be searched.", responses=_HEALTH, problems=(503,)
)

SERVICE_ENDPOINTS = (_ALIAS, _LIVE, _READY)


def health_views(index: Index) -> Blueprint:
    """`/health`, `/health/live` and `/health/ready`."""
    blueprint = Blueprint("searchidx_service", __name__)

    @blueprint.get(_LIVE.path)
    def live() -> Response:
        return _uncached({"status": "ok"})

    @blueprint.get(_ALIAS.path)
    @blueprint.get(_READY.path)
    def ready() -> Response:
        documents, _ = index.counts()
        return _uncached({"status": "ok", "documents": documents})

    register_json_problems(blueprint)
    return blueprint


def _uncached(payload: HealthJson) -> Response:
    response = json_response(payload)
    response.cache_control.no_store = True
    return response
