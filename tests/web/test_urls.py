"""Addresses: documents of any id, links built from routes, and the format of errors of each route."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from searchidx import Index, SearchOptions
from tests.web.pages.test_document_page import ODD_IDS
from web import create_app
from web.request_params import ApiSearchParams
from web.routes import document_path
from web.search_address import Search, read_search, search_pairs
from web.urls import document_url


@pytest.fixture(scope="module")
def app(seeds: Index) -> Flask:
    return create_app(seeds)


def assert_same_path(app: Flask, document_id: str) -> None:
    with app.test_request_context():
        assert document_url(document_id) == document_path(document_id)
        assert document_url(document_id, 3) == document_path(document_id, 3)
        assert document_url(document_id, external=True) == f"http://localhost{document_path(document_id)}"


@pytest.mark.parametrize("document_id", [*ODD_IDS, "./a", "a/../b", "..", "dos\nrenglones", "//a"])
def test_flask_and_the_command_line_write_the_same_path(app: Flask, document_id: str) -> None:
    assert_same_path(app, document_id)


@given(st.text(min_size=1).filter(lambda text: text.isprintable()))
def test_they_do_so_for_any_id(app: Flask, document_id: str) -> None:
    assert_same_path(app, document_id)


@pytest.mark.parametrize(
    "search",
    [
        Search("gas"),
        Search("", SearchOptions(page=3, per_page=5, level="paragraph", sort="-date")),
        Search("año & más", SearchOptions(variants=False, synonyms=False)),
        Search("gas", SearchOptions(filters={"source": ("EFE", "Ánsa"), "month": ("2025-11",)})),
    ],
)
def test_an_address_says_the_search_that_it_was_made_of(search: Search) -> None:
    assert read_search(ApiSearchParams, MultiDict(search_pairs(search))) == search


@pytest.mark.parametrize(
    ("address", "is_json"),
    [
        ("/feed", True),
        ("/export", True),
        ("/opensearch.xml", True),
        ("/health", True),
        ("/metrics", True),
        ("/openapi.json", True),
        ("/api/v1/search", True),
        ("/api/nada", True),
        ("/", False),
        ("/frame", False),
        ("/doc/a", False),
        ("/embed.js", False),
        ("/nada", False),
    ],
)
def test_the_blueprint_of_a_path_decides_the_format_of_its_errors(
    site: FlaskClient, address: str, is_json: bool
) -> None:
    response = site.post(address)

    assert response.status_code in (404, 405)
    assert (response.mimetype == "application/problem+json") == is_json
