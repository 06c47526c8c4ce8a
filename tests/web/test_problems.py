"""Errors as problem documents and as pages."""

from __future__ import annotations

import logging
from http import HTTPStatus
from pathlib import Path
from typing import Any, NoReturn

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from searchidx.errors import (
    EngineError,
    EngineUnavailableError,
    IndexLockedError,
    IndexStateError,
    Remedy,
)
from searchidx.index import Index
from tests.web.page_support import Page
from web import create_app

SEARCH = "/api/v1/search"


def problem(response: TestResponse) -> dict[str, Any]:
    """The problem document of an answer, after what all of them have in common."""
    assert response.content_type == "application/problem+json"
    document: dict[str, Any] = response.get_json()
    assert document["status"] == response.status_code
    assert document["title"] == HTTPStatus(response.status_code).phrase
    assert document["detail"]
    return document


@pytest.mark.parametrize(
    ("query_string", "code", "parameter"),
    [
        ("", "missing_parameter", "q"),
        ("q=" + "a" * 513, "query_too_long", "q"),
        ("q=a&q=b", "invalid_parameter", "q"),
        ("q=a&level=word", "invalid_parameter", "level"),
        ("q=a&sort=DATE", "invalid_parameter", "sort"),
        ("q=a&page=0", "invalid_parameter", "page"),
        ("q=a&page=-1", "invalid_parameter", "page"),
        ("q=a&page=x", "invalid_parameter", "page"),
        ("q=a&page=1.5", "invalid_parameter", "page"),
        ("q=a&page=١", "invalid_parameter", "page"),
        ("q=a&page=1%0A", "invalid_parameter", "page"),
        ("q=a&page=1001", "invalid_parameter", "page"),
        ("q=a&page=999999999", "invalid_parameter", "page"),
        ("q=a&page=" + "9" * 4_000, "invalid_parameter", "page"),
        ("q=a&per_page=101", "invalid_parameter", "per_page"),
        ("q=a&facets=title", "invalid_parameter", "facets"),
        ("q=a" + "&source=x" * 3 + "".join(f"&source={n}" for n in range(100)), "invalid_parameter", "source"),
    ],
)
def test_a_parameter_that_cannot_be_meant_is_named(
    site: FlaskClient, query_string: str, code: str, parameter: str
) -> None:
    found = problem(site.get(f"{SEARCH}?{query_string}"))

    assert (found["status"], found["code"], found["parameter"]) == (400, code, parameter)
    assert len(found["detail"]) < 200


@pytest.mark.parametrize("address", ["/", SEARCH, "/doc/001_b6d178efe64e1b6c.txt", "/api/v1/stats", "/nada"])
def test_raw_bytes_in_an_address_are_read_as_if_encoded(site: FlaskClient, address: str) -> None:
    for raw in ("q=a\xf1o", "q=\x00\x1b", 'q="<\xc3\xb1>"', "\xff=\xfe&q=a", "q=%zz%"):
        assert site.get(address, environ_overrides={"QUERY_STRING": raw}).status_code in (200, 404), raw


def test_raw_bytes_in_a_path_are_no_document(site: FlaskClient) -> None:
    for path in ("/doc/\xf1\xff", "/api/v1/documents/\xf1\x00", "/\xff"):
        assert site.get("/", environ_overrides={"PATH_INFO": path}).status_code == 404


def test_the_detail_says_what_is_allowed(site: FlaskClient) -> None:
    assert "document, paragraph" in problem(site.get(f"{SEARCH}?q=a&level=x"))["detail"]
    assert "-date" in problem(site.get(f"{SEARCH}?q=a&sort=x"))["detail"]
    assert "source" in problem(site.get(f"{SEARCH}?q=a&facets=x"))["detail"]


def test_an_unknown_document_and_an_unknown_address_differ(site: FlaskClient) -> None:
    assert problem(site.get("/api/v1/documents/nada"))["code"] == "document_not_found"
    assert problem(site.get("/api/v1/nada"))["code"] == "not_found"
    assert problem(site.get("/api"))["status"] == 404


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_what_is_only_read_says_so(site: FlaskClient, method: str) -> None:
    answered = getattr(site, method)(SEARCH)
    page = getattr(site, method)("/")

    assert problem(answered)["code"] == "method_not_allowed"
    assert "GET" in answered.headers["Allow"]
    assert (page.status_code, page.mimetype) == (405, "text/html")
    assert "GET" in page.headers["Allow"]


def test_pages_answer_in_spanish_unless_json_is_preferred(site: FlaskClient) -> None:
    page = site.get("/nada", headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})

    assert Page(page).text("h1") == "Esta página no existe"
    assert Page(site.get("/nada", headers={"Accept": "*/*"})).status == 404
    assert problem(site.get("/nada", headers={"Accept": "application/json"}))["code"] == "not_found"
    assert "Accept" in page.vary


def test_a_page_says_in_spanish_what_a_parameter_may_be(site: FlaskClient) -> None:
    page = Page(site.get("/?q=gas&page=5000"))

    assert (page.status, page.text("h1")) == (400, "Esa búsqueda no se puede hacer")
    assert "10.000" in page.text("main")
    assert page.one('input[name="q"]').attributes["value"] == "gas"
    assert Page(site.get("/?q=" + "a" * 5_000)).text("h1") == "La consulta es demasiado larga"


class Failing(Index):
    """An index whose every answer is an error."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def _fail(self, *_: object, **__: object) -> NoReturn:
        raise self._error

    search = document = matched_document = counts = _fail

    def version(self) -> str:
        return "of no index"


STATE = IndexStateError("/srv/secreto/index", "no index", "an index", Remedy.CREATE)


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (STATE, 503, "index_not_ready"),
        (EngineUnavailableError("/srv/secreto is busy"), 503, "engine_unavailable"),
        (EngineError("/srv/secreto is damaged"), 503, "engine_failed"),
        (IndexLockedError(77, None), 500, "internal_error"),
        (RuntimeError("/srv/secreto"), 500, "internal_error"),
    ],
)
def test_failures_reveal_nothing_of_the_machine(
    error: Exception, status: int, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(Failing(error)).test_client()
    with caplog.at_level(logging.ERROR):
        answers = [client.get(address) for address in (f"{SEARCH}?q=a", "/api/v1/documents/x", "/health")]
        pages = [client.get(address) for address in ("/", "/?q=a", "/doc/x")]

    assert {problem(answer)["code"] for answer in answers} == {code}
    assert {Page(page).status for page in pages} == {status}
    for answer in answers + pages:
        assert not any(secret in answer.get_data(as_text=True) for secret in ("secreto", "Traceback", "Error("))
    assert len(caplog.records) == len(answers + pages)


def test_what_may_work_later_says_when(caplog: pytest.LogCaptureFixture) -> None:
    busy = create_app(Failing(EngineUnavailableError("busy"))).test_client()
    gone = create_app(Failing(STATE)).test_client()

    assert busy.get(f"{SEARCH}?q=a").headers["Retry-After"] == "1"
    assert "Retry-After" not in gone.get(f"{SEARCH}?q=a").headers
    assert "searchidx index" in problem(gone.get("/health"))["detail"]
    assert "/srv/secreto" in caplog.text


def test_an_index_that_goes_away_is_a_problem_of_its_own(tmp_path: Path) -> None:
    index = Index.create(tmp_path / "index")
    client = create_app(index).test_client()
    assert client.get("/health").status_code == 200
    (tmp_path / "index" / "manifest.json").unlink()

    assert problem(client.get("/health"))["code"] == "index_not_ready"
    index.close()
