"""The endpoint mounted in another application, which it leaves alone."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from searchidx.index import Index
from web import search_api

DOCUMENT = "001_b6d178efe64e1b6c.txt"


@pytest.fixture
def host(seeds: Index) -> FlaskClient:
    """A plain application with a page of its own, and the endpoint mounted in two lines."""
    app = Flask("anfitrion")
    app.add_url_rule("/", "home", lambda: "inicio")
    app.register_blueprint(search_api(seeds), url_prefix="/buscar")
    return app.test_client()


def test_every_address_works(host: FlaskClient) -> None:
    for address in (
        "search?q=gas",
        "suggest?q=kaz",
        "facets?q=gas",
        f"documents/{DOCUMENT}",
        f"documents/{DOCUMENT}/similar",
        "stats",
        "openapi.json",
        "docs",
    ):
        assert host.get(f"/buscar/{address}").status_code == 200, address


def test_hits_lead_to_the_mounted_documents(host: FlaskClient) -> None:
    hit = host.get("/buscar/search?q=gas").get_json()["hits"][0]

    assert hit["url"] == f"/buscar/documents/{hit['id']}"
    assert hit["snippets"][0]["url"].startswith(f"{hit['url']}#p")
    assert host.get(hit["url"]).get_json()["id"] == hit["id"]


def test_errors_are_problem_documents_there_and_only_there(host: FlaskClient) -> None:
    for address, status in (("search", 400), ("documents/nada", 404), ("search?q=a&page=0", 400)):
        response = host.get(f"/buscar/{address}")
        assert (response.status_code, response.content_type) == (status, "application/problem+json")
    assert host.get("/otra").content_type.startswith("text/html")
    assert host.get("/otra").status_code == 404


def test_the_rest_of_the_application_is_untouched(host: FlaskClient) -> None:
    home = host.get("/", headers={"Accept-Encoding": "gzip"})

    assert home.text == "inicio"
    assert not {"Content-Security-Policy", "ETag", "Vary", "Content-Encoding"} & set(dict(home.headers))


def test_a_host_may_say_where_documents_are_shown(seeds: Index) -> None:
    app = Flask("anfitrion")
    app.register_blueprint(search_api(seeds, lambda document, number: f"/noticia/{document}?p={number}"))
    hit = app.test_client().get("/search?q=gas").get_json()["hits"][0]

    assert hit["url"] == f"/noticia/{hit['id']}?p=None"


def test_two_indexes_are_mounted_side_by_side(seeds: Index) -> None:
    app = Flask("anfitrion")
    app.register_blueprint(search_api(seeds), url_prefix="/uno", name="uno")
    app.register_blueprint(search_api(seeds, deadline=0.000_001), url_prefix="/dos", name="dos")
    client = app.test_client()

    assert client.get("/uno/search?q=gas").get_json()["hits"][0]["url"].startswith("/uno/documents/")
    assert client.get("/dos/search?q=gas").get_json()["code"] == "deadline_exceeded"
    assert next(iter(client.get("/dos/openapi.json").get_json()["paths"])) == "/dos/search"
    assert client.get("/uno/docs").status_code == 200
