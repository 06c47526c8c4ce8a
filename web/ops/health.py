"""What do machines ask the site beside searches? Whether it lives, and whether it is ready."""

from __future__ import annotations

from flask import Blueprint, Response

from searchidx import Index
from web.api.openapi import Endpoint
from web.api.responses import HealthAnswer
from web.problems import register_json_problems

SERVICE_ENDPOINTS = (
    Endpoint(
        "/health", "health", "As /health/ready.", answers={"application/json": HealthAnswer}, problems=(503,)
    ),
    Endpoint(
        "/health/live",
        "live",
        "Whether the server answers at all; says nothing of the index.",
        answers={"application/json": HealthAnswer},
        problems=(),
    ),
    Endpoint(
        "/health/ready",
        "ready",
        "Whether the index can be searched.",
        answers={"application/json": HealthAnswer},
        problems=(503,),
    ),
)

METRICS_ENDPOINT = Endpoint(
    "/metrics",
    "metrics",
    "Counts for Prometheus.",
    answers={"text/plain": None, "application/openmetrics-text": None},
    problems=(503,),
)


def service(index: Index) -> Blueprint:
    """`/health`, `/health/live` and `/health/ready`."""
    blueprint = Blueprint("searchidx_service", __name__)

    @blueprint.get("/health/live")
    def live() -> Response:
        return _fresh(HealthAnswer(status="ok"))

    @blueprint.get("/health")
    @blueprint.get("/health/ready")
    def ready() -> Response:
        documents, _ = index.counts()
        return _fresh(HealthAnswer(status="ok", documents=documents))

    register_json_problems(blueprint)
    return blueprint


def _fresh(answer: HealthAnswer) -> Response:
    response = answer.response()
    response.cache_control.no_store = True
    return response
