"""The JSON endpoint: its results, parameters and documents."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from searchidx.index import Index
from searchidx.search.serialization import (
    document_json,
    results_json,
)
from web import search_api
from web.routes import document_path

SEARCH = "/api/v1/search"


def without_time(results: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in results.items() if name != "took_ms"}


def as_sent(value: Any) -> Any:
    """A value as it comes out of JSON: lists where there were tuples."""
    if isinstance(value, dict):
        return {name: as_sent(each) for name, each in value.items()}
    return [as_sent(each) for each in value] if isinstance(value, list | tuple) else value


def test_the_answer_is_what_the_index_found(site: FlaskClient, seeds: Index) -> None:
    response = site.get(f"{SEARCH}?q=acuerdo+gas&level=paragraph&sort=date&page=2&per_page=2&facets=source,year")
    expected = seeds.search(
        "acuerdo gas", level="paragraph", sort="date", page=2, per_page=2, facets=("source", "year")
    )

    assert response.content_type == "application/json"
    assert without_time(response.get_json()) == without_time(as_sent(results_json(expected, document_path)))


def test_json_is_written_in_utf8(site: FlaskClient) -> None:
    assert "año" in site.get(SEARCH, query_string={"q": "año"}).data.decode("utf-8")


def test_filters_may_be_repeated(site: FlaskClient) -> None:
    assert site.get(f"{SEARCH}?q=Putin&source=EFE&source=Otra").get_json()["total"] == 2
    assert site.get(f"{SEARCH}?q=Putin&source=Otra").get_json()["total"] == 0
    assert site.get(f"{SEARCH}?q=Putin&source=EFE&place=Moscú&language=es").get_json()["total"] == 2
    assert site.get(f"{SEARCH}?q=Putin&author=nadie").get_json()["total"] == 0


def test_an_empty_query_finds_nothing(site: FlaskClient) -> None:
    response = site.get(f"{SEARCH}?q=")

    assert (response.status_code, response.get_json()["total"]) == (200, 0)


def test_parameters_without_a_value_are_as_not_given(site: FlaskClient) -> None:
    response = site.get(f"{SEARCH}?q=gas&level=&sort=&page=&per_page=&source=&facets=&otro=1")

    assert (response.status_code, response.get_json()["total"]) == (200, 3)


def test_an_nfd_query_is_answered_as_its_nfc_form(site: FlaskClient) -> None:
    results = site.get(SEARCH, query_string={"q": unicodedata.normalize("NFD", "año")}).get_json()

    assert (results["query"], results["total"]) == ("año", 1)


def test_a_query_that_is_too_long_to_be_parsed_whole_is_warned_of(site: FlaskClient) -> None:
    results = site.get(SEARCH, query_string={"q": "gas " * 120}).get_json()

    assert "too_many_clauses" in [warning["code"] for warning in results["warnings"]]


def test_pages_follow_next_to_the_end(site: FlaskClient) -> None:
    seen: list[str] = []
    page = 1
    while page:
        results = site.get(f"{SEARCH}?q=Putin&per_page=2&page={page}").get_json()
        seen += [hit["id"] for hit in results["hits"]]
        page = results["next"]

    assert len(seen) == len(set(seen)) == results["total"] == 5


def test_a_page_beyond_the_last_is_empty(site: FlaskClient) -> None:
    results = site.get(f"{SEARCH}?q=Putin&page=900").get_json()

    assert (results["hits"], results["total"], results["next"]) == ([], 5, None)


def test_a_document_comes_whole_with_what_the_query_marks(site: FlaskClient, seeds: Index) -> None:
    document_id = "001_b6d178efe64e1b6c.txt"
    response = site.get(f"/api/v1/documents/{document_id}?q=gas")

    assert response.get_json() == as_sent(document_json(seeds.matched_document(document_id, "gas"), document_path))
    assert not any(
        each["ranges"] for each in site.get(f"/api/v1/documents/{document_id}").get_json()["paragraphs"]
    )


def test_health_counts_the_documents(site: FlaskClient) -> None:
    assert site.get("/health").get_json() == {"status": "ok", "documents": 5}


@pytest.mark.parametrize(
    "address", ["/", "/?q=gas", f"{SEARCH}?q=gas", "/health", "/doc/000_e468506517af710c.txt"]
)
def test_head_answers_as_get_without_a_body(site: FlaskClient, address: str) -> None:
    head, get = site.head(address), site.get(address)

    assert (head.status_code, head.content_type, head.data) == (200, get.content_type, b"")


def test_the_endpoint_can_be_mounted_in_another_application(seeds: Index) -> None:
    host = Flask("anfitrion")
    host.register_blueprint(search_api(seeds), url_prefix="/buscar")
    client = host.test_client()

    assert client.get("/buscar/search?q=gas").get_json()["total"] == 3
    assert client.get("/buscar/documents/000_e468506517af710c.txt").get_json()["id"] == "000_e468506517af710c.txt"
    assert client.get("/buscar/search").get_json()["code"] == "missing_parameter"
    assert client.get("/buscar/documents/nada").get_json()["code"] == "document_not_found"
    assert client.get("/buscar/search?q=gas").headers["X-Content-Type-Options"] == "nosniff"
    assert client.get("/otra").content_type != "application/problem+json"
