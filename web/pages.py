"""Which pages does a reader see? The search with its results, and a document."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, render_template, request

from searchidx.index import Index
from searchidx.model import Document, Level, MatchedDocument, Results, Sort
from web.links import add_id_converter
from web.narrowing import PAGE_FACETS, facets_of, filters_of, results_href
from web.parameters import SearchParameters, read_query, read_search

_ROBOTS = "User-agent: *\nDisallow: /api/\nDisallow: /*?\n"  # documents, not searches

_LEVEL_NAMES: dict[Level, str] = {"document": "Documentos", "paragraph": "Párrafos"}
_SORT_NAMES: dict[Sort, str] = {"relevance": "Relevancia", "-date": "Más recientes", "date": "Más antiguos"}


def search_pages(index: Index) -> Blueprint:
    """The pages over an index: `/` and `/doc/<id>`, with what browsers and robots ask for beside them."""
    blueprint = Blueprint("searchidx_pages", __name__)
    blueprint.record(add_id_converter)

    @blueprint.get("/")
    def search() -> str:
        parameters = read_search(request.args, PAGE_FACETS)
        if not parameters.query.strip():
            documents, paragraphs = index.counts()
            return render_template("start.html", documents=documents, paragraphs=paragraphs, query="", kept=())
        return _results_page(parameters, parameters.search(index))

    @blueprint.get("/doc/<document_id:document_id>")
    def document(document_id: str) -> str:
        query = read_query(request.args)
        return _document_page(index.matched_document(document_id, query), query)

    @blueprint.get("/robots.txt")
    def robots() -> Response:
        return Response(_ROBOTS, content_type="text/plain; charset=utf-8")

    @blueprint.get("/favicon.ico")
    def favicon() -> Response:
        return current_app.send_static_file("favicon.svg")

    return blueprint


def _results_page(parameters: SearchParameters, results: Results) -> str:
    return render_template(
        "results.html",
        parameters=parameters,
        results=results,
        query=results.query,
        kept=parameters.kept(),
        facets=facets_of(results, parameters),
        filters=list(filters_of(parameters)),
        levels=[(_LEVEL_NAMES[level], level, results_href(parameters.but(level=level))) for level in _LEVEL_NAMES],
        sorts=[(_SORT_NAMES[sort], sort, results_href(parameters.but(sort=sort))) for sort in _SORT_NAMES],
        page_href=lambda page: results_href(parameters.at_page(page)),
        unfiltered_href=results_href(parameters.but(filters={})),
        documents_href=results_href(parameters.but(level="document")),
        plain_query=_plain_words(results.query),
        query_href=lambda query: results_href(parameters.but(query=query, filters={})),
    )


def _document_page(matched: MatchedDocument, query: str) -> str:
    document = matched.document
    paragraphs = zip(document.paragraphs, matched.ranges, strict=True)
    return render_template(
        "document.html",
        matched=matched,
        document=document,
        query=query.strip(),
        kept=(),
        matching=[paragraph.number for paragraph, ranges in paragraphs if ranges],
        record=_record(document),
    )


def _record(document: Document) -> list[tuple[str, str]]:
    """What is known of a document beyond its heading, as labels and values."""
    own_id = document.id if document.id != document.path else ""
    known = (("Identificador", own_id), ("Archivo", document.path), ("Idioma", document.language))
    return [(label, value) for label, value in (*known, *document.metadata.items()) if value]


def _plain_words(query: str) -> str:
    """The query without the marks that bind words together, to offer when it finds nothing."""
    return " ".join("".join(" " if char in '"“”„«»()+' else char for char in query).split())
