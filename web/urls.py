"""Addresses of pages, documents and endpoints, built by `url_for` from the routes of the views."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from flask import request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter

from web.i18n import language_parameter
from web.routes import quote_id
from web.search_address import Search, search_pairs

SEARCH_VIEW = "searchidx_pages.search"
DOCUMENT_VIEW = "searchidx_pages.document"

FRAME_VIEW = "searchidx_pages.frame"
"""The search page that other sites may show in a frame."""

FEED_VIEW = "searchidx_exports.feed"
EXPORT_VIEW = "searchidx_exports.export"

_API_SEARCH_VIEW = "searchidx_api.search"
_CONVERTER = "document_id"


class DocumentIdConverter(BaseConverter):
    """All that follows in a path, as a document's id: an id may hold slashes anywhere, and line ends."""

    regex = r"[\s\S]+"
    part_isolating = False

    def to_url(self, value: str) -> str:
        """The id as `url_for` writes it, so that browsers keep all of its segments."""
        return quote_id(value)


def add_id_converter(state: BlueprintSetupState) -> None:
    """Let the rules of a blueprint say `<document_id:…>`; for `Blueprint.record`, before the rules."""
    state.app.url_map.converters.setdefault(_CONVERTER, DocumentIdConverter)


def document_url(document_id: str, paragraph: int | None = None, *, external: bool = False) -> str:
    """The page of a document, at a paragraph if one is given; with scheme and host if `external`."""
    url = url_for(DOCUMENT_VIEW, document_id=document_id, _external=external)
    return f"{url}{_anchor(paragraph)}"


def document_href(document_id: str, query: str = "", paragraph: int | None = None) -> str:
    """The page of a document with what a query marks in it, at a paragraph if one is given."""
    query_string = _query_string([("q", query)] if query else [])
    return f"{document_url(document_id)}{query_string}{_anchor(paragraph)}"


def _anchor(paragraph: int | None) -> str:
    return f"#p{paragraph}" if paragraph is not None else ""


def site_root() -> str:
    """Scheme, host and prefix of the site, without a slash at the end."""
    return url_for(SEARCH_VIEW, _external=True).rstrip("/")


def api_root(*, external: bool = False) -> str:
    """Where the JSON API is mounted, without a slash at the end."""
    return url_for(_API_SEARCH_VIEW, _external=external).rpartition("/")[0]


def search_path() -> str:
    """Where the search form leads: to the search page, or to the one for frames on that page."""
    return url_for(FRAME_VIEW if request.endpoint == FRAME_VIEW else SEARCH_VIEW)


def search_href(query: str = "") -> str:
    """The search page, with a query if one is given; on the page for frames that page."""
    return f"{search_path()}{_query_string([('q', query)] if query else [])}"


def frame_href() -> str:
    """The search page that other sites may show in a frame, without a query."""
    return f"{url_for(FRAME_VIEW)}{_query_string([])}"


def results_href(search: Search) -> str:
    """The page with the results of a search."""
    return f"{search_path()}{_query_string(search_pairs(search))}"


def export_href(view: str, search: Search, **more: str) -> str:
    """The results of a search from another view, a feed or a file; from the first page on."""
    pairs = [*search_pairs(search.with_options(page=1)), *more.items()]
    return f"{url_for(view)}?{urlencode(pairs)}"


def _query_string(pairs: list[tuple[str, str]]) -> str:
    pairs = [*pairs, *language_parameter()]
    return f"?{urlencode(pairs)}" if pairs else ""


def link_host(url: str) -> str:
    """The host of an address that may be linked to, "" for any that is not plainly http or https."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host if parts.scheme in ("http", "https") and url.lower().startswith(f"{parts.scheme}://") else ""
