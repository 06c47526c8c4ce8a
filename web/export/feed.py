"""How does a feed reader follow a search? As an Atom feed (RFC 4287) of its newest documents."""

from __future__ import annotations

import datetime as dt
from typing import Annotated
from xml.etree import ElementTree

from flask import Blueprint, Response, request
from pydantic import Field

from searchidx import Hit, Index, Results, Sort
from web.api.openapi import Endpoint
from web.export.xml import (
    to_xml,
    xml_text,
)
from web.request_params import (
    AS_COUNT,
    MAX_PER_PAGE,
    Narrowed,
    PageQuery,
)
from web.routes import document_path
from web.search_params import search_of
from web.urls import absolute_url

ATOM_TYPE = "application/atom+xml"

_NAMESPACE = "http://www.w3.org/2005/Atom"
_UNDATED = dt.date(1970, 1, 1)
"""The day of documents without one: an entry must have one, and it must not change."""


class FeedAsked(Narrowed):
    """A search as a feed."""

    q: PageQuery = Field(..., description="The query; every string is one.")
    per_page: Annotated[int, Field(ge=1, le=MAX_PER_PAGE), AS_COUNT] = Field(20, description="Entries.")
    sort: Sort = Field("-date", description="`-date` gives the newest first.")


FEED_ENDPOINT = Endpoint("/feed", "feed", "A search as an Atom feed.", FeedAsked, {ATOM_TYPE: None})


def add_feed(blueprint: Blueprint, index: Index) -> None:
    """Give a blueprint `/feed`."""

    @blueprint.get("/feed")
    def feed() -> Response:
        results = search_of(FeedAsked.read(request.args)).search(index)
        return Response(to_xml(_feed(results)), content_type=f"{ATOM_TYPE}; charset=utf-8")


def _feed(results: Results) -> ElementTree.Element:
    root = ElementTree.Element("feed", xmlns=_NAMESPACE)
    query = request.query_string.decode("ascii")
    _add(root, "id", absolute_url(f"/feed?{query}"))
    _add(root, "title", f"{results.query} · searchidx")
    _add(root, "updated", _moment(max((hit.date for hit in results.hits if hit.date), default=_UNDATED)))
    _add(root, "link", rel="self", type=ATOM_TYPE, href=absolute_url(f"/feed?{query}"))
    _add(root, "link", rel="alternate", type="text/html", href=absolute_url(f"/?{query}"))
    _add(ElementTree.SubElement(root, "author"), "name", "searchidx")
    for hit in results.hits:
        _add_entry(root, hit)
    return root


def _add_entry(root: ElementTree.Element, hit: Hit) -> None:
    entry = ElementTree.SubElement(root, "entry")
    paragraph = hit.paragraph
    url = absolute_url(document_path(hit.document_id, paragraph))
    _add(entry, "id", url)
    _add(entry, "title", hit.title or hit.document_id)
    _add(entry, "updated", _moment(hit.date or _UNDATED))
    _add(entry, "link", rel="alternate", type="text/html", href=url)
    if hit.author or hit.source:
        _add(ElementTree.SubElement(entry, "author"), "name", hit.author or hit.source)
    _add(entry, "summary", " […] ".join(snippet.text for snippet in hit.snippets))


def _moment(day: dt.date) -> str:
    """The beginning of a day, as Atom writes moments."""
    return f"{day.isoformat()}T00:00:00Z"


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> None:
    element = ElementTree.SubElement(parent, name, attributes)
    element.text = xml_text(text) or None
