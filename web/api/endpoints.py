"""What does the JSON endpoint answer, wherever its blueprint is mounted?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, replace

from flask import Blueprint, Response, request, url_for

from searchidx import DocumentUrl, Index, document_json, results_json
from web.api.docs_page import (
    DOCS_FOLDER,
    add_description,
)
from web.api.openapi import (
    JSON_TYPE,
    Endpoint,
)
from web.api.responses import (
    DocumentAnswer,
    FacetsAnswer,
    SearchAnswer,
    StatsAnswer,
    SuggestAnswer,
)
from web.http.compression import compress
from web.http.cors import share
from web.http.etags import answer_from_version
from web.http.raw_query import read_any_address
from web.http.security_headers import protect
from web.http.timeout import limit_time
from web.problems import register_json_problems
from web.request_params import (
    DocumentAsked,
    FacetsAsked,
    SearchAsked,
    SimilarAsked,
    SuggestAsked,
)
from web.search_params import search_of
from web.urls import add_id_converter

DEFAULT_DEADLINE = 10.0
"""Seconds after which a search is given up."""

_DOCUMENT_PROBLEMS = (400, 404, 503)

ENDPOINTS = (
    Endpoint("/search", "search", "Search.", SearchAsked, {JSON_TYPE: SearchAnswer}),
    Endpoint("/suggest", "suggest", "Complete what is being typed.", SuggestAsked, {JSON_TYPE: SuggestAnswer}),
    Endpoint("/facets", "facets", "Count a search's hits by field.", FacetsAsked, {JSON_TYPE: FacetsAnswer}),
    Endpoint(
        "/documents/{document_id}/similar",
        "similar",
        "Documents on the same matter.",
        SimilarAsked,
        {JSON_TYPE: SearchAnswer},
        _DOCUMENT_PROBLEMS,
    ),
    Endpoint(
        "/documents/{document_id}",
        "document",
        "A document with what a query marks in it.",
        DocumentAsked,
        {JSON_TYPE: DocumentAnswer},
        _DOCUMENT_PROBLEMS,
    ),
    Endpoint("/stats", "stats", "What the index holds.", answers={JSON_TYPE: StatsAnswer}, problems=(503,)),
)


def search_api(
    index: Index,
    url_of: DocumentUrl | None = None,
    *,
    cors_origins: Sequence[str] = (),
    deadline: float | None = DEFAULT_DEADLINE,
    beside: Sequence[Endpoint] = (),
) -> Blueprint:
    """The JSON endpoint over an index: `search`, `suggest`, `facets`, `documents/<id>`, `stats`, and its `docs`.

    `url_of` says where a document is shown; without it the JSON leads to the blueprint's own `documents/<id>`.
    Pages of `cors_origins` may read the answers. `deadline` is in seconds. `beside` are endpoints of the
    application itself, to be described with these.
    """
    blueprint = Blueprint("searchidx_api", __name__, template_folder=DOCS_FOLDER)
    blueprint.record(add_id_converter)
    views = _Views(index, url_of or _own_url)
    for endpoint in ENDPOINTS:
        rule = endpoint.path.replace("{document_id}", "<document_id:document_id>")
        blueprint.add_url_rule(rule, endpoint.name, getattr(views, endpoint.name))
    add_description(blueprint, ENDPOINTS, beside)
    read_any_address(blueprint)
    limit_time(blueprint, deadline)
    answer_from_version(blueprint, index, {endpoint.name for endpoint in ENDPOINTS})
    register_json_problems(blueprint)
    blueprint.after_request(compress)
    blueprint.after_request(share(cors_origins))
    blueprint.after_request(protect)
    return blueprint


class _Views:
    """What each endpoint does; the methods bear their names."""

    def __init__(self, index: Index, url_of: DocumentUrl) -> None:
        self._index = index
        self._url_of = url_of

    def search(self) -> Response:
        found = search_of(SearchAsked.read(request.args)).search(self._index)
        return SearchAnswer.model_validate(results_json(found, self._url_of)).response()

    def suggest(self) -> Response:
        asked = SuggestAsked.read(request.args)
        found = self._index.suggest(asked.q, limit=asked.limit)
        return SuggestAnswer.model_validate({"suggestions": tuple(asdict(each) for each in found)}).response()

    def facets(self) -> Response:
        search = replace(search_of(FacetsAsked.read(request.args)), per_page=1)
        told = results_json(search.search(self._index), self._url_of)
        return FacetsAnswer(facets=told["facets"], total=told["total"]).response()

    def similar(self, document_id: str) -> Response:
        found = self._index.similar(document_id, limit=SimilarAsked.read(request.args).limit)
        return SearchAnswer.model_validate(results_json(found, self._url_of)).response()

    def document(self, document_id: str) -> Response:
        matched = self._index.matched_document(document_id, DocumentAsked.read(request.args).q)
        return DocumentAnswer.model_validate(document_json(matched, self._url_of)).response()

    def stats(self) -> Response:
        stats = self._index.stats()
        return StatsAnswer(
            documents=stats.documents,
            paragraphs=stats.paragraphs,
            forms=stats.forms,
            engine=stats.engine,
            generation=stats.generation,
            bytes=stats.bytes,
        ).response()


def _own_url(document_id: str, paragraph: int | None) -> str:
    anchor = f"p{paragraph}" if paragraph is not None else None
    return url_for(".document", document_id=document_id, _anchor=anchor)
