"""Filters of an address: values, years, months and days."""

from __future__ import annotations

import unicodedata

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import MakeSite

SEARCH = "/api/v1/search"


@pytest.fixture
def dated(make_site: MakeSite) -> FlaskClient:
    return make_site(
        {"text": "gas", "date": "2025-11-12", "place": "Moscú"},
        {"text": "gas", "date": "2025-11-01", "place": "Málaga"},
        {"text": "gas", "date": "2024-02-29", "place": "Málaga"},
        {"text": "gas"},
    )


def found(site: FlaskClient, narrowed: str) -> list[str]:
    return sorted(hit["id"] for hit in site.get(f"{SEARCH}?q=gas&{narrowed}").get_json()["hits"])


@pytest.mark.parametrize(
    ("narrowed", "expected"),
    [
        ("year=2025", ["d1", "d2"]),
        ("year=2025&year=2024", ["d1", "d2", "d3"]),
        ("month=2024-02", ["d3"]),
        ("from=2025-11-02", ["d1"]),
        ("from=2025-11", ["d1", "d2"]),
        ("to=2024", ["d3"]),
        ("to=2024-02", ["d3"]),
        ("from=2024-02-29&to=2025-11-01", ["d2", "d3"]),
        ("from=2025&to=2025", ["d1", "d2"]),
        ("from=&to=&year=&month=", ["d1", "d2", "d3", "d4"]),
        ("from=2025&place=Málaga", ["d2"]),
        ("year=1999", []),
        ("from=2025&to=2024", []),
    ],
)
def test_days_are_both_included(dated: FlaskClient, narrowed: str, expected: list[str]) -> None:
    assert found(dated, narrowed) == expected


@pytest.mark.parametrize(
    ("narrowed", "parameter"),
    [
        ("from=ayer", "from"),
        ("from=2025-13", "from"),
        ("to=2025-02-30", "to"),
        ("to=12/11/2025", "to"),
        ("from=2025&from=2024", "from"),
        ("year=25", "year"),
        ("month=2025", "month"),
        ("month=" + "9" * 4_000, "month"),
        ("year=2025" + "".join(f"&year={year}" for year in range(1000, 1100)), "year"),
    ],
)
@pytest.mark.parametrize("page", [SEARCH, "/"])
def test_what_is_no_date_is_named(dated: FlaskClient, narrowed: str, parameter: str, page: str) -> None:
    response = dated.get(f"{page}?q=gas&{narrowed}", headers={"Accept": "application/json"})
    document = response.get_json()

    assert (response.status_code, document["code"], document["parameter"]) == (400, "invalid_parameter", parameter)
    assert len(document["detail"]) < 200


def test_a_filter_is_found_whatever_its_unicode_form(dated: FlaskClient) -> None:
    assert found(dated, "place=" + unicodedata.normalize("NFC", "Málaga")) == ["d2", "d3"]
    assert found(dated, "place=" + unicodedata.normalize("NFD", "Málaga")) == ["d2", "d3"]


def test_facets_leave_out_their_own_filter(dated: FlaskClient) -> None:
    facets = dated.get(f"{SEARCH}?q=gas&place=Moscú&facets=place,year").get_json()["facets"]

    assert facets["place"] == [{"value": "Málaga", "count": 2}, {"value": "Moscú", "count": 1}]
    assert facets["year"] == [{"value": "2025", "count": 1}]


def test_the_page_keeps_the_days_it_is_narrowed_to(dated: FlaskClient) -> None:
    page = dated.get("/?q=gas&from=2024&to=2025-11&per_page=1").text

    assert "from=2024-01-01&amp;to=2025-11-30" in page
