"""A search as an Atom feed (RFC 4287) of its newest documents."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from xml.etree import ElementTree

from flask import Blueprint, Response, request, url_for
from pydantic import Field

from searchidx import MAX_PER_PAGE, Hit, Index, Results, Sort
from web.api.openapi import Endpoint
from web.export.xml import add_element, xml_response
from web.request_params import WHOLE_NUMBER, FilterParams, PageQuery, SearchParams
from web.search_address import read_search
from web.urls import FEED_VIEW, SEARCH_VIEW, document_url

ATOM_TYPE = "application/atom+xml"

_NAMESPACE = "http://www.w3.org/2005/Atom"
_UNDATED = dt.date(1970, 1, 1)
"""The day of documents without one: an entry must have one, and it must not change."""


class FeedParams(SearchParams):
    """A search as a feed."""

    q: PageQuery = Field(..., description="The query; every string is one.")
    per_page: Annotated[int, Field(ge=1, le=MAX_PER_PAGE), WHOLE_NUMBER] = Field(20, description="Entries.")
    sort: Sort = Field("-date", description="`-date` gives the newest first.")


FEED_ENDPOINT = Endpoint(
    "/feed", "feed", "A search as an Atom feed.", (FeedParams, FilterParams), {ATOM_TYPE: None}
)


def add_feed(blueprint: Blueprint, index: Index) -> None:
    """Give a blueprint `/feed`."""

    @blueprint.get(FEED_ENDPOINT.path)
    def feed() -> Response:
        results = read_search(FeedParams, request.args).run(index)
        return xml_response(_feed(results), ATOM_TYPE)


def _feed(results: Results) -> ElementTree.Element:
    root = ElementTree.Element("feed", xmlns=_NAMESPACE)
    own_url, page_url = _with_own_query(FEED_VIEW), _with_own_query(SEARCH_VIEW)
    add_element(root, "id", own_url)
    add_element(root, "title", f"{results.query} · searchidx")
    add_element(root, "updated", _moment(max((hit.date for hit in results.hits if hit.date), default=_UNDATED)))
    add_element(root, "link", rel="self", type=ATOM_TYPE, href=own_url)
    add_element(root, "link", rel="alternate", type="text/html", href=page_url)
    add_element(add_element(root, "author"), "name", "searchidx")
    for hit in results.hits:
        _add_entry(root, hit)
    return root


def _with_own_query(view: str) -> str:
    """The address of a view with the query string of this request."""
    return f"{url_for(view, _external=True)}?{request.query_string.decode('ascii')}"


def _add_entry(root: ElementTree.Element, hit: Hit) -> None:
    entry = add_element(root, "entry")
    url = document_url(hit.document_id, hit.paragraph, external=True)
    add_element(entry, "id", url)
    add_element(entry, "title", hit.title or hit.document_id)
    add_element(entry, "updated", _moment(hit.date or _UNDATED))
    add_element(entry, "link", rel="alternate", type="text/html", href=url)
    if hit.author or hit.source:
        add_element(add_element(entry, "author"), "name", hit.author or hit.source)
    add_element(entry, "summary", snippets_text(hit))


def snippets_text(hit: Hit) -> str:
    """The snippets of a hit as one text."""
    return " […] ".join(snippet.text for snippet in hit.snippets)


def _moment(day: dt.date) -> str:
    """The beginning of a day, as Atom writes moments."""
    return f"{day.isoformat()}T00:00:00Z"
