"""The OpenSearch description, from which a browser adds this search to its own search box, and its completions.

OpenSearch here is the format of browsers (opensearch.org's OpenSearch 1.1), not the search engine of that name.
"""

from __future__ import annotations

from xml.etree import ElementTree

from flask import Blueprint, Response, request, url_for

from searchidx import Index
from web.api.openapi import Endpoint
from web.export.feed import ATOM_TYPE
from web.export.xml import add_element, xml_response
from web.http.json_responses import json_response
from web.request_params import SuggestParams
from web.urls import FEED_VIEW, SEARCH_VIEW

DESCRIPTION_TYPE = "application/opensearchdescription+xml"
SUGGESTIONS_TYPE = "application/x-suggestions+json"

BrowserSuggestions = tuple[str | tuple[str, ...], ...]
"""A pair: what was typed, and its completions. (Readers of OpenAPI documents fail on a pair of two types.)"""

OPENSEARCH_ENDPOINTS = (
    Endpoint(
        "/opensearch.xml",
        "opensearch",
        "Describes this search to a browser.",
        responses={DESCRIPTION_TYPE: None},
        problems=(),
    ),
    Endpoint(
        "/suggestions",
        "suggestions",
        "Completions as a browser's search box expects them.",
        (SuggestParams,),
        {SUGGESTIONS_TYPE: BrowserSuggestions},
    ),
)

_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
_TERMS = "?q={searchTerms}"


def add_opensearch(blueprint: Blueprint, index: Index) -> None:
    """Give a blueprint `/opensearch.xml` and `/suggestions`."""
    description_endpoint, suggestions_endpoint = OPENSEARCH_ENDPOINTS

    @blueprint.get(description_endpoint.path)
    def opensearch() -> Response:
        return xml_response(_description(), DESCRIPTION_TYPE)

    @blueprint.get(suggestions_endpoint.path)
    def suggestions() -> Response:
        params = SuggestParams.read(request.args)
        completions = index.suggest(params.q, limit=params.limit)
        payload: BrowserSuggestions = params.q, tuple(each.text for each in completions)
        return json_response(payload, SUGGESTIONS_TYPE)


def _description() -> ElementTree.Element:
    root = ElementTree.Element("OpenSearchDescription", xmlns=_NAMESPACE)
    icon = url_for("searchidx_pages.favicon", _external=True)
    add_element(root, "ShortName", "searchidx")  # at most 16 characters
    add_element(root, "Description", "Buscar en el archivo")
    add_element(root, "InputEncoding", "UTF-8")
    add_element(root, "Image", icon, type="image/svg+xml", width="16", height="16")
    add_element(root, "Url", type="text/html", template=_template(SEARCH_VIEW))
    add_element(root, "Url", type=SUGGESTIONS_TYPE, rel="suggestions", template=_template(".suggestions"))
    add_element(root, "Url", type=ATOM_TYPE, template=_template(FEED_VIEW))
    own_url = url_for(".opensearch", _external=True)
    add_element(root, "Url", type=DESCRIPTION_TYPE, rel="self", template=own_url)
    return root


def _template(view: str) -> str:
    return f"{url_for(view, _external=True)}{_TERMS}"
