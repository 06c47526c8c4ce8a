"""ETags: an unchanged response is not sent again, and never kept too long."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient

from searchidx.index import Index
from web import create_app

SEARCH = "/api/v1/search?q=gas"
DOCUMENT = "/api/v1/documents/001_b6d178efe64e1b6c.txt"


@pytest.mark.parametrize(
    "address",
    [
        SEARCH,
        "/api/v1/suggest?q=kaz",
        "/api/v1/facets?q=gas",
        "/api/v1/stats",
        DOCUMENT,
        f"{DOCUMENT}/similar",
        "/feed?q=gas",
        "/suggestions?q=kaz",
        "/",
        "/?q=gas",
        "/doc/001_b6d178efe64e1b6c.txt?q=gas",
    ],
)
def test_an_unchanged_answer_is_not_sent_again(site: FlaskClient, address: str) -> None:
    first = site.get(address)
    again = site.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert first.status_code == 200
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "no-cache"
    assert first.headers["ETag"].startswith("W/")  # the time that a search takes is in the answer


def test_another_question_has_another_tag(site: FlaskClient) -> None:
    addresses = [
        SEARCH,
        f"{SEARCH}&page=2",
        f"{SEARCH}&sort=date",
        "/api/v1/search?q=g%C3%A1s",
        "/api/v1/facets?q=gas",
    ]
    tags = {site.get(address).headers["ETag"] for address in addresses}

    assert len(tags) == len(addresses)
    assert site.get(SEARCH, headers={"If-None-Match": ", ".join(tags)}).status_code == 304
    assert site.get(f"{SEARCH}&page=3", headers={"If-None-Match": ", ".join(tags)}).status_code == 200


def test_what_is_not_modified_keeps_the_headers_it_came_with(site: FlaskClient) -> None:
    framed = site.get("/frame?q=gas")
    again = site.get("/frame?q=gas", headers={"If-None-Match": framed.headers["ETag"]})

    assert "frame-ancestors 'self'" in framed.headers["Content-Security-Policy"]
    assert again.status_code == 304
    assert (
        again.headers.get("Content-Security-Policy", framed.headers["Content-Security-Policy"])
        == (framed.headers["Content-Security-Policy"])
    )


def test_another_language_has_another_tag(site: FlaskClient) -> None:
    spanish = site.get("/?q=gas", headers={"Accept-Language": "es"}).headers["ETag"]
    english = site.get("/?q=gas", headers={"Accept-Language": "en", "If-None-Match": spanish})

    assert english.status_code == 200
    assert english.headers["ETag"] != spanish


@pytest.mark.parametrize("given", ['"otra"', "*", "no es una etiqueta", '"' + "a" * 10_000 + '"', ""])
def test_another_tag_gets_the_answer(site: FlaskClient, given: str) -> None:
    assert site.get(SEARCH, headers={"If-None-Match": given}).status_code == 200


def test_a_change_of_the_index_ends_it(tmp_path: Path) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "a.txt").write_text("Hay gas.", encoding="utf-8")
    with Index.create(tmp_path / "index") as index:
        index.sync(folder)
        client = create_app(index).test_client()
        tag = client.get(SEARCH).headers["ETag"]
        (folder / "b.txt").write_text("Hay más gas.", encoding="utf-8")
        index.sync(folder)
        changed = client.get(SEARCH, headers={"If-None-Match": tag})

        assert changed.get_json()["total"] == 2
        assert changed.headers["ETag"] != tag


def test_tomorrow_is_another_day(site: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    import web.http.caching

    class Tomorrow(dt.date):
        @classmethod
        def today(cls) -> Tomorrow:
            return cls(2999, 1, 1)

    yesterday = "/api/v1/search?q=fecha:ayer"
    tag = site.get(yesterday).headers["ETag"]
    monkeypatch.setattr(web.http.caching, "dt", SimpleNamespace(date=Tomorrow))
    assert site.get(yesterday, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("address", ["/api/v1/search", "/api/v1/documents/nada", "/api/v1/nada"])
def test_an_error_is_never_kept(site: FlaskClient, address: str) -> None:
    response = site.get(address)

    assert response.headers["Cache-Control"] == "no-store"
    assert "ETag" not in response.headers
