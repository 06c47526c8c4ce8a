"""CORS: the origins of the settings may read the endpoint, and no others."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from searchidx.index import Index
from web import create_app, search_api
from web.settings import Settings

FRIEND = "https://diario.example"
OTHER_FRIEND = "http://localhost:3000"
ALLOW = "Access-Control-Allow-Origin"
SEARCH = "/api/v1/search?q=gas"


@pytest.fixture
def shared(seeds: Index) -> FlaskClient:
    return create_app(seeds, Settings(cors_origins=(FRIEND, OTHER_FRIEND))).test_client()


@pytest.mark.parametrize("origin", [FRIEND, OTHER_FRIEND])
@pytest.mark.parametrize(
    ("address", "status"),
    [
        (SEARCH, 200),
        ("/api/v1/suggest?q=kaz", 200),
        ("/api/v1/openapi.json", 200),
        ("/api/v1/search", 400),
        ("/api/v1/documents/nada", 404),
        ("/api/v1/nada", 404),
    ],
)
def test_a_named_origin_may_read_answers_and_errors(
    shared: FlaskClient, origin: str, address: str, status: int
) -> None:
    response = shared.get(address, headers={"Origin": origin})

    assert response.status_code == status
    assert response.headers[ALLOW] == origin
    assert "Retry-After" in response.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_what_is_not_modified_may_be_read_too(shared: FlaskClient) -> None:
    tag = shared.get(SEARCH).headers["ETag"]
    response = shared.get(SEARCH, headers={"Origin": FRIEND, "If-None-Match": tag})

    assert (response.status_code, response.headers[ALLOW]) == (304, FRIEND)


@pytest.mark.parametrize(
    "origin",
    [
        "https://otro.example",
        "http://diario.example",
        "https://diario.example:8443",
        "https://diario.example.otro.example",
        "https://sub.diario.example",
        "HTTPS://DIARIO.EXAMPLE",
        "null",
        "*",
        "",
    ],
)
def test_no_other_origin_may(shared: FlaskClient, origin: str) -> None:
    for response in (
        shared.get(SEARCH, headers={"Origin": origin}),
        shared.options(SEARCH, headers={"Origin": origin, "Access-Control-Request-Method": "GET"}),
    ):
        assert not [name for name in dict(response.headers) if name.startswith("Access-Control")]
        assert "Origin" in response.vary


def test_every_answer_says_that_it_depends_on_the_origin(shared: FlaskClient, site: FlaskClient) -> None:
    assert "Origin" in shared.get(SEARCH).vary
    assert "Origin" in shared.get("/api/v1/nada").vary
    assert "Origin" not in site.get(SEARCH).vary  # where none is allowed it depends on nothing


def test_a_preflight_is_answered(shared: FlaskClient) -> None:
    response = shared.options(
        SEARCH,
        headers={
            "Origin": FRIEND,
            "Access-Control-Request-Method": "GET",
            "Access-Control-Request-Headers": "if-none-match",
        },
    )

    assert response.status_code == 200
    assert response.headers[ALLOW] == FRIEND
    assert "GET" in response.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]
    assert int(response.headers["Access-Control-Max-Age"]) > 0


def test_pages_are_nobody_else_s_to_read(shared: FlaskClient) -> None:
    for address in ("/", "/?q=gas", "/doc/001_b6d178efe64e1b6c.txt", "/export?q=gas", "/health", "/metrics"):
        assert ALLOW not in shared.get(address, headers={"Origin": FRIEND}).headers, address


def test_a_mounted_endpoint_shares_with_its_own_list(seeds: Index) -> None:
    host = Flask("anfitrion")
    host.register_blueprint(search_api(seeds, cors_origins=[FRIEND]), url_prefix="/buscar")
    client = host.test_client()

    for address in ("/buscar/search?q=gas", "/buscar/search", "/buscar/documents/nada"):
        assert client.get(address, headers={"Origin": FRIEND}).headers[ALLOW] == FRIEND, address
        assert ALLOW not in client.get(address, headers={"Origin": OTHER_FRIEND}).headers
