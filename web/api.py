"""What does the JSON endpoint answer? `search` and `documents/<id>`, wherever the blueprint is mounted."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from flask import Blueprint, Response, request, url_for

from searchidx.as_json import DocumentUrl, document_json, results_json
from searchidx.index import Index
from web.links import add_id_converter
from web.parameters import read_limit, read_query, read_search, require_query
from web.problems import register_json_problems
from web.security import protect

MAX_SIMILAR = 100
MAX_SUGGESTED = 20


def search_api(index: Index, url_of: DocumentUrl | None = None) -> Blueprint:
    """The JSON endpoint over an index: `search?q=…`, `suggest?q=…`, `documents/<id>` and below it `similar`.

    `url_of` says where a document is shown; without it the JSON leads to the blueprint's own `documents/<id>`.
    """
    blueprint = Blueprint("searchidx_api", __name__)
    blueprint.record(add_id_converter)

    @blueprint.get("/search")
    def search() -> Response:
        require_query(request.args)
        return json_response(results_json(read_search(request.args).search(index), url_of or _own_url))

    @blueprint.get("/suggest")
    def suggest() -> Response:
        require_query(request.args)
        found = index.suggest(read_query(request.args), limit=read_limit(request.args, 8, MAX_SUGGESTED))
        return json_response({"suggestions": [asdict(each) for each in found]})

    @blueprint.get("/documents/<document_id:document_id>/similar")
    def similar(document_id: str) -> Response:
        limit = read_limit(request.args, 10, MAX_SIMILAR)
        return json_response(results_json(index.similar(document_id, limit=limit), url_of or _own_url))

    @blueprint.get("/documents/<document_id:document_id>")
    def document(document_id: str) -> Response:
        matched = index.matched_document(document_id, read_query(request.args))
        return json_response(document_json(matched, url_of or _own_url))

    register_json_problems(blueprint)
    blueprint.after_request(protect)
    return blueprint


def _own_url(document_id: str, paragraph: int | None) -> str:
    anchor = f"p{paragraph}" if paragraph is not None else None
    return url_for(".document", document_id=document_id, _anchor=anchor)


def json_response(value: dict[str, Any]) -> Response:
    """A value as JSON in UTF-8, whatever the application's own settings are."""
    return Response(json.dumps(value, ensure_ascii=False, separators=(",", ":")), content_type="application/json")
