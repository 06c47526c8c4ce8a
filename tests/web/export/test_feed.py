"""Atom feeds of searches, valid whatever the documents contain."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from searchidx.index import Index
from tests.web.conftest import MakeSite
from web import create_app
from web.settings import Settings

ATOM = "{http://www.w3.org/2005/Atom}"


def feed(client: FlaskClient, address: str) -> ElementTree.Element:
    """A feed that has all that RFC 4287 asks for."""
    response = client.get(address)
    assert (response.status_code, response.content_type) == (200, "application/atom+xml; charset=utf-8")
    root = ElementTree.fromstring(response.data)
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.iter(f"{ATOM}entry")):
        for required in ("id", "title", "updated"):
            assert len(element.findall(ATOM + required)) == 1, required
        assert urlsplit(text(element, "id")).scheme == "http"
        assert text(element, "title").strip()
        assert datetime.fromisoformat(text(element, "updated")).tzinfo is not None
        assert any(link.get("rel") == "alternate" for link in element.findall(f"{ATOM}link"))
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    ids = [text(entry, "id") for entry in root.iter(f"{ATOM}entry")]
    assert len(ids) == len(set(ids))
    return root


def text(element: ElementTree.Element, name: str) -> str:
    return element.findtext(ATOM + name) or ""


def titles(root: ElementTree.Element) -> list[str]:
    return [text(entry, "title") for entry in root.iter(f"{ATOM}entry")]


def test_the_newest_documents_come_first(make_site: MakeSite) -> None:
    site = make_site(
        {"text": "gas", "title": "Viejo", "date": "2024-01-31"},
        {"text": "gas", "title": "Sin fecha"},
        {"text": "gas", "title": "Nuevo", "date": "2025-11-12", "author": "Ana Núñez"},
    )
    root = feed(site, "/feed?q=gas")

    assert titles(root) == ["Nuevo", "Viejo", "Sin fecha"]
    assert text(root, "updated") == "2025-11-12T00:00:00Z"
    first = root.find(f"{ATOM}entry")
    assert first is not None
    assert first.findtext(f"{ATOM}author/{ATOM}name") == "Ana Núñez"
    assert first.findtext(f"{ATOM}summary") == "gas"
    assert text(first, "id") == "http://localhost/doc/d3"


def test_the_feed_says_where_it_is_and_where_its_page_is(site: FlaskClient) -> None:
    root = feed(site, "/feed?q=a%C3%B1o&source=EFE")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}

    assert links == {
        "self": "http://localhost/feed?q=a%C3%B1o&source=EFE",
        "alternate": "http://localhost/?q=a%C3%B1o&source=EFE",
    }


def test_it_takes_what_the_page_takes(site: FlaskClient) -> None:
    assert len(titles(feed(site, "/feed?q=Putin"))) == 5
    assert len(titles(feed(site, "/feed?q=Putin&per_page=2"))) == 2
    assert len(titles(feed(site, "/feed?q=Putin&source=EFE"))) == 2
    assert len(titles(feed(site, "/feed?q=Putin&month=2025-11"))) == 2
    assert titles(feed(site, "/feed?q=Putin&level=paragraph"))
    assert titles(feed(site, "/feed?q=nadalehalla")) == []
    assert titles(feed(site, "/feed?q=")) == []


def test_accents_may_come_in_either_form(site: FlaskClient) -> None:
    composed, decomposed = (
        titles(feed(site, f"/feed?q={unicodedata.normalize(form, 'reunión')}")) for form in ("NFC", "NFD")
    )
    assert composed
    assert composed == decomposed


def test_hostile_texts_stay_texts(make_site: MakeSite) -> None:
    hostile = "</title><script>alert(1)</script> & \u202e\x00\x08\ufffe ]]> \u2028 gas"
    site = make_site({"id": "a<b>&c.txt", "text": hostile, "title": hostile, "author": "<b>\x0b"})
    root = feed(site, "/feed?q=gas")

    assert "</title><script>alert(1)</script>" in titles(root)[0]
    assert not re.search("[\x00-\x08\ufffe\u202e]", "".join(root.itertext()))
    assert text(root.iter(f"{ATOM}entry").__next__(), "id") == "http://localhost/doc/a%3Cb%3E%26c.txt"


@pytest.mark.parametrize("query", ["%00%01", "%EF%BF%BE", "%F0%9F%98%80", "<>&\"'", "a" * 4_000])
def test_any_query_has_a_feed(site: FlaskClient, query: str) -> None:
    feed(site, f"/feed?q={query}")


def test_raw_bytes_in_an_address_are_encoded(site: FlaskClient) -> None:
    response = site.get("/feed", environ_overrides={"QUERY_STRING": 'q=\x0b\xe9"<'})

    assert b'href="http://localhost/feed?q=%0B%E9%22%3C"' in response.data
    ElementTree.fromstring(response.data)


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/feed", "missing_parameter"),
        ("/feed?q=a&q=b", "invalid_parameter"),
        ("/feed?q=a&per_page=101", "invalid_parameter"),
        ("/feed?q=a&from=ayer", "invalid_parameter"),
        ("/feed?q=" + "a" * 5_000, "query_too_long"),
    ],
)
def test_what_cannot_be_meant_is_a_problem_document(site: FlaskClient, address: str, code: str) -> None:
    response = site.get(address)

    assert (response.status_code, response.content_type) == (400, "application/problem+json")
    assert response.get_json()["code"] == code


def test_under_a_prefix_every_address_has_it(seeds: Index) -> None:
    client = create_app(seeds, Settings(url_prefix="/archivo")).test_client()
    found = client.get("/archivo/feed?q=Putin").text

    assert set(re.findall(r"http://localhost/(\w+)/", found)) == {"archivo"}
