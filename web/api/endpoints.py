"""The JSON API: a blueprint with its GET endpoints and their views."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, request, url_for

from searchidx import (
    DocumentJson,
    DocumentUrl,
    FacetsJson,
    Index,
    ResultsJson,
    StatsJson,
    SuggestionsJson,
    document_json,
    facets_json,
    results_json,
    stats_json,
    suggestions_json,
)
from web.api.docs_page import DOCS_FOLDER, add_docs
from web.api.openapi import Endpoint
from web.http.caching import add_etags
from web.http.compression import compress
from web.http.headers import add_security_headers, cors_policy
from web.http.json_responses import JSON_TYPE, json_response, register_json_problems
from web.http.request_handling import encode_raw_query_strings, limit_time
from web.request_params import (
    ApiSearchParams,
    DocumentParams,
    FacetsParams,
    FilterParams,
    SimilarParams,
    SuggestParams,
)
from web.search_address import read_search
from web.urls import add_id_converter

DEFAULT_DEADLINE = 10.0
"""Seconds after which a search is stopped."""

_DOCUMENT_PROBLEMS = (400, 404, 503)

ENDPOINTS = (
    Endpoint("/search", "search", "Search.", (ApiSearchParams, FilterParams), {JSON_TYPE: ResultsJson}),
    Endpoint("/suggest", "suggest", "Complete a text.", (SuggestParams,), {JSON_TYPE: SuggestionsJson}),
    Endpoint(
        "/facets",
        "facets",
        "Count hits by field.",
        (FacetsParams, FilterParams),
        {JSON_TYPE: FacetsJson},
    ),
    Endpoint(
        "/documents/{document_id}/similar",
        "similar",
        "Documents on the same matter.",
        (SimilarParams,),
        {JSON_TYPE: ResultsJson},
        _DOCUMENT_PROBLEMS,
    ),
    Endpoint(
        "/documents/{document_id}",
        "document",
        "A document with what a query marks in it.",
        (DocumentParams,),
        {JSON_TYPE: DocumentJson},
        _DOCUMENT_PROBLEMS,
    ),
    Endpoint("/stats", "stats", "What the index holds.", responses={JSON_TYPE: StatsJson}, problems=(503,)),
)


def search_api(
    index: Index,
    url_of: DocumentUrl | None = None,
    *,
    cors_origins: Sequence[str] = (),
    deadline: float | None = DEFAULT_DEADLINE,
    extra_endpoints: Sequence[Endpoint] = (),
) -> Blueprint:
    """The JSON API over an index: `search`, `suggest`, `facets`, `documents/<id>`, `stats`, and its `docs`.

    `url_of` says where a document is shown; without it the JSON links to the blueprint's own `documents/<id>`.
    Pages of `cors_origins` may read the responses. `deadline` is in seconds. `extra_endpoints` are endpoints of
    the application itself, for the OpenAPI document.
    """
    blueprint = Blueprint("searchidx_api", __name__, template_folder=DOCS_FOLDER)
    blueprint.record(add_id_converter)
    views = _Views(index, url_of or _own_url)
    for endpoint in ENDPOINTS:
        rule = endpoint.path.replace("{document_id}", "<document_id:document_id>")
        blueprint.add_url_rule(rule, endpoint.name, getattr(views, endpoint.name))
    add_docs(blueprint, ENDPOINTS, extra_endpoints)
    encode_raw_query_strings(blueprint)
    limit_time(blueprint, deadline)
    add_etags(blueprint, index, {endpoint.name for endpoint in ENDPOINTS})
    register_json_problems(blueprint)
    blueprint.after_request(compress)
    blueprint.after_request(cors_policy(cors_origins))
    blueprint.after_request(add_security_headers)
    return blueprint


class _Views:
    """The views; each method has the name of its endpoint."""

    def __init__(self, index: Index, url_of: DocumentUrl) -> None:
        self._index = index
        self._url_of = url_of

    def search(self) -> Response:
        results = read_search(ApiSearchParams, request.args).run(self._index)
        return json_response(results_json(results, self._url_of))

    def suggest(self) -> Response:
        params = SuggestParams.read(request.args)
        return json_response(suggestions_json(self._index.suggest(params.q, limit=params.limit)))

    def facets(self) -> Response:
        search = read_search(FacetsParams, request.args, per_page=1, highlight=False)
        return json_response(facets_json(search.run(self._index)))

    def similar(self, document_id: str) -> Response:
        results = self._index.similar(document_id, limit=SimilarParams.read(request.args).limit)
        return json_response(results_json(results, self._url_of))

    def document(self, document_id: str) -> Response:
        matched = self._index.matched_document(document_id, DocumentParams.read(request.args).q)
        return json_response(document_json(matched, self._url_of))

    def stats(self) -> Response:
        return json_response(stats_json(self._index.stats()))


def _own_url(document_id: str, paragraph: int | None) -> str:
    anchor = f"p{paragraph}" if paragraph is not None else None
    return url_for(".document", document_id=document_id, _anchor=anchor)
