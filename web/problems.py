"""What does a client hear when something goes wrong? The one place where errors become answers.

The JSON endpoint answers with problem documents (RFC 9457) whose `code` never changes its meaning, pages with a
page in their reader's language. Neither ever says anything of the machine that it runs on: that goes to the log.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Flask, Response, current_app, render_template, request
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
from web.api.responses import ProblemAnswer
from web.pages.error_messages import apology

PROBLEM_TYPE = "application/problem+json"

_QUERY_SHOWN = 512  # characters of it that an error page offers for another try


class ParameterError(Exception):
    """A parameter that cannot be read; `code` is the problem's, `detail` says what is allowed."""

    def __init__(self, code: str, parameter: str, detail: str) -> None:
        self.code = code
        self.parameter = parameter
        self.detail = detail
        super().__init__(detail)


@dataclass(frozen=True, slots=True)
class Problem:
    """What went wrong; what a reader is told of it is in `apologies`."""

    status: int  # HTTP
    code: str  # stable, snake_case
    detail: str  # English, a sentence
    parameter: str = ""
    retry_after: int | None = None  # seconds


def problem_of(error: Exception) -> Problem:
    """The problem that an error is to a client."""
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
            return Problem(
                404,
                "document_not_found",
                "There is no document with this id in the index.",
            )
        case IndexStateError():
            return Problem(
                503,
                "index_not_ready",
                "The index cannot be read. Whoever runs this server can find out why with: searchidx check; "
                "an index is made with: searchidx index FOLDER.",
            )
        case SearchTimeoutError():
            return Problem(
                503,
                "deadline_exceeded",
                f"The answer was given up after {error.seconds:g} s. Ask for less, such as fewer patterns.",
            )
        case EngineError():
            return _engine_problem(error)
        case HTTPException():
            return _http_problem(error)
    return _http_problem(HTTPException())


def _parameter_problem(code: str, parameter: str, detail: str) -> Problem:
    return Problem(400, code, detail, parameter)


def _engine_problem(error: EngineError) -> Problem:
    if isinstance(error, EngineUnavailableError) and error.retryable:
        detail = "The search engine cannot answer now; try again in a moment."
        return Problem(503, "engine_unavailable", detail, retry_after=1)
    detail = "The search engine cannot answer. Whoever runs this server can mend it: searchidx check --repair."
    return Problem(503, "engine_failed", detail)


def _http_problem(error: HTTPException) -> Problem:
    status = error.code or 500
    phrase = HTTPStatus(status).phrase
    code = {500: "internal_error"}.get(status, phrase.lower().replace(" ", "_"))
    return Problem(status, code, error.description or f"{phrase}.")


def register_json_problems(blueprint: Blueprint) -> None:
    """Errors in the blueprint's views become problem documents."""
    for kind in (ParameterError, SearchidxError, HTTPException):
        blueprint.register_error_handler(kind, _answer_json)


def register_page_problems(app: Flask) -> None:
    """All other errors become pages, or problem documents for who asks for JSON."""
    for kind in (ParameterError, SearchidxError, HTTPException):
        app.register_error_handler(kind, _answer)


def _answer(error: Exception) -> Response:
    response = _answer_json(error) if _wants_json() else _answer_page(error)
    response.vary.add("Accept")
    return response


_MACHINE_PATHS = tuple(
    f"/{name}/"
    for name in ("api", "health", "metrics", "openapi.json", "feed", "export", "suggestions", "opensearch.xml")
)


def _wants_json() -> bool:
    if f"{request.path}/".startswith(_MACHINE_PATHS):
        return True
    accepted = request.accept_mimetypes
    json_quality = max(accepted[PROBLEM_TYPE], accepted["application/json"])
    return json_quality > accepted["text/html"]


def _answer_json(error: Exception) -> Response:
    problem = _told(error)
    document = ProblemAnswer(
        type="about:blank",
        title=HTTPStatus(problem.status).phrase,
        status=problem.status,
        code=problem.code,
        detail=problem.detail,
    )
    if problem.parameter:
        document = document.model_copy(update={"parameter": problem.parameter})
    response = document.response()
    response.status_code = problem.status
    response.content_type = PROBLEM_TYPE
    return _finished(response, problem, error)


def _answer_page(error: Exception) -> Response:
    problem = _told(error)
    query = request.args.get("q", "")[:_QUERY_SHOWN]
    heading, advice = apology(problem.code, problem.parameter)
    page = render_template("error.html", problem=problem, heading=heading, advice=advice, query=query)
    return _finished(Response(page, problem.status), problem, error)


def _told(error: Exception) -> Problem:
    """The problem; what a client must not hear is logged (Flask logs the unexpected itself)."""
    problem = problem_of(error)
    if problem.status >= 500 and isinstance(error, SearchidxError):
        current_app.logger.error("%s: %s", problem.code, error)
    return problem


def _finished(response: Response, problem: Problem, error: Exception) -> Response:
    """The answer with the headers that its status asks for (`Allow`, `Retry-After`)."""
    if isinstance(error, HTTPException):
        for name, value in error.get_headers():
            if name.lower() != "content-type":
                response.headers[name] = value
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return response
