"""Problems: what a client sees of an error, with an HTTP status and a stable code (RFC 9457).

The `code` of a problem never changes its meaning. Nothing in a problem describes the machine: that
goes to the log. `http/json_responses.py` makes a problem document of a problem, `pages/error_pages.py` a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import NotRequired

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

PROBLEM_TYPE = "application/problem+json"


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
    """What went wrong, for a program; `error_pages` has the words for a reader."""

    status: int  # HTTP
    code: str  # stable, snake_case
    detail: str  # English, a sentence
    parameter: str = ""
    retry_after: int | None = None  # seconds


HANDLED_ERRORS = (ParameterError, SearchidxError, HTTPException)
"""The errors that error handlers turn into responses; Flask makes an HTTPException of any other error."""


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
