"""How does the endpoint describe itself? As an OpenAPI 3.1 document, made of the models that requests and answers
pass through."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from openapi_pydantic import (
    DataType,
    Info,
    License,
    MediaType,
    OpenAPI,
    Operation,
    Parameter,
    PathItem,
    Response,
    Schema,
    Server,
)
from openapi_pydantic.util import PydanticSchema, construct_open_api_with_schema_class
from pydantic import BaseModel

from searchidx import __version__
from web.api.responses import ProblemAnswer
from web.problems import PROBLEM_TYPE
from web.request_params import Asked

JSON_TYPE = "application/json"

_DESCRIPTION = (
    "Full-text search, Spanish first. Plain `text` with `ranges` (half-open, Unicode code points) always stands "
    "beside `html`, which is escaped first and marked after. Keys may be added; none changes its meaning. What "
    "goes wrong is told in problem documents (RFC 9457) with a stable `code`. Answers bear an `ETag`: with "
    "`If-None-Match` an unchanged one is answered with status 304 and no body."
)

_PROBLEMS = {
    400: "A parameter cannot be read: missing_parameter, invalid_parameter, query_too_long.",
    404: "There is no such document: document_not_found.",
    503: "No answer now: index_not_ready, engine_unavailable, engine_failed, deadline_exceeded.",
}

_JsonSchema = Mapping[str, object]

EMPTY: _JsonSchema = {"type": "string", "const": ""}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One address that is only read: what it is asked, and what it answers."""

    path: str  # as OpenAPI writes it: /documents/{document_id}
    name: str
    summary: str
    asked: type[Asked] = Asked
    answers: Mapping[str, type[BaseModel] | None] = field(default_factory=dict)  # media type → what it holds
    problems: tuple[int, ...] = (400, 503)


def openapi_json(endpoints: Iterable[tuple[str, Endpoint]], server: str) -> str:
    """The document over endpoints, each with the prefix of its path; `server` is where all of them begin."""
    made = OpenAPI(
        info=Info(
            title="searchidx",
            version=__version__,
            description=_DESCRIPTION,
            license=License(name="MIT", identifier="MIT"),
        ),
        servers=[Server(url=server or "/")],
        paths={f"{prefix}{endpoint.path}": PathItem(get=_operation(endpoint)) for prefix, endpoint in endpoints},
    )
    return construct_open_api_with_schema_class(made).model_dump_json(by_alias=True, exclude_none=True)


def _operation(endpoint: Endpoint) -> Operation:
    answers = {"200": _answer(endpoint)}
    answers |= {str(status): _problem(status) for status in endpoint.problems}
    return Operation(
        operationId=endpoint.name,
        summary=endpoint.summary,
        parameters=[*_path_parameters(endpoint.path), *_query_parameters(endpoint.asked)],
        responses=answers,
    )


def _answer(endpoint: Endpoint) -> Response:
    content = {
        kind: MediaType(
            media_type_schema=PydanticSchema(schema_class=model) if model else Schema(type=DataType.STRING)
        )
        for kind, model in endpoint.answers.items()
    }
    return Response(description=endpoint.summary, content=content)


def _problem(status: int) -> Response:
    content = {PROBLEM_TYPE: MediaType(media_type_schema=PydanticSchema(schema_class=ProblemAnswer))}
    return Response(description=_PROBLEMS[status], content=content)


def _path_parameters(path: str) -> list[Parameter]:
    if "{document_id}" not in path:
        return []
    described = "The document's id, percent-encoded; a slash may stand as it is."
    return [_parameter("path", "document_id", True, described, {"type": "string", "minLength": 1})]


def _query_parameters(asked: type[BaseModel]) -> list[Parameter]:
    described = asked.model_json_schema(by_alias=True)
    required = described.get("required", ())
    return [
        _parameter("query", name, name in required, schema["description"], _or_empty(_plain(schema)))
        for name, schema in described.get("properties", {}).items()
    ]


def _parameter(where: str, name: str, required: bool, description: str, schema: _JsonSchema) -> Parameter:
    told = {"in": where, "name": name, "required": required, "description": description, "schema": schema}
    return Parameter.model_validate(told)


def _or_empty(schema: _JsonSchema) -> _JsonSchema:
    """A parameter without a value is as one that is not given, as forms send them; where "" is no value itself."""
    match schema:
        case {"type": "array", "items": dict(items)}:
            return {**schema, "items": _or_empty(items)}
        case {"anyOf": list(kinds)}:
            return {**schema, "anyOf": [*kinds, EMPTY]}
        case {"type": "string"} if schema.keys().isdisjoint(("enum", "pattern")):
            return schema
    kind = {name: value for name, value in schema.items() if name != "default"}
    default = {"default": schema["default"]} if "default" in schema else {}
    return {"anyOf": [kind, EMPTY], **default}


def _plain(schema: _JsonSchema) -> _JsonSchema:
    """The schema of a parameter without what stands beside it, and without defaults that an address cannot say."""
    left_out = {"title", "description"} | ({"default"} if schema.get("default") in (None, [], "") else set())
    return {name: value for name, value in schema.items() if name not in left_out}
