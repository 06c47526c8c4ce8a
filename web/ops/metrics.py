"""Counts and times of requests for Prometheus, at `/metrics`."""

from __future__ import annotations

import os
import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, multiprocess
from prometheus_client.exposition import choose_encoder

from searchidx import Index
from web.api.openapi import Endpoint

METRICS_ENDPOINT = Endpoint(
    "/metrics",
    "metrics",
    "Counts for Prometheus.",
    responses={"text/plain": None, "application/openmetrics-text": None},
    problems=(503,),
)

_STARTED = "searchidx_started"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
_MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"  # names the folder where the processes of one server share their counts


def add_metrics(app: Flask, index: Index) -> None:
    """Count the requests of an application, and give it `/metrics`."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    _count_requests(app, registry)
    documents = Gauge(
        "searchidx_documents", "Documents in the index.", registry=registry, multiprocess_mode="mostrecent"
    )
    paragraphs = Gauge(
        "searchidx_paragraphs", "Paragraphs in the index.", registry=registry, multiprocess_mode="mostrecent"
    )

    def metrics() -> Response:
        document_count, paragraph_count = index.counts()
        documents.set(document_count)
        paragraphs.set(paragraph_count)
        encode, kind = choose_encoder(request.headers.get("Accept", ""))
        return Response(encode(_merged(registry)), content_type=kind)

    app.add_url_rule(METRICS_ENDPOINT.path, METRICS_ENDPOINT.name, metrics)


def _count_requests(app: Flask, registry: CollectorRegistry) -> None:
    requests = Counter(
        "searchidx_requests",
        "Requests answered.",
        ("endpoint", "method", "status"),
        registry=registry,
    )
    seconds = Histogram(
        "searchidx_request_seconds",
        "Time from a request's arrival to its answer.",
        ("endpoint",),
        registry=registry,
        buckets=_BUCKETS,
    )

    @app.before_request
    def begin() -> None:
        setattr(g, _STARTED, time.perf_counter())

    @app.after_request
    def count(response: Response) -> Response:
        # Only names from this code: each address or method that a client makes up would be a new series.
        endpoint = request.endpoint or "none"
        method = request.method if request.method in ("GET", "HEAD", "OPTIONS") else "other"
        requests.labels(endpoint, method, str(response.status_code)).inc()
        if (started := g.get(_STARTED)) is not None:
            seconds.labels(endpoint).observe(time.perf_counter() - started)
        return response


def _merged(registry: CollectorRegistry) -> CollectorRegistry:
    """The counts of this process, or under gunicorn those of all its processes."""
    if _MULTIPROCESS not in os.environ:
        return registry
    shared = CollectorRegistry()
    multiprocess.MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    return shared
