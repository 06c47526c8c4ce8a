"""The views of the pages, and the page of results."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, current_app, render_template, request
from flask_babel import lazy_gettext

from searchidx import Hit, Index, Level, Results, SearchKeywords, Sort
from web.pages.document_page import document_page
from web.pages.embed_widget import add_embed_views
from web.pages.facets import CONTROLS, PAGE_FACETS, active_filters, build_facets
from web.pages.timeline import build_timeline
from web.request_params import PageDocumentParams, PageSearchParams
from web.routes import DOCUMENT_PATH
from web.search_address import Search, option_pairs, read_search
from web.urls import EXPORT_VIEW, FEED_VIEW, add_id_converter, api_root, export_href, results_href

SIMILAR = 5
"""How many similar documents the page of a document lists."""

_LEVELS: dict[Level, object] = {"document": lazy_gettext("Documentos"), "paragraph": lazy_gettext("Párrafos")}
_SORTS: dict[Sort, object] = {
    "relevance": lazy_gettext("Relevancia"),
    "-date": lazy_gettext("Más recientes"),
    "date": lazy_gettext("Más antiguos"),
}

_SWITCHES = {"name_variant": "variants", "synonym": "synonyms"}
"""Kind of expansion → the option that switches it off."""

_EXAMPLES = 4  # words offered on the start page, and on a page without hits
_QUERY_WORDS = 3  # of a query, for which words with the same beginning are offered
_PREFIX_LENGTHS = (6, 4, 3)  # letters of a word of the query with which other words may begin


def page_views(index: Index) -> Blueprint:
    """The pages over an index: `/`, `/frame`, `/doc/<id>`, `/embed`; and files for robots and browsers."""
    blueprint = Blueprint("searchidx_pages", __name__)
    blueprint.record(add_id_converter)
    add_embed_views(blueprint)

    @blueprint.get("/")
    def search() -> str:
        return _search_page(index, "base.html")

    @blueprint.get("/frame")
    def frame() -> str:
        return _search_page(index, "frame.html")

    @blueprint.get(f"{DOCUMENT_PATH}<document_id:document_id>")
    def document(document_id: str) -> str:
        query = PageDocumentParams.read(request.args).q
        matched = index.matched_document(document_id, query)
        return document_page(matched, index.similar(document_id, limit=SIMILAR), query)

    @blueprint.get("/robots.txt")
    def robots() -> Response:
        rules = (
            f"User-agent: *\nDisallow: {api_root()}/\nDisallow: /*?\n"  # documents may be indexed, searches not
        )
        return Response(rules, content_type="text/plain; charset=utf-8")

    @blueprint.get("/favicon.ico")
    def favicon() -> Response:
        return current_app.send_static_file("favicon.svg")

    return blueprint


def _search_page(index: Index, layout: str) -> str:
    search = read_search(PageSearchParams, request.args, facets=PAGE_FACETS, prefix_fallback=True)
    if search.query.strip():
        return _results_page(index, search, layout)
    documents, paragraphs = index.counts()
    return render_template(
        "start.html",
        layout=layout,
        documents=documents,
        paragraphs=paragraphs,
        examples=index.frequent_words(_EXAMPLES),
        query="",
    )


def _results_page(index: Index, search: Search, layout: str) -> str:
    results = search.run(index)
    found_query = results.query
    if results.prefix_fallback:  # the links of the page lead to what was found: words that begin as the last one
        found_query = f"{results.query}*"
        search = replace(search, query=f"{search.query}*")
    return render_template(
        "results.html",
        layout=layout,
        options=search.options,
        results=results,
        query=results.query,
        found_query=found_query,
        hidden=[(name, value) for name, value in option_pairs(search.options) if name not in CONTROLS],
        facets=build_facets(results, search),
        filters=list(active_filters(search)),
        timeline=build_timeline(results, search),
        examples=[] if results.total else _example_words(index, results.query),
        also=_expansions_by_hit(results),
        **_links(search, results),
    )


def _links(search: Search, results: Results) -> dict[str, object]:
    """The addresses of other searches that the page of results links to."""
    return {
        "levels": [(name, each, results_href(search.with_options(level=each))) for each, name in _LEVELS.items()],
        "sorts": [(name, each, results_href(search.with_options(sort=each))) for each, name in _SORTS.items()],
        "switches": _switches(search, results),
        "page_href": lambda page: results_href(search.with_options(page=page)),
        "unfiltered_href": results_href(search.without_filters()),
        "documents_href": results_href(search.with_options(level="document")),
        "plain_query": _plain_words(results.query),
        "query_href": lambda query: results_href(search.with_query(query).without_filters()),
        "exports": {
            "feed": export_href(FEED_VIEW, search),
            "csv": export_href(EXPORT_VIEW, search, format="csv"),
            "json": export_href(EXPORT_VIEW, search, format="json"),
        },
    }


def _switches(search: Search, results: Results) -> dict[str, str]:
    """Option → the address with the option switched, for those that had an effect or are off."""
    effective = {_SWITCHES[each.kind] for each in results.expansions if each.kind in _SWITCHES}
    variants, synonyms = search.options.variants, search.options.synonyms
    switched: dict[str, tuple[bool, SearchKeywords]] = {
        "variants": (variants, {"variants": not variants}),
        "synonyms": (synonyms, {"synonyms": not synonyms}),
    }
    return {
        name: results_href(search.with_options(**changes))
        for name, (is_on, changes) in switched.items()
        if name in effective or not is_on
    }


def _expansions_by_hit(results: Results) -> dict[str, list[str]]:
    """Hit → the name variants and synonyms that were found in it in place of a typed word."""
    names = {form for each in results.expansions if each.kind == "name_variant" for form in each.forms}
    synonyms = {form for each in results.expansions if each.kind == "synonym" for form in each.forms} - names
    return {hit.id: _found_forms(hit, names, synonyms) for hit in results.hits}


def _found_forms(hit: Hit, names: set[str], synonyms: set[str]) -> list[str]:
    found = (form for form in hit.matched if form in names | synonyms)
    return list(dict.fromkeys(form.capitalize() if form in names else form for form in found))


def _example_words(index: Index, query: str) -> list[str]:
    """Words that find something: those that begin as a word of the query, otherwise the most frequent ones."""
    for word in query.split()[:_QUERY_WORDS]:
        for length in _PREFIX_LENGTHS:
            completions = index.suggest(word[:length], limit=_EXAMPLES)
            if words := [each.text for each in completions if each.kind == "word"]:
                return words
    return list(index.frequent_words(_EXAMPLES))


def _plain_words(query: str) -> str:
    """The query without quotation marks, parentheses and plus signs, to offer when it finds nothing."""
    return " ".join("".join(" " if char in '"“”„«»()+' else char for char in query).split())
