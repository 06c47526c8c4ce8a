"""The OpenAPI document, and that the endpoint does what it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient

from searchidx import FACETS, METADATA_FIELDS
from searchidx.index import Index
from tests.web.page_support import (
    Page,
    href_of,
)
from web import create_app, search_api
from web.settings import Settings

DOCUMENT_ID = "001_b6d178efe64e1b6c.txt"

CONFIG = """
[[operations]]
include-operation-id = "search"
# A page beyond the window is refused, which no schema of single parameters can say.
checks.positive_data_acceptance.expected-statuses = [200, 400]
"""

KNOWN_DOCUMENT = f"""
[parameters]
document_id = "{DOCUMENT_ID}"
"""


def examine(origin: str, folder: Path, config: str, *options: str) -> None:
    """Fail with what schemathesis finds with all its checks, if anything."""
    (folder / "schemathesis.toml").write_text(config, encoding="utf-8")
    program = Path(sys.executable).with_name("schemathesis")
    how = ("--checks", "all", "--generation-deterministic", "--no-color", *options)
    done = subprocess.run(
        [str(program), "--config-file", "schemathesis.toml", "run", f"{origin}/openapi.json", *how],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=1_800,
    )
    if done.returncode != 0:
        pytest.fail(done.stdout + done.stderr, pytrace=False)


def test_no_request_gets_an_answer_that_is_not_described(origin: str, tmp_path: Path) -> None:
    examine(origin, tmp_path, CONFIG, "--max-examples", "10")


def test_a_document_that_is_there_is_answered_as_described(origin: str, tmp_path: Path) -> None:
    only = ("--include-path-regex", "document_id", "--max-examples", "5")
    examine(origin, tmp_path, KNOWN_DOCUMENT, *only)


@pytest.mark.slow
def test_a_long_run_finds_no_more(origin: str, tmp_path: Path) -> None:
    examine(origin, tmp_path, CONFIG, "--max-examples", "500")


CASES = [
    ("/api/v1/search", {"q": "Tokayev gas", "explain": "true", "facets": "source,year"}),
    ("/api/v1/search", {"q": "(kazaji", "prefix_fallback": "true"}),
    ("/api/v1/search", {"q": "gas", "level": "paragraph", "source": ["EFE", "Otra"], "month": "2025-11"}),
    ("/api/v1/suggest", {"q": "kaz"}),
    ("/api/v1/facets", {"q": "gas"}),
    ("/api/v1/documents/{document_id}", {"q": "gas"}),
    ("/api/v1/documents/{document_id}/similar", {"limit": "2"}),
    ("/api/v1/stats", {}),
    ("/health", {}),
    ("/health/live", {}),
    ("/export", {"q": "gas", "format": "json"}),
    ("/suggestions", {"q": "kaz"}),
]


@pytest.mark.parametrize(("path", "query"), CASES)
def test_a_response_is_valid_by_its_own_schema(seeds: Index, path: str, query: dict[str, Any]) -> None:
    operation = schemathesis.openapi.from_wsgi("/openapi.json", create_app(seeds))[path]["GET"]
    path_parameters = {"document_id": DOCUMENT_ID} if "{" in path else {}
    case = operation.Case(query=query, path_parameters=path_parameters)
    response = case.call(headers={"Accept-Encoding": "identity"})

    assert response.status_code == 200
    operation.validate_response(response)


def test_a_field_of_metadata_is_a_parameter_and_a_key(site: FlaskClient) -> None:
    document = described(site)
    parameters = {each["name"] for each in document["paths"]["/api/v1/search"]["get"]["parameters"]}

    assert set(FACETS) <= parameters
    for shape in ("HitJson", "DocumentJson"):
        assert set(METADATA_FIELDS) <= set(document["components"]["schemas"][shape]["required"])


def described(client: FlaskClient, address: str = "/openapi.json") -> dict[str, Any]:
    response = client.get(address)
    assert (response.status_code, response.content_type) == (200, "application/json")
    document: dict[str, Any] = response.get_json()
    return document


def test_it_is_openapi_3_1_and_describes_every_address(site: FlaskClient) -> None:
    document = described(site)

    assert document["openapi"].startswith("3.1.")
    assert set(document["paths"]) == {
        "/api/v1/search",
        "/api/v1/suggest",
        "/api/v1/facets",
        "/api/v1/documents/{document_id}",
        "/api/v1/documents/{document_id}/similar",
        "/api/v1/stats",
        "/health",
        "/health/live",
        "/health/ready",
        "/metrics",
        "/feed",
        "/export",
        "/opensearch.xml",
        "/suggestions",
    }
    assert described(site, "/api/v1/openapi.json") == document


def test_the_limits_of_parameters_are_described(site: FlaskClient) -> None:
    parameters = {each["name"]: each for each in described(site)["paths"]["/api/v1/search"]["get"]["parameters"]}

    assert (parameters["q"]["schema"]["maxLength"], parameters["q"]["required"]) == (512, True)
    assert parameters["per_page"]["schema"] == {
        "anyOf": [{"type": "integer", "minimum": 1, "maximum": 100}, {"type": "string", "const": ""}],
        "default": 10,
    }
    assert parameters["page"]["schema"]["anyOf"][0]["maximum"] == 10_000
    assert set(parameters["sort"]["schema"]["anyOf"][0]["enum"]) == {"relevance", "date", "-date"}


def test_an_application_under_a_prefix_says_so(seeds: Index) -> None:
    client = create_app(seeds, Settings(url_prefix="/archivo")).test_client()

    assert described(client, "/archivo/openapi.json")["servers"] == [{"url": "/archivo"}]


def test_without_metrics_none_are_described(seeds: Index) -> None:
    client = create_app(seeds, Settings(metrics=False)).test_client()

    assert "/metrics" not in described(client)["paths"]
    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize("prefix", ["/api/v1", "/buscar"])
def test_the_documentation_is_a_page_of_our_own(seeds: Index, prefix: str) -> None:
    host = Flask("anfitrion")
    host.register_blueprint(search_api(seeds), url_prefix=prefix)
    client = host.test_client()
    response = client.get(f"{prefix}/docs")
    page = Page(response)

    assert page.text("h1") == "searchidx API 0.1.0"
    assert f"GET {prefix}/search" in page.texts("h2")
    assert not page.all("script, style, [style], [onclick], [onload]")
    assert "script-src" not in response.headers["Content-Security-Policy"].replace("script-src 'self'", "")
    for node in page.all("link[href], nav a, a[href^='/']"):
        href = href_of(node)
        assert href.startswith(("#", "/"))
        if href.startswith("/") and "documents" not in href:
            with client.get(href) as found:
                assert found.status_code == 200, href
    anchors = {node.attributes["id"] for node in page.all("[id]")}
    assert {href_of(node)[1:] for node in page.all("a[href^='#']")} <= anchors
