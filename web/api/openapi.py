"""The OpenAPI 3.1 document, derived from the models of the request parameters and the shapes of the responses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from openapi_pydantic import (
    Components,
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

from searchidx import __version__
from web.api.schemas import JsonSchema, json_schemas
from web.problems import PROBLEM_TYPE, ProblemJson
from web.request_params import RequestParams

_DESCRIPTION = (
    "Full-text search, Spanish first. Plain `text` with `ranges` (half-open, Unicode code points) always stands "
    "next to `html`, which is escaped first and marked after. Keys may be added; none changes its meaning. Errors "
    "are problem documents (RFC 9457) with a stable `code`. Responses have an `ETag`: a request with "
    "`If-None-Match` gets status 304 and no body as long as nothing has changed."
)

_PROBLEMS = {
    400: "A parameter cannot be read: missing_parameter, invalid_parameter, query_too_long.",
    404: "There is no such document: document_not_found.",
    503: "No response now: index_not_ready, engine_unavailable, engine_failed, deadline_exceeded.",
}

_TEXT: JsonSchema = {"type": "string"}

EMPTY: JsonSchema = {"type": "string", "const": ""}


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A GET endpoint: its path, its parameters and its responses."""

    path: str  # as OpenAPI writes it: /documents/{document_id}
    name: str  # of the view, and the operation's id
    summary: str
    params: Sequence[type[RequestParams]] = ()  # models that read the query string
    responses: Mapping[str, object] = field(default_factory=dict)  # media type → type of its JSON, None for text
    problems: tuple[int, ...] = (400, 503)  # HTTP statuses


def openapi_json(endpoints: Iterable[tuple[str, Endpoint]], server: str) -> str:
    """The document of endpoints, each with the prefix of its path; `server` is where all of them begin."""
    listed = list(endpoints)
    shapes = {shape for _, endpoint in listed for shape in endpoint.responses.values() if shape is not None}
    schemas, components = json_schemas(frozenset({*shapes, ProblemJson}))
    document = OpenAPI(
        info=Info(
            title="searchidx",
            version=__version__,
            description=_DESCRIPTION,
            license=License(name="MIT", identifier="MIT"),
        ),
        servers=[Server(url=server or "/")],
        paths={
            f"{prefix}{endpoint.path}": PathItem(get=_operation(endpoint, schemas)) for prefix, endpoint in listed
        },
        components=Components(schemas={name: Schema.model_validate(each) for name, each in components.items()}),
    )
    return document.model_dump_json(by_alias=True, exclude_none=True)


def _operation(endpoint: Endpoint, schemas: Mapping[object, JsonSchema]) -> Operation:
    content = {kind: schemas[shape] if shape else _TEXT for kind, shape in endpoint.responses.items()}
    responses = {"200": _response(endpoint.summary, content)}
    for status in endpoint.problems:
        responses[str(status)] = _response(_PROBLEMS[status], {PROBLEM_TYPE: schemas[ProblemJson]})
    return Operation(
        operationId=endpoint.name,
        summary=endpoint.summary,
        parameters=[*_path_parameters(endpoint.path), *_query_parameters(endpoint.params)],
        responses=responses,
    )


def _response(description: str, content: Mapping[str, JsonSchema]) -> Response:
    media_types = {kind: MediaType.model_validate({"schema": schema}) for kind, schema in content.items()}
    return Response(description=description, content=media_types)


def _path_parameters(path: str) -> list[Parameter]:
    if "{document_id}" not in path:
        return []
    description = "The document's id, percent-encoded; a slash may stand as it is."
    return [_parameter("path", "document_id", True, description, {"type": "string", "minLength": 1})]


def _query_parameters(models: Sequence[type[RequestParams]]) -> list[Parameter]:
    parameters = []
    for model in models:
        described = model.model_json_schema(by_alias=True)
        required = described.get("required", ())
        parameters += [
            _parameter("query", name, name in required, schema["description"], _or_empty(_without_texts(schema)))
            for name, schema in described.get("properties", {}).items()
        ]
    return parameters


def _parameter(where: str, name: str, required: bool, description: str, schema: JsonSchema) -> Parameter:
    values = {"in": where, "name": name, "required": required, "description": description, "schema": schema}
    return Parameter.model_validate(values)


def _or_empty(schema: JsonSchema) -> JsonSchema:
    """The schema of a parameter that may come without a value, as forms send it; "" then means not given."""
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


def _without_texts(schema: JsonSchema) -> JsonSchema:
    """The schema without title and description, and without a default that an address cannot say."""
    left_out = {"title", "description"} | ({"default"} if schema.get("default") in (None, [], "") else set())
    return {name: value for name, value in schema.items() if name not in left_out}
