"""How does a browser learn to search here? From an OpenSearch description, with completions as it expects them."""

from __future__ import annotations

from xml.etree import ElementTree

from flask import Blueprint, Response, request

from searchidx import Index
from web.api.openapi import Endpoint
from web.api.responses import BrowserSuggestions
from web.export.xml import to_xml
from web.request_params import SuggestAsked
from web.urls import absolute_url

DESCRIPTION_TYPE = "application/opensearchdescription+xml"
SUGGESTIONS_TYPE = "application/x-suggestions+json"

OPENSEARCH_ENDPOINTS = (
    Endpoint(
        "/opensearch.xml",
        "opensearch",
        "Describes this search to a browser.",
        answers={DESCRIPTION_TYPE: None},
        problems=(),
    ),
    Endpoint(
        "/suggestions",
        "suggestions",
        "Completions as a browser's search box expects them.",
        SuggestAsked,
        {SUGGESTIONS_TYPE: BrowserSuggestions},
    ),
)

_NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"
_SUGGESTED = 8
_TERMS = "?q={searchTerms}"


def add_opensearch(blueprint: Blueprint, index: Index) -> None:
    """Give a blueprint `/opensearch.xml` and `/suggestions`."""

    @blueprint.get("/opensearch.xml")
    def opensearch() -> Response:
        return Response(to_xml(_description()), content_type=f"{DESCRIPTION_TYPE}; charset=utf-8")

    @blueprint.get("/suggestions")
    def suggestions() -> Response:
        asked = SuggestAsked.read(request.args)
        found = index.suggest(asked.q, limit=asked.limit)
        response = BrowserSuggestions([asked.q, tuple(each.text for each in found)]).response()
        response.content_type = SUGGESTIONS_TYPE
        return response


def _description() -> ElementTree.Element:
    root = ElementTree.Element("OpenSearchDescription", xmlns=_NAMESPACE)
    _add(root, "ShortName", "searchidx")  # at most 16 characters
    _add(root, "Description", "Buscar en el archivo")
    _add(root, "InputEncoding", "UTF-8")
    _add(root, "Image", absolute_url("/favicon.ico"), type="image/svg+xml", width="16", height="16")
    _add(root, "Url", type="text/html", template=absolute_url("/") + _TERMS)
    _add(root, "Url", type=SUGGESTIONS_TYPE, rel="suggestions", template=absolute_url("/suggestions") + _TERMS)
    _add(root, "Url", type="application/atom+xml", template=absolute_url("/feed") + _TERMS)
    _add(root, "Url", type=DESCRIPTION_TYPE, rel="self", template=absolute_url("/opensearch.xml"))
    return root


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = text or None
