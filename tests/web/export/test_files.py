"""Exported files: all results, and nothing in them that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from typing import Any

import pytest
from flask.testing import FlaskClient

from searchidx.index import Index
from tests.web.conftest import MakeSite
from web import create_app
from web.settings import Settings


def rows(client: FlaskClient, address: str) -> list[dict[str, str]]:
    response = client.get(address)
    assert (response.status_code, response.content_type) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline="")))


def test_a_spreadsheet_has_a_line_for_each_hit(site: FlaskClient) -> None:
    found = rows(site, "/export?q=Putin&format=csv")
    hits = site.get("/api/v1/search?q=Putin").get_json()["hits"]

    assert [row["id"] for row in found] == [hit["id"] for hit in hits]
    assert [row["number"] for row in found] == ["1", "2", "3", "4", "5"]
    assert {row["date"] for row in found} == {"", "2025-11-12", "2025-11-11"} or len(found) == 5
    assert found[0]["url"] == "http://localhost/doc/" + found[0]["id"]
    assert found[0]["text"]


def test_csv_is_what_one_gets_and_spreadsheets_see_its_letters(site: FlaskClient) -> None:
    response = site.get("/export?q=reunión")

    assert response.data.startswith(b"\xef\xbb\xbfnumber,id,title,")
    assert "reunión" in response.data.decode("utf-8")
    assert response.data.endswith(b"\r\n")


def test_json_has_the_hits_as_the_endpoint_has_them(site: FlaskClient) -> None:
    response = site.get("/export?q=Putin&format=json&sort=-date")
    exported: dict[str, Any] = json.loads(response.data)
    hits = site.get("/api/v1/search?q=Putin&sort=-date").get_json()["hits"]

    assert response.content_type == "application/json"
    assert (exported["query"], exported["total"], len(exported["hits"])) == ("Putin", 5, 5)
    for mine, theirs in zip(exported["hits"], hits, strict=True):
        assert mine["snippets"][0]["text"] == theirs["snippets"][0]["text"]
        assert mine["url"] == f"http://localhost{theirs['url']}"


def test_it_takes_what_the_page_takes(site: FlaskClient) -> None:
    assert len(rows(site, "/export?q=Putin&source=EFE&page=7&per_page=1&facets=source")) == 2
    assert rows(site, "/export?q=nadalehalla") == []
    assert rows(site, "/export?q=") == []
    assert json.loads(site.get("/export?q=nadalehalla&format=json").data)["hits"] == []
    paragraphs = rows(site, "/export?q=Putin&level=paragraph")
    assert {row["url"].split("#")[1][0] for row in paragraphs} == {"p"}


def test_more_than_a_page_of_results_comes_whole_and_in_order(make_site: MakeSite) -> None:
    site = make_site(*({"text": f"gas {number}", "date": "2025-11-12"} for number in range(250)))
    found = rows(site, "/export?q=gas")

    assert [row["number"] for row in found] == [str(number) for number in range(1, 251)]
    assert len({row["id"] for row in found}) == 250
    assert len(json.loads(site.get("/export?q=gas&format=json").data)["hits"]) == 250


@pytest.mark.parametrize(
    "title",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "  =1",
        "＝1+1",
        "＋1",
        "=cmd|' /C calc'!A0",
        "a;=1",
        "a; @b",
        "|x",
        "%0A",
    ],
)
def test_no_cell_is_a_formula(make_site: MakeSite, title: str) -> None:
    (row,) = rows(make_site({"text": "gas", "title": title}), "/export?q=gas")

    assert row["title"].replace("'", "", 1) != row["title"] or not title.strip()
    for cell in row["title"].split(";"):
        assert cell.strip()[:1] not in "=+-@＝＋－|%"


def test_what_is_no_formula_stays_as_it_is(make_site: MakeSite) -> None:
    title = 'Rusia-China: «1+1=2», 50 %, a@b.es; "sí"'
    (row,) = rows(make_site({"text": "gas", "title": title}), "/export?q=gas")

    assert row["title"] == title


def test_controls_do_not_break_lines_or_turn_letters_round(make_site: MakeSite) -> None:
    (row,) = rows(make_site({"text": "gas", "title": "a\x00b\u202ec\x1bd"}), "/export?q=gas")

    assert row["title"] == "abcd"


@pytest.mark.parametrize(
    ("query", "plain", "encoded"),
    [
        ("tierras raras", "searchidx tierras raras.csv", "searchidx%20tierras%20raras.csv"),
        ("reunión", "searchidx reunin.csv", "searchidx%20reuni%C3%B3n.csv"),
        (unicodedata.normalize("NFD", "reunión"), "searchidx reunin.csv", "searchidx%20reuni%C3%B3n.csv"),
        ('"; filename="x.exe\r\n', "searchidx filename x exe.csv", "searchidx%20filename%20x%20exe.csv"),
        ("../../etc/passwd", "searchidx etc passwd.csv", "searchidx%20etc%20passwd.csv"),
        ("", "searchidx.csv", "searchidx.csv"),
        ("a" * 500, f"searchidx {'a' * 60}.csv", f"searchidx%20{'a' * 60}.csv"),
    ],
)
def test_a_file_is_named_by_its_query(site: FlaskClient, query: str, plain: str, encoded: str) -> None:
    response = site.get("/export", query_string={"q": query})

    assert response.headers["Content-Disposition"] == (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
    )


@pytest.mark.parametrize(
    ("address", "code"),
    [
        ("/export", "missing_parameter"),
        ("/export?q=a&format=xls", "invalid_parameter"),
        ("/export?q=a&sort=size", "invalid_parameter"),
        ("/export?q=a&month=13", "invalid_parameter"),
        ("/export?q=" + "a" * 5_000, "query_too_long"),
    ],
)
def test_what_cannot_be_meant_is_a_problem_document(site: FlaskClient, address: str, code: str) -> None:
    response = site.get(address)

    assert (response.status_code, response.content_type) == (400, "application/problem+json")
    assert response.get_json()["code"] == code
    assert "Content-Disposition" not in response.headers


def test_it_is_streamed(seeds: Index) -> None:
    with create_app(seeds, Settings()).test_client().get("/export?q=Putin") as response:
        assert response.is_streamed
        assert "Content-Length" not in response.headers
