"""Errors as responses: problem documents (RFC 9457) for programs, pages for readers.

The `code` of a problem never changes its meaning. No response says anything about the machine: that goes to the
log.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import NotRequired

from flask import Blueprint, Flask, Response, current_app, render_template, request
from typing_extensions import TypedDict
from werkzeug.exceptions import HTTPException

from searchidx import (
    DocumentNotFoundError,
    EngineError,
    EngineUnavailableError,
    IndexStateError,
    QueryError,
    SearchidxError,
    SearchTimeoutError,
    UnknownFieldError,
)
from web.api.schemas import json_response
from web.pages.error_messages import error_message

PROBLEM_TYPE = "application/problem+json"

_MAX_REPEATED_QUERY = 512  # characters of the query that an error page offers for another try


class ProblemJson(TypedDict):
    """What went wrong (RFC 9457)."""

    type: str
    title: str
    """The status in words."""
    status: int
    code: str
    """Stable, for programs."""
    detail: str
    """For people."""
    parameter: NotRequired[str]
    """Which parameter is at fault, if one is."""


class ParameterError(Exception):
    """A parameter that cannot be read; `code` is the problem's, `detail` says what is allowed."""

    def __init__(self, code: str, parameter: str, detail: str) -> None:
        self.code = code
        self.parameter = parameter
        self.detail = detail
        super().__init__(detail)


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong, for a program; `error_messages` has the words for a reader."""

    status: int  # HTTP
    code: str  # stable, snake_case
    detail: str  # English, a sentence
    parameter: str = ""
    retry_after: int | None = None  # seconds


def problem_of(error: Exception) -> Problem:
    """The problem that a client sees of an error."""
    match error:
        case ParameterError():
            return _parameter_problem(error.code, error.parameter, error.detail)
        case UnknownFieldError():
            known = ", ".join(error.known)
            detail = f"'{error.parameter}' may name: {known}."
            return _parameter_problem("invalid_parameter", error.parameter, detail)
        case QueryError():
            parameter = error.parameter
            return _parameter_problem("invalid_parameter", parameter, f"'{parameter}': {error.reason}.")
        case DocumentNotFoundError():
            return Problem(404, "document_not_found", "There is no document with this id in the index.")
        case IndexStateError():
            return Problem(
                503,
                "index_not_ready",
                "The index cannot be read. The administrator finds the cause with: searchidx check; "
                "an index is made with: searchidx index FOLDER.",
            )
        case SearchTimeoutError():
            return Problem(
                503,
                "deadline_exceeded",
                f"The search was stopped after {error.seconds:g} s. Search for less, such as fewer patterns.",
            )
        case EngineError():
            return _engine_problem(error)
        case HTTPException():
            return _http_problem(error)
    return _http_problem(HTTPException())


def _parameter_problem(code: str, parameter: str, detail: str) -> Problem:
    return Problem(400, code, detail, parameter)


def _engine_problem(error: EngineError) -> Problem:
    if isinstance(error, EngineUnavailableError):
        detail = "The search engine cannot answer now; try again in a moment."
        return Problem(503, "engine_unavailable", detail, retry_after=1)
    detail = "The search engine cannot answer. The administrator repairs it with: searchidx check --repair."
    return Problem(503, "engine_failed", detail)


def _http_problem(error: HTTPException) -> Problem:
    status = error.code or 500
    phrase = HTTPStatus(status).phrase
    code = {500: "internal_error"}.get(status, phrase.lower().replace(" ", "_"))
    return Problem(status, code, error.description or f"{phrase}.")


_HANDLED = (ParameterError, SearchidxError, HTTPException)


def register_json_problems(blueprint: Blueprint) -> None:
    """Turn errors in the blueprint's views into problem documents."""
    for kind in _HANDLED:
        blueprint.register_error_handler(kind, _problem_document)


def register_problems(app: Flask, pages: Blueprint, api_path: str) -> None:
    """Turn all other errors into pages, or into problem documents for programs.

    The path of a view has the format of its blueprint, whatever the method: pages for `pages` and static files. A
    path without a view is for programs below `api_path`; elsewhere the request decides by what it accepts.
    """

    def respond(error: Exception) -> Response:
        is_json = _prefers_json() or _is_for_programs(app, pages, api_path)
        response = _problem_document(error) if is_json else _problem_page(error)
        response.vary.add("Accept")
        return response

    for kind in _HANDLED:
        app.register_error_handler(kind, respond)


def _is_for_programs(app: Flask, pages: Blueprint, api_path: str) -> bool:
    adapter = app.create_url_adapter(request)
    assert adapter is not None  # there is a request
    try:
        endpoint, _ = adapter.match(method="GET")
    except HTTPException:
        return f"{request.path}/".startswith(f"{api_path}/")
    blueprint, _, view = str(endpoint).rpartition(".")
    return view != "static" and blueprint != pages.name


def _prefers_json() -> bool:
    accepted = request.accept_mimetypes
    return max(accepted[PROBLEM_TYPE], accepted["application/json"]) > accepted["text/html"]


def _problem_document(error: Exception) -> Response:
    problem = _logged_problem(error)
    payload: ProblemJson = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail,
    }
    if problem.parameter:
        payload["parameter"] = problem.parameter
    return _with_headers(json_response(payload, PROBLEM_TYPE, problem.status), problem, error)


def _problem_page(error: Exception) -> Response:
    problem = _logged_problem(error)
    query = request.args.get("q", "")[:_MAX_REPEATED_QUERY]
    heading, advice = error_message(problem.code, problem.parameter)
    page = render_template("error.html", problem=problem, heading=heading, advice=advice, query=query)
    return _with_headers(Response(page, problem.status), problem, error)


def _logged_problem(error: Exception) -> Problem:
    """The problem; what a client must not see of the error is logged (Flask logs unexpected errors itself)."""
    problem = problem_of(error)
    if problem.status >= 500 and isinstance(error, SearchidxError):
        current_app.logger.error("%s: %s", problem.code, error)
    return problem


def _with_headers(response: Response, problem: Problem, error: Exception) -> Response:
    """The response with the headers that its status needs (`Allow`, `Retry-After`)."""
    if isinstance(error, HTTPException):
        for name, value in error.get_headers():
            if name.lower() != "content-type":
                response.headers[name] = value
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return response
