"""The page of a document, whatever its id is."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import MakeSite
from tests.web.page_support import (
    Page,
    href_of,
    text_of,
    without_fragment,
)
from web.routes import document_path

ODD_IDS = [
    "con espacios y #almohadilla.txt",
    "¿qué?&a=b;c.txt",
    "100%25 seguro%2F.txt",
    "año/2025/reunión «ñ».txt",
    "comi\"llas'<b>.txt",
    "/desde/la/raiz",
    "https://ejemplo.es/a//b?c=d#e",
    "acaba/en/barra/",
    "a+b=c:d@e,f",
    "back\\slash",
    "新闻/Токаев.txt",
]


def test_a_document_is_shown_with_its_matches(site: FlaskClient) -> None:
    page = Page(site.get("/doc/001_b6d178efe64e1b6c.txt?q=Tokayev+gas"))

    assert page.text("h1").startswith("Putin y Tokáyev refuerzan amistad")
    assert page.texts("h1 mark") == ["Tokáyev"]
    assert page.texts(".document > header .meta > span") == ["EFE", "12 de noviembre de 2025", "Moscú"]
    assert set(page.texts(".text mark")) == {"Tokáyev", "gas"}


def test_paragraphs_are_numbered_and_can_be_linked_to(site: FlaskClient) -> None:
    page = Page(site.get("/doc/000_e468506517af710c.txt"))

    assert [node.attributes["id"] for node in page.all(".paragraph")] == ["p1", "p2", "p3", "p4", "p5"]
    assert [href_of(node) for node in page.all(".paragraph .pin")] == ["#p1", "#p2", "#p3", "#p4", "#p5"]


def test_the_paragraphs_that_match_are_listed(site: FlaskClient) -> None:
    page = Page(site.get("/doc/001_b6d178efe64e1b6c.txt?q=gas"))
    marked = {f"#{node.attributes['id']}" for node in page.all(".paragraph") if node.css_first("mark")}

    assert {href_of(node) for node in page.all(".matches a")} == marked


def test_without_a_query_nothing_is_marked_and_nothing_led_here(site: FlaskClient) -> None:
    page = Page(site.get("/doc/001_b6d178efe64e1b6c.txt"))

    assert not page.all("mark, .back, .matches")


def test_a_link_leads_back_to_the_results(site: FlaskClient) -> None:
    page = Page(site.get("/doc/001_b6d178efe64e1b6c.txt?q=gas+%26+%22Putin%22"))

    assert href_of(page.one(".back a")) == "/?q=gas+%26+%22Putin%22"
    assert page.one('input[name="q"]').attributes["value"] == 'gas & "Putin"'


def test_a_derived_title_is_said_to_be_one(site: FlaskClient) -> None:
    page = Page(site.get("/doc/002_2648af30e37c991f.txt"))

    assert page.text(".document > header .derived") == "título tomado del texto"


def test_a_document_without_title_is_called_by_its_id(make_site: MakeSite) -> None:
    site = make_site({"id": "sin título.txt", "text": "12"})

    assert Page(site.get("/doc/sin título.txt")).text("h1") in ("sin título.txt", "12")


def test_an_unknown_document_is_a_page_in_spanish_with_a_search_box(site: FlaskClient) -> None:
    page = Page(site.get("/doc/nada.txt?q=gas"))

    assert page.status == 404
    assert page.text("h1") == "Ese documento no está en el archivo"
    assert page.one('form input[name="q"]').attributes["value"] == "gas"


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://efe.com/a?b=c", "efe.com"),
        ("HTTP://Efe.com/", "efe.com"),
        ("https://banco.es@malo.example/", "malo.example"),
        ("javascript:alert(1)", None),
        ("JavaScript://efe.com/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("//efe.com/", None),
        ("https:efe.com", None),
        ("http://[", None),
        ("efe.com", None),
    ],
)
def test_only_plain_web_addresses_are_linked(make_site: MakeSite, url: str, host: str | None) -> None:
    page = Page(make_site({"text": "gas", "title": "Gas", "url": url}).get("/doc/d1"))
    hosts = [text_of(node.css_first("bdi")) for node in page.all('a[rel~="external"]')]

    assert hosts == ([host] if host else [])
    assert not any("javascript" in href_of(node).lower() for node in page.all("a"))


@pytest.mark.parametrize("document_id", ODD_IDS)
def test_links_lead_to_a_document_of_any_id(make_site: MakeSite, document_id: str) -> None:
    site = make_site({"id": document_id, "text": "Hay gas.", "title": "Gas"})
    page = Page(site.get("/?q=gas"))

    for node in page.all(".hit h2 a, .hit .pin"):
        found = Page(site.get(without_fragment(href_of(node))))
        assert found.status == 200
        assert found.texts(".text mark") == ["gas"]
    assert site.get(document_path(document_id)).status_code == 200
    api = site.get("/api/v1/documents" + document_path(document_id).removeprefix("/doc"))
    assert api.get_json()["id"] == document_id


def test_an_id_with_a_line_end_has_its_page(make_site: MakeSite) -> None:
    site = make_site({"id": "dos\nrenglones", "text": "gas", "title": "Gas"})
    (hit,) = site.get("/api/v1/search?q=gas").get_json()["hits"]

    assert site.get(hit["url"]).status_code == 200


def test_links_stay_below_the_place_where_the_site_is_mounted(site: FlaskClient) -> None:
    page = Page(site.get("/?q=gas", base_url="http://localhost/archivo"))

    assert {href_of(node).split("/")[1] for node in page.all("a[href^='/']")} == {"archivo"}
