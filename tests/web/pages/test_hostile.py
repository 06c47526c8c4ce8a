"""Hostile documents and queries are only ever shown as text."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from searchidx import strip_controls
from searchidx.index import Index
from tests.web.conftest import MakeSite
from tests.web.page_support import Page
from web import create_app
from web.http.headers import SECURITY_HEADERS as HEADERS

EVIL = "<img src=x onerror=alert(1)>"
EVIL_DOCUMENT = {
    "id": f'"{EVIL}.txt',
    "title": f"gas {EVIL} </title><script>alert(1)</script>",
    "text": f"gas {EVIL} <mark>falso</mark> \"'><svg onload=alert(1)> {{{{ 7*7 }}}} {{% raw %}}",
    "source": f'"{EVIL}',
    "place": f"'{EVIL}",
    "author": EVIL,
    "url": "javascript:alert(1)",
    "extra": EVIL,
}
ADDRESSES = [
    "/",
    "/?q=gas",
    "/?q=gas&level=paragraph",
    "/?q=nadanada",
    "/?q=gas&page=99999",
    "/doc/nada",
    "/nada",
    "/static/nada.css",
    "/static/search.css",
    "/robots.txt",
    "/favicon.ico",
    "/health",
    "/api/v1/search?q=gas",
    "/api/v1/search",
    "/api/v1/nada",
    "/api/v1/documents/nada",
]


@pytest.mark.parametrize("query", ["gas", EVIL, f"gas {EVIL}", '"><script>alert(1)</script>', "img onerror alert"])
def test_a_document_and_a_query_are_shown_as_text(make_site: MakeSite, query: str) -> None:
    site = make_site(EVIL_DOCUMENT, {"text": "Nada más.", "title": "Otro"})
    document_href = Page(site.get("/?q=gas")).one(".hit h2 a").attributes["href"]
    for answer in (
        site.get("/", query_string={"q": query}),
        site.get("/", query_string={"q": query, "source": EVIL, "level": "paragraph"}),
        site.get("/", query_string={"q": query, "level": EVIL}),
        site.get(document_href or ""),
        site.get(f"/doc/{EVIL}?q={EVIL}"),
    ):
        page = Page(answer)
        assert not page.all("img, svg, script:not([src]), iframe, [onerror], [onload], a[href^='javascript']")
        assert len(page.all("script")) == 1
        assert "falso" not in page.texts("mark")
        assert "7*7" in page.html or "49" not in page.text("main")


def test_a_document_says_what_it_says(make_site: MakeSite) -> None:
    site = make_site(EVIL_DOCUMENT)
    page = Page(site.get(Page(site.get("/?q=gas")).one(".hit h2 a").attributes["href"] or ""))

    assert EVIL in page.text("h1")
    assert EVIL in page.text(".text")
    assert "<mark>falso</mark>" in page.text(".text")
    assert page.texts(".text mark") == ["gas"]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
def test_every_answer_bears_the_security_headers(site: FlaskClient, address: str, method: str) -> None:
    response = site.open(address, method=method, buffered=True)

    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_an_unexpected_error_bears_them_too(seeds: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Index, "search", lambda *_, **__: 1 / 0)
    client = create_app(seeds).test_client()

    for address in ("/?q=a", "/api/v1/search?q=a"):
        response = client.get(address)
        assert response.status_code == 500
        assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


def test_the_policy_allows_nothing_that_a_page_does_not_need(site: FlaskClient) -> None:
    policy = site.get("/").headers["Content-Security-Policy"]

    assert policy.startswith("default-src 'none';")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_controls_and_bidi_controls_do_not_reach_a_page(make_site: MakeSite) -> None:
    text = "gas \u202ecodigo\u202c \x1b[31mrojo\x00 \u2066aislado\u2069 \x85fin"
    site = make_site({"text": text, "title": f"Gas {text}"})
    harmful = {
        *map(chr, range(0x20)),
        *map(chr, range(0x7F, 0xA0)),
        *"\u202a\u202b\u202c\u202d\u202e",
        *"\u2066\u2069",
    }
    harmful -= {"\n", "\t", "\r"}

    for address in ("/?q=gas", "/doc/d1?q=gas", "/?q=%1B%E2%80%AEgas%00", "/doc/%1B%E2%80%AE"):
        page = Page(site.get(address))
        assert not harmful & set(page.html)
    assert Page(site.get("/doc/d1?q=codigo")).texts(".text mark") == ["codigo"]


def test_text_without_controls_stays_as_it_is() -> None:
    assert strip_controls("año\n\t«ñ»") == "año\n\t«ñ»"
    assert strip_controls("a\x00b\ud800") == "ab\ufffd"


def test_a_document_cannot_turn_round_the_text_around_it(make_site: MakeSite) -> None:
    page = Page(make_site({"text": "gas", "title": "Gas", "source": "وكالة"}).get("/?q=gas"))

    assert page.texts(".hit .meta bdi") == ["وكالة"]
    assert {node.attributes["dir"] for node in page.all(".hit h2 a, .passages p")} == {"auto"}


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_query_has_a_page_and_an_answer(site: FlaskClient, query: str) -> None:
    parameters = {"q": query.encode("utf-8", "replace").decode()}

    assert site.get("/", query_string=parameters).status_code == 200
    assert site.get("/api/v1/search", query_string=parameters).status_code == 200
    assert site.get("/doc/000_e468506517af710c.txt", query_string=parameters).status_code == 200


@pytest.mark.parametrize(
    "address", ["/?q=%FF%FE", "/doc/%FF", "/doc/..%2f..%2fetc%2fpasswd", "/doc/%00", "/?q=%00"]
)
def test_bytes_that_are_no_text_are_answered(site: FlaskClient, address: str) -> None:
    assert site.get(address).status_code in (200, 404)
