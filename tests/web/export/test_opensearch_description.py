"""The description with which a browser adds this search, and the completions of its search box."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from searchidx.index import Index
from web import create_app
from web.settings import Settings

NAMESPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


def description(client: FlaskClient, address: str = "/opensearch.xml", **headers: str) -> ElementTree.Element:
    response = client.get(address, headers=headers)
    assert response.content_type == "application/opensearchdescription+xml; charset=utf-8"
    return ElementTree.fromstring(response.data)


def templates(root: ElementTree.Element) -> dict[str, str]:
    return {each.get("type", ""): each.get("template", "") for each in root.iter(f"{NAMESPACE}Url")}


def test_it_says_where_to_search_complete_and_follow(site: FlaskClient) -> None:
    root = description(site)

    assert len(root.findtext(f"{NAMESPACE}ShortName") or "") in range(1, 17)
    assert templates(root) == {
        "text/html": "http://localhost/?q={searchTerms}",
        "application/x-suggestions+json": "http://localhost/suggestions?q={searchTerms}",
        "application/atom+xml": "http://localhost/feed?q={searchTerms}",
        "application/opensearchdescription+xml": "http://localhost/opensearch.xml",
    }


def test_what_it_says_works(site: FlaskClient) -> None:
    for template in templates(description(site)).values():
        address = template.replace("{searchTerms}", "a%C3%B1o").removeprefix("http://localhost")
        assert site.get(address).status_code == 200, address


def test_with_a_trusted_proxy_it_says_what_the_proxy_says(seeds: Index) -> None:
    client = create_app(seeds, Settings(proxies=1)).test_client()
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "a.example", "X-Forwarded-Prefix": "/buscar"}

    assert templates(description(client, **forwarded))["text/html"] == "https://a.example/buscar/?q={searchTerms}"
    untrusting = create_app(seeds).test_client()
    assert templates(description(untrusting, **forwarded))["text/html"] == "http://localhost/?q={searchTerms}"


def test_completions_are_as_browsers_expect_them(site: FlaskClient) -> None:
    response = site.get("/suggestions?q=kaz&limit=2")

    assert response.content_type == "application/x-suggestions+json"
    typed, completions = response.get_json()
    assert (typed, completions[0], len(completions)) == ("kaz", "Kazajistán", 2)
    assert site.get("/suggestions?q=").get_json() == ["", []]


@pytest.mark.parametrize("address", ["/suggestions", "/suggestions?q=a&limit=0", "/suggestions?q=" + "a" * 513])
def test_what_cannot_be_meant_is_a_problem_document(site: FlaskClient, address: str) -> None:
    response = site.get(address)

    assert (response.status_code, response.content_type) == (400, "application/problem+json")
