"""Health checks and metrics."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from searchidx.index import Index
from web import create_app
from web.settings import Settings


@pytest.mark.parametrize("address", ["/health", "/health/ready"])
def test_ready_means_that_the_index_can_be_read(site: FlaskClient, address: str) -> None:
    response = site.get(address)

    assert response.get_json() == {"status": "ok", "documents": 5}
    assert response.headers["Cache-Control"] == "no-store"


def test_a_server_without_its_index_lives_but_is_not_ready(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        client = create_app(index).test_client()
        assert client.get("/health/ready").status_code == 200
        (tmp_path / "index" / "manifest.json").unlink()

        ready = client.get("/health/ready")
        assert (ready.status_code, ready.content_type) == (503, "application/problem+json")
        assert ready.get_json()["code"] == "index_not_ready"
        assert client.get("/health/live").get_json() == {"status": "ok"}


def metrics(client: FlaskClient, **headers: str) -> dict[str, float]:
    """Name with its labels → value."""
    lines = client.get("/metrics", headers=headers).text.splitlines()
    pairs = (line.rpartition(" ") for line in lines if not line.startswith("#"))
    return {name: float(value) for name, _, value in pairs}


def test_requests_are_counted_and_timed(site: FlaskClient) -> None:
    for address in ("/api/v1/search?q=gas", "/api/v1/search?q=Putin", "/api/v1/search", "/nada/1", "/nada/2"):
        site.get(address)
    counted = metrics(site)

    search = 'endpoint="searchidx_api.search"'
    assert counted[f'searchidx_requests_total{{{search},method="GET",status="200"}}'] == 2
    assert counted[f'searchidx_requests_total{{{search},method="GET",status="400"}}'] == 1
    assert counted['searchidx_requests_total{endpoint="none",method="GET",status="404"}'] == 2
    assert counted[f"searchidx_request_seconds_count{{{search}}}"] == 3
    assert (counted["searchidx_documents"], counted["searchidx_paragraphs"]) == (5, 52)
    assert counted["process_resident_memory_bytes"] > 0


def test_a_stranger_makes_no_new_series(site: FlaskClient) -> None:
    for method in ("BREW", "PROPFIND", "A" * 50):
        site.open("/nada", method=method)
    named = [name for name in metrics(site) if name.startswith("searchidx_requests_total")]

    assert named == ['searchidx_requests_total{endpoint="none",method="other",status="404"}']


def test_openmetrics_come_to_who_asks_for_them(site: FlaskClient) -> None:
    response = site.get("/metrics", headers={"Accept": "application/openmetrics-text; version=1.0.0"})

    assert response.content_type.startswith("application/openmetrics-text")
    assert response.text.endswith("# EOF\n")


def test_two_applications_count_each_for_itself(seeds: Index) -> None:
    first, second = (create_app(seeds).test_client() for _ in range(2))
    first.get("/?q=gas")

    assert not [name for name in metrics(second) if "searchidx_pages" in name]


def test_metrics_can_be_switched_off(seeds: Index) -> None:
    assert create_app(seeds, Settings(metrics=False)).test_client().get("/metrics").status_code == 404


def test_the_numbers_of_the_index_reveal_nothing_of_the_machine(site: FlaskClient, seeds: Index) -> None:
    response = site.get("/api/v1/stats")

    assert set(response.get_json()) == {"documents", "paragraphs", "forms", "engine", "generation", "bytes"}
    assert (response.get_json()["documents"], response.get_json()["paragraphs"]) == (5, 52)
    assert str(seeds.stats().location.parent) not in response.text
