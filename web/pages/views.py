"""Which pages does a reader see? The search with its results, and a document."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import lazy_gettext

from searchidx import Document, Hit, Index, Level, MatchedDocument, Results, Sort
from web.pages.citation import citation
from web.pages.embed import (
    FRAME_PATH,
    add_embedding,
)
from web.pages.examples import (
    example_queries,
    near_words,
)
from web.pages.facets import (
    PAGE_FACETS,
    TICKED,
    facets_of,
    filters_of,
    without_filters,
)
from web.pages.prefix_fallback import carried_on
from web.pages.timeline import timeline_of
from web.search_params import (
    SearchParameters,
    read_query,
    read_search,
)
from web.urls import (
    add_id_converter,
    other_form_href,
    results_href,
)

SIMILAR = 5
"""Documents on the same matter that stand below a document."""

_ROBOTS = "User-agent: *\nDisallow: /api/\nDisallow: /*?\n"  # documents, not searches

_LEVEL_NAMES = {"document": lazy_gettext("Documentos"), "paragraph": lazy_gettext("Párrafos")}
_SORT_NAMES = {
    "relevance": lazy_gettext("Relevancia"),
    "-date": lazy_gettext("Más recientes"),
    "date": lazy_gettext("Más antiguos"),
}

_SWITCHES = {"name_variant": "variants", "synonym": "synonyms"}
"""Kind of expansion → the parameter that switches it off."""


def search_pages(index: Index) -> Blueprint:
    """The pages over an index: `/`, `/doc/<id>`, `/embed`, with what browsers and robots ask for beside them."""
    blueprint = Blueprint("searchidx_pages", __name__)
    blueprint.record(add_id_converter)
    add_embedding(blueprint)

    @blueprint.get("/")
    def search() -> str:
        return _search_page(index, "base.html")

    @blueprint.get(FRAME_PATH)
    def frame() -> str:
        return _search_page(index, "frame.html")

    @blueprint.get("/doc/<document_id:document_id>")
    def document(document_id: str) -> str:
        query = read_query(request.args)
        matched = index.matched_document(document_id, query)
        return _document_page(matched, index.similar(document_id, limit=SIMILAR), query)

    @blueprint.get("/robots.txt")
    def robots() -> Response:
        return Response(_ROBOTS, content_type="text/plain; charset=utf-8")

    @blueprint.get("/favicon.ico")
    def favicon() -> Response:
        return current_app.send_static_file("favicon.svg")

    return blueprint


def _search_page(index: Index, layout: str) -> str:
    parameters = read_search(request.args, PAGE_FACETS)
    if parameters.query.strip():
        return _results_page(index, parameters, layout)
    documents, paragraphs = index.counts()
    return render_template(
        "start.html",
        layout=layout,
        documents=documents,
        paragraphs=paragraphs,
        examples=example_queries(index),
        query="",
    )


def _results_page(index: Index, parameters: SearchParameters, layout: str) -> str:
    asked = parameters.search(index)
    parameters, results, beginning = carried_on(index, parameters, asked)
    return render_template(
        "results.html",
        layout=layout,
        parameters=parameters,
        results=results,
        beginning=beginning,
        query=asked.query,
        hidden=[(name, value) for name, value in parameters.kept() if name not in TICKED],
        facets=facets_of(results, parameters),
        filters=list(filters_of(parameters)),
        timeline=timeline_of(results, parameters),
        examples=[] if results.total else near_words(index, results.query) or example_queries(index),
        also=_also(results),
        **_ways_on(parameters, results),
    )


def _ways_on(parameters: SearchParameters, results: Results) -> dict[str, object]:
    """The addresses that lead from a page of results to others."""
    levels: tuple[Level, ...] = ("document", "paragraph")
    sorts: tuple[Sort, ...] = ("relevance", "-date", "date")
    return {
        "levels": [(_LEVEL_NAMES[each], each, results_href(parameters.but(level=each))) for each in levels],
        "sorts": [(_SORT_NAMES[each], each, results_href(parameters.but(sort=each))) for each in sorts],
        "switches": _switches(parameters, results),
        "page_href": lambda page: results_href(parameters.at_page(page)),
        "unfiltered_href": results_href(without_filters(parameters)),
        "documents_href": results_href(parameters.but(level="document")),
        "plain_query": _plain_words(results.query),
        "query_href": lambda query: results_href(without_filters(parameters.but(query=query))),
        "forms": {
            "feed": other_form_href("/feed", parameters.at_page(1)),
            "csv": other_form_href("/export", parameters.at_page(1), format="csv"),
            "json": other_form_href("/export", parameters.at_page(1), format="json"),
        },
    }


def _switches(parameters: SearchParameters, results: Results) -> dict[str, str]:
    """Switch → the address where it is the other way, for those that did something or are off."""
    used = {_SWITCHES[each.kind] for each in results.expansions if each.kind in _SWITCHES}
    turned = {
        "variants": replace(parameters, page=1, variants=not parameters.variants),
        "synonyms": replace(parameters, page=1, synonyms=not parameters.synonyms),
    }
    return {
        name: results_href(other)
        for name, other in turned.items()
        if name in used or not getattr(parameters, name)
    }


def _also(results: Results) -> dict[str, list[str]]:
    """Hit → the spellings and synonyms in it that were searched beside what was typed."""
    names = {form for each in results.expansions if each.kind == "name_variant" for form in each.forms}
    other = {form for each in results.expansions if each.kind == "synonym" for form in each.forms} - names
    return {hit.id: [*_standing_in(hit, names, other)] for hit in results.hits}


def _standing_in(hit: Hit, names: set[str], other: set[str]) -> list[str]:
    found = dict.fromkeys(
        form.capitalize() if form in names else form for form in hit.matched if form in names | other
    )
    return list(found)


def _document_page(matched: MatchedDocument, similar: Results, query: str) -> str:
    document = matched.document
    paragraphs = zip(document.paragraphs, matched.ranges, strict=True)
    return render_template(
        "document.html",
        matched=matched,
        document=document,
        similar=similar.hits,
        query=query.strip(),
        matching=[paragraph.number for paragraph, ranges in paragraphs if ranges],
        matches=sum(len(ranges) for ranges in matched.ranges),
        record=_record(document),
        citation=citation(document),
    )


_KNOWN = {"id": lazy_gettext("Identificador"), "path": lazy_gettext("Archivo"), "language": lazy_gettext("Idioma")}


def _record(document: Document) -> list[tuple[object, str]]:
    """What is known of a document beyond its heading, as labels and values."""
    own_id = document.id if document.id != document.path else ""
    known = (
        (_KNOWN["id"], own_id),
        (_KNOWN["path"], document.path),
        (_KNOWN["language"], document.language),
    )
    return [(label, value) for label, value in (*known, *document.metadata.items()) if value]


def _plain_words(query: str) -> str:
    """The query without the marks that bind words together, to offer when it finds nothing."""
    return " ".join("".join(" " if char in '"“”„«»()+' else char for char in query).split())
