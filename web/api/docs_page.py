"""The documentation of the JSON API: its OpenAPI document, and a page that shows it.

The page is made here, without a script and without anything from another site: the usual viewers are a megabyte
and need styles that a strict content security policy refuses.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, render_template, request, send_from_directory, url_for

from web.api.openapi import EMPTY, Endpoint, openapi_json
from web.api.schemas import JsonSchema
from web.http.json_responses import JSON_TYPE

DOCS_FOLDER = "docs"
"""Below the package; holds the page's template and style sheet."""

_EXAMPLES = {"q": "tierras raras", "document_id": "001_b6d178efe64e1b6c.txt"}


def add_docs(blueprint: Blueprint, own: Sequence[Endpoint], extra: Sequence[Endpoint]) -> None:
    """Give a blueprint `/openapi.json` and `/docs`, over its own endpoints and those of its application."""

    def document_text() -> str:
        own_name = request.blueprint or blueprint.name  # the application serves it from its root too
        prefix = url_for(f"{own_name}.openapi").removesuffix("/openapi.json").removeprefix(request.script_root)
        endpoints = [*((prefix, each) for each in own), *(("", each) for each in extra)]
        return openapi_json(endpoints, request.script_root)

    @blueprint.get("/openapi.json")
    def openapi() -> Response:
        return Response(document_text(), content_type=JSON_TYPE)

    @blueprint.get("/docs")
    def docs() -> str:
        document = json.loads(document_text())
        return render_template(
            "searchidx_docs.html",
            info=document["info"],
            operations=list(_operations(document)),
            models=list(_models(document)),
        )

    @blueprint.get("/docs/docs.css")
    def docs_style() -> Response:
        return send_from_directory(Path(__file__).with_name(DOCS_FOLDER), "docs.css")


@dataclass(frozen=True, slots=True)
class _Value:
    """A parameter or a key."""

    name: str
    kind: str  # in words
    model: str  # which the page describes too, "" for none
    required: bool
    description: str
    default: str


@dataclass(frozen=True, slots=True)
class _Response:
    """The response with one status."""

    status: str
    description: str
    types: tuple[str, ...]
    model: str


@dataclass(frozen=True, slots=True)
class _Operation:
    """One address."""

    name: str
    path: str
    summary: str
    example: str
    parameters: tuple[_Value, ...]
    responses: tuple[_Response, ...]


@dataclass(frozen=True, slots=True)
class _Model:
    """One shape of JSON."""

    name: str
    description: str
    keys: tuple[_Value, ...]


def _operations(document: JsonSchema) -> Iterator[_Operation]:
    for path, item in document["paths"].items():
        operation = item["get"]
        parameters = operation.get("parameters", ())
        yield _Operation(
            operation["operationId"],
            path,
            operation["summary"],
            _example(f"{document['servers'][0]['url'].rstrip('/')}{path}", parameters),
            tuple(_value(each["name"], each["schema"], each) for each in parameters),
            tuple(_response(status, each) for status, each in operation["responses"].items()),
        )


def _example(address: str, parameters: Sequence[JsonSchema]) -> str:
    """The address with an example of each required parameter."""
    required = {each["name"] for each in parameters if each.get("required")}
    if "document_id" in required:
        address = address.replace("{document_id}", _EXAMPLES["document_id"])
    return f"{address}?q={_EXAMPLES['q'].replace(' ', '+')}" if "q" in required else address


def _response(status: str, response: JsonSchema) -> _Response:
    content = response.get("content", {})
    models = {_kind(each.get("schema", {}))[1] for each in content.values()} - {""}
    return _Response(status, response["description"], tuple(content), "".join(models))


def _models(document: JsonSchema) -> Iterator[_Model]:
    for name, schema in document["components"]["schemas"].items():
        required = schema.get("required", ())
        values = (
            _value(key, each, {"required": key in required, **each})
            for key, each in schema.get("properties", {}).items()
        )
        yield _Model(name, schema.get("description", ""), tuple(values))


def _value(name: str, schema: JsonSchema, described: JsonSchema) -> _Value:
    """A parameter or key; `described` has its description, and whether it is required."""
    kind, model = _kind(schema)
    default = json.dumps(schema["default"], ensure_ascii=False) if schema.get("default") is not None else ""
    return _Value(name, kind, model, bool(described.get("required")), described.get("description", ""), default)


def _kind(schema: JsonSchema) -> tuple[str, str]:
    """What a schema allows, in words, and the model that it is or holds."""
    if "$ref" in schema:
        return "", schema["$ref"].rsplit("/", 1)[-1]
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"])), ""
    if "prefixItems" in schema:
        return f"pair of {_kind(schema['prefixItems'][0])[0]}s", ""
    if "anyOf" in schema:
        kinds = [_kind(each) for each in schema["anyOf"] if each != EMPTY]
        return " or ".join(kind for kind, _ in kinds if kind), "".join(model for _, model in kinds)
    if schema.get("type") == "array":
        kind, model = _kind(schema.get("items", {}))
        return f"list of {kind}".strip(), model
    if schema.get("type") == "object" and isinstance(schema.get("additionalProperties"), dict):
        kind, model = _kind(schema["additionalProperties"])
        return f"names, each with {kind}".strip(), model
    limits = [f"{sign} {schema[key]:g}" for key, sign in (("minimum", "≥"), ("maximum", "≤")) if key in schema]
    limits += [f"up to {schema['maxLength']} characters"] if "maxLength" in schema else []
    return ", ".join([str(schema.get("type", "anything")), *limits]), ""
