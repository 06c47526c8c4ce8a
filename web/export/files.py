"""The results of a search as a file: CSV for a spreadsheet, JSON for a program."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from typing import Literal
from urllib.parse import quote

from flask import Blueprint, Response, request
from pydantic import Field
from typing_extensions import TypedDict

from searchidx import (
    MAX_PER_PAGE,
    MAX_WINDOW,
    METADATA_FIELDS,
    Hit,
    HitJson,
    Index,
    Results,
    Sort,
    hit_json,
    strip_controls,
    time_limit,
)
from web.api.openapi import Endpoint
from web.export.feed import snippets_text
from web.http.json_responses import JSON_TYPE
from web.request_params import FilterParams, PageQuery, SearchParams
from web.routes import document_path
from web.search_address import Search, read_search
from web.urls import site_root

CSV_TYPE = "text/csv"


class ExportParams(SearchParams):
    """A search whose results are exported."""

    q: PageQuery = Field(..., description="The query; every string is one.")
    sort: Sort = Field("relevance", description="`date` gives the oldest first, `-date` the newest.")
    format: Literal["csv", "json"] = Field("csv", description="For a spreadsheet, or for a program.")


class ExportJson(TypedDict):
    """The first 10,000 hits of a search."""

    query: str
    total: int
    """All hits, including those beyond the first 10,000."""
    hits: tuple[HitJson, ...]


EXPORT_ENDPOINT = Endpoint(
    "/export",
    "export",
    f"The first {MAX_WINDOW} results of a search as a file.",
    (ExportParams, FilterParams),
    {CSV_TYPE: None, JSON_TYPE: ExportJson},
)

_COLUMNS = (
    *("number", "id", "title", "date"),
    *METADATA_FIELDS,
    *("path", "url", "source_url", "score", "paragraphs_matched", "matched", "text"),
)

_BYTE_ORDER_MARK = "\ufeff"  # a spreadsheet reads UTF-8 as another encoding without it

_formula = re.compile(r"(?:\A|(?<=[;\t]))(?=\s*[=+\-@＝＋－＠|%])")
"""Where a spreadsheet would begin a formula; after a semicolon too, which separates cells in Spanish ones."""


def add_export(blueprint: Blueprint, index: Index, deadline: float | None) -> None:
    """Give a blueprint `/export`; `deadline` is that of each page of results, in seconds."""

    @blueprint.get(EXPORT_ENDPOINT.path)
    def export() -> Response:
        file_format = ExportParams.read(request.args).format
        search = read_search(ExportParams, request.args, per_page=MAX_PER_PAGE, facets=())
        first = search.run(index)  # an error is raised here, before anything is sent
        hits = _hits(index, search, first, deadline)
        root = site_root()  # read now: the response is streamed when there is no request any more
        body = _csv(hits, root) if file_format == "csv" else _json(first, hits, root)
        content_type = f"{CSV_TYPE}; charset=utf-8" if file_format == "csv" else JSON_TYPE
        response = Response(body, content_type=content_type)
        response.headers["Content-Disposition"] = _disposition(first.query, file_format)
        response.cache_control.no_store = True
        return response


def _hits(index: Index, search: Search, results: Results, deadline: float | None) -> Iterator[tuple[int, Hit]]:
    """The hits of all pages, numbered from 1; `results` is the first page."""
    number = 0
    while True:
        for hit in results.hits:
            number += 1
            yield number, hit
        if results.next_page is None:
            return
        with time_limit(deadline):
            results = search.with_options(page=results.next_page).run(index)


def _csv(hits: Iterator[tuple[int, Hit]], root: str) -> Iterator[str]:
    yield _BYTE_ORDER_MARK + _csv_line(_COLUMNS)
    for number, hit in hits:
        yield _csv_line([str(number), *map(_safe_cell, _cells(hit, root))])


def _cells(hit: Hit, root: str) -> list[str]:
    return [
        hit.id,
        hit.title,
        hit.date.isoformat() if hit.date else "",
        *(hit.keywords.get(name, "") for name in METADATA_FIELDS),
        hit.path,
        f"{root}{document_path(hit.document_id, hit.paragraph)}",
        hit.source_url,
        f"{hit.score:.4f}",
        str(hit.paragraphs_matched),
        " ".join(hit.matched),
        snippets_text(hit),
    ]


def _safe_cell(text: str) -> str:
    """The text as a spreadsheet shows it: with an apostrophe where a formula would begin."""
    return _formula.sub("'", strip_controls(text))


def _csv_line(cells: list[str] | tuple[str, ...]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


def _json(first: Results, hits: Iterator[tuple[int, Hit]], root: str) -> Iterator[str]:
    """One `ExportJson`, written hit by hit."""
    head = json.dumps({"query": first.query, "total": first.total}, ensure_ascii=False)
    yield head[:-1] + ', "hits": ['
    for number, hit in hits:
        payload = hit_json(hit, lambda document_id, paragraph: f"{root}{document_path(document_id, paragraph)}")
        yield ("" if number == 1 else ",\n") + json.dumps(payload, ensure_ascii=False)
    yield "]}\n"


def _disposition(query: str, extension: str) -> str:
    """The header that names the file after the query, with and without its accents (RFC 6266)."""
    words = " ".join(re.findall(r"\w+", query))[:60].strip()
    name = f"searchidx {words}".strip()
    plain = name.encode("ascii", "ignore").decode()
    return f"attachment; filename=\"{plain}.{extension}\"; filename*=UTF-8''{quote(name)}.{extension}"
