"""How is the server doing? Counted for Prometheus at `/metrics`."""

from __future__ import annotations

import os
import time

from flask import Flask, Response, g, request
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, multiprocess
from prometheus_client.exposition import choose_encoder

from searchidx import Index

_STARTED = "searchidx_started"
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
_MULTIPROCESS = "PROMETHEUS_MULTIPROC_DIR"  # where the processes of one server share their counts


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
        held = index.counts()
        documents.set(held[0])
        paragraphs.set(held[1])
        encode, kind = choose_encoder(request.headers.get("Accept", ""))
        return Response(encode(_collected(registry)), content_type=kind)

    app.add_url_rule("/metrics", "metrics", metrics)


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
        # Only names that we gave: an address or a method of a stranger's making would be a new series each.
        endpoint = request.endpoint or "none"
        method = request.method if request.method in ("GET", "HEAD", "OPTIONS") else "other"
        requests.labels(endpoint, method, str(response.status_code)).inc()
        if (started := g.get(_STARTED)) is not None:
            seconds.labels(endpoint).observe(time.perf_counter() - started)
        return response


def _collected(registry: CollectorRegistry) -> CollectorRegistry:
    """What this process counted, or under gunicorn what all of its processes did."""
    if _MULTIPROCESS not in os.environ:
        return registry
    shared = CollectorRegistry()
    multiprocess.MultiProcessCollector(shared)  # type: ignore[no-untyped-call]
    return shared
