"""JSON responses: the payload of a view, and the problem document (RFC 9457) of an error."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Blueprint, Response, current_app
from werkzeug.exceptions import HTTPException

from searchidx import SearchidxError
from web.problems import HANDLED_ERRORS, PROBLEM_TYPE, Problem, ProblemJson, problem_of

JSON_TYPE = "application/json"


def json_response(payload: object, content_type: str = JSON_TYPE, status: int = 200) -> Response:
    """A response with a payload as JSON in UTF-8."""
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    return Response(body, status, content_type=content_type)


def register_json_problems(blueprint: Blueprint) -> None:
    """Turn errors in the blueprint's views into problem documents."""
    for kind in HANDLED_ERRORS:
        blueprint.register_error_handler(kind, problem_document)


def problem_document(error: Exception) -> Response:
    """The response to a program for an error."""
    problem = logged_problem(error)
    payload: ProblemJson = {
        "type": "about:blank",
        "title": HTTPStatus(problem.status).phrase,
        "status": problem.status,
        "code": problem.code,
        "detail": problem.detail,
    }
    if problem.parameter:
        payload["parameter"] = problem.parameter
    return with_problem_headers(json_response(payload, PROBLEM_TYPE, problem.status), problem, error)


def logged_problem(error: Exception) -> Problem:
    """The problem; what a client must not see of the error is logged (Flask logs unexpected errors itself)."""
    problem = problem_of(error)
    if problem.status >= 500 and isinstance(error, SearchidxError):
        current_app.logger.error("%s: %s", problem.code, error)
    return problem


def with_problem_headers(response: Response, problem: Problem, error: Exception) -> Response:
    """The response with the headers that its status needs (`Allow`, `Retry-After`)."""
    if isinstance(error, HTTPException):
        for name, value in error.get_headers():
            if name.lower() != "content-type":
                response.headers[name] = value
    if problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return response
