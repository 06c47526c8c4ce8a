"""How does a reader take the results away? As a file, for a spreadsheet or for a program."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal
from urllib.parse import quote

from flask import Blueprint, Response, request
from pydantic import Field

from searchidx import Hit, Index, Results, Sort, hit_json, time_limit
from web.api.openapi import Endpoint
from web.api.responses import ExportAnswer
from web.control_characters import harmless
from web.request_params import (
    MAX_PER_PAGE,
    Narrowed,
    PageQuery,
)
from web.routes import document_path
from web.search_params import (
    SearchParameters,
    search_of,
)
from web.urls import absolute_url


class ExportAsked(Narrowed):
    """All results of a search that can be reached."""

    q: PageQuery = Field(..., description="The query; every string is one.")
    sort: Sort = Field("relevance", description="`date` gives the oldest first, `-date` the newest.")
    format: Literal["csv", "json"] = Field("csv", description="For a spreadsheet, or for a program.")


CSV_TYPE = "text/csv"
JSON_TYPE = "application/json"

EXPORT_ENDPOINT = Endpoint(
    "/export",
    "export",
    "The first 10000 results of a search as a file.",
    ExportAsked,
    {CSV_TYPE: None, JSON_TYPE: ExportAnswer},
)

_COLUMNS = (
    "number id title date source place author path url source_url score paragraphs_matched matched text".split()  # noqa: SIM905
)

_BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes UTF-8 for something else

_formula = re.compile(r"(?:\A|(?<=[;\t]))(?=\s*[=+\-@＝＋－＠|%])")
"""Where a spreadsheet would begin to calculate; after a semicolon too, which parts cells in Spanish ones."""


def add_export(blueprint: Blueprint, index: Index, deadline: float | None) -> None:
    """Give a blueprint `/export`; `deadline` is that of each page of results."""

    @blueprint.get("/export")
    def export() -> Response:
        asked = ExportAsked.read(request.args)
        search = replace(search_of(asked), per_page=MAX_PER_PAGE, facets=())
        first = search.search(index)  # what goes wrong goes wrong before anything is sent
        pages = _pages(index, search, first, deadline)
        root = absolute_url("")
        sent = _csv(pages, root) if asked.format == "csv" else _json(first, pages, root)
        kind = f"{CSV_TYPE}; charset=utf-8" if asked.format == "csv" else JSON_TYPE
        response = Response(sent, content_type=kind)
        response.headers["Content-Disposition"] = _disposition(first.query, asked.format)
        response.cache_control.no_store = True
        return response


def _pages(
    index: Index, search: SearchParameters, results: Results, deadline: float | None
) -> Iterator[tuple[int, Hit]]:
    """The hits of all pages, numbered from 1."""
    number = 0
    while True:
        for hit in results.hits:
            number += 1
            yield number, hit
        if results.next_page is None:
            return
        with time_limit(deadline):
            results = search.at_page(results.next_page).search(index)


def _csv(hits: Iterator[tuple[int, Hit]], root: str) -> Iterator[str]:
    yield _BYTE_ORDER_MARK + _csv_line(_COLUMNS)
    for number, hit in hits:
        yield _csv_line([str(number), *map(_cell, _cells(hit, root))])


def _cells(hit: Hit, root: str) -> list[str]:
    return [
        hit.id,
        hit.title,
        hit.date.isoformat() if hit.date else "",
        hit.source,
        hit.place,
        hit.author,
        hit.path,
        f"{root}{document_path(hit.document_id, _paragraph(hit))}",
        hit.source_url,
        f"{hit.score:.4f}",
        str(hit.paragraphs_matched),
        " ".join(hit.matched),
        " […] ".join(snippet.text for snippet in hit.snippets),
    ]


def _paragraph(hit: Hit) -> int | None:
    return hit.paragraph


def _cell(text: str) -> str:
    """A text that a spreadsheet shows as it is: with an apostrophe where it would begin a formula."""
    return _formula.sub("'", str(harmless(text)))


def _csv_line(cells: list[str]) -> str:
    written = io.StringIO()
    csv.writer(written).writerow(cells)
    return written.getvalue()


def _json(first: Results, hits: Iterator[tuple[int, Hit]], root: str) -> Iterator[str]:
    """One object, written as its hits come."""
    head = json.dumps({"query": first.query, "total": first.total}, ensure_ascii=False)
    yield head[:-1] + ', "hits": ['
    for number, hit in hits:
        told = hit_json(hit, lambda document, paragraph: f"{root}{document_path(document, paragraph)}")
        yield ("" if number == 1 else ",\n") + json.dumps(told, ensure_ascii=False)
    yield "]}\n"


def _disposition(query: str, extension: str) -> str:
    """To be saved under a name that tells the query, with and without its accents (RFC 6266)."""
    words = " ".join(re.findall(r"\w+", query))[:60].strip()
    name = f"searchidx {words}".strip()
    plain = name.encode("ascii", "ignore").decode()
    return f"attachment; filename=\"{plain}.{extension}\"; filename*=UTF-8''{quote(name)}.{extension}"
