"""Compression of long responses for clients that accept it."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from searchidx.index import Index
from web import search_api
from web.http.compression import compress

SEARCH = "/api/v1/search?q=Putin"
GZIP = {"Accept-Encoding": "gzip"}


@pytest.mark.parametrize("address", [SEARCH, "/?q=Putin", "/feed?q=Putin", "/export?q=Putin", "/openapi.json"])
def test_a_long_answer_is_compressed_for_those_who_take_it(site: FlaskClient, address: str) -> None:
    plain, packed = site.get(address), site.get(address, headers=GZIP)

    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.data) < len(plain.data) / 2
    unpacked = gzip.decompress(packed.data)
    assert len(unpacked) == pytest.approx(len(plain.data), abs=50)  # the time that a search took differs
    assert "Accept-Encoding" in packed.vary
    assert "Accept-Encoding" in plain.vary
    assert packed.headers.get("Content-Length") in (None, str(len(packed.data)))


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "*;q=0"])
def test_those_who_do_not_take_it_get_it_plain(site: FlaskClient, accepted: str) -> None:
    response = site.get(SEARCH, headers={"Accept-Encoding": accepted})

    assert "Content-Encoding" not in response.headers
    assert response.get_json()["total"] == 5


@pytest.mark.parametrize("address", ["/health", "/api/v1/search", "/api/v1/suggest?q=zzz"])
def test_a_short_answer_stays_as_it_is(site: FlaskClient, address: str) -> None:
    assert "Content-Encoding" not in site.get(address, headers=GZIP).headers


def test_an_answer_without_a_body_stays_without(site: FlaskClient) -> None:
    tag = site.get(SEARCH, headers=GZIP).headers["ETag"]
    unchanged = site.get(SEARCH, headers={**GZIP, "If-None-Match": tag})

    assert (unchanged.status_code, unchanged.data) == (304, b"")
    assert "Content-Encoding" not in unchanged.headers
    assert site.head(SEARCH, headers=GZIP).data == b""


def test_what_is_compressed_already_is_left_alone(tmp_path: Path) -> None:
    app = Flask("imágenes")
    app.add_url_rule("/a", "a", lambda: Response(b"\0" * 9_000, content_type="image/png"))
    app.add_url_rule("/b", "b", lambda: Response(b"x" * 9_000, headers={"Content-Encoding": "br"}))
    app.after_request(compress)
    client = app.test_client()

    assert "Content-Encoding" not in client.get("/a", headers=GZIP).headers
    assert client.get("/b", headers=GZIP).headers["Content-Encoding"] == "br"


def test_a_strong_tag_becomes_a_weak_one() -> None:
    app = Flask("etiquetas")
    app.add_url_rule("/", "a", lambda: Response("ñ" * 9_000, headers={"ETag": '"fuerte"'}))
    app.after_request(compress)
    client = app.test_client()

    assert client.get("/", headers=GZIP).headers["ETag"] == 'W/"fuerte"'
    assert client.get("/").headers["ETag"] == '"fuerte"'
    assert gzip.decompress(client.get("/", headers=GZIP).data).decode() == "ñ" * 9_000


def test_a_mounted_endpoint_compresses_by_itself(seeds: Index) -> None:
    host = Flask("anfitrion")
    host.register_blueprint(search_api(seeds), url_prefix="/buscar")
    packed = host.test_client().get("/buscar/search?q=Putin", headers=GZIP)

    assert packed.headers["Content-Encoding"] == "gzip"
