"""Where does a link lead? Addresses of documents, of paragraphs, and of what stands outside."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from flask import request, url_for
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter

from web.i18n import kept_language
from web.routes import document_path
from web.search_params import SearchParameters

FRAME_ENDPOINT = "searchidx_pages.frame"
"""The view of the search page that other sites may show in a frame."""

_ANY_ID = "document_id"


class DocumentIdConverter(BaseConverter):
    """The rest of a path, whatever it is: an id may hold slashes anywhere, and line ends."""

    regex = r"[\s\S]+"
    part_isolating = False


def add_id_converter(state: BlueprintSetupState) -> None:
    """Let the rules of a blueprint say `<document_id:…>`; for `Blueprint.record`, before the rules."""
    state.app.url_map.converters.setdefault(_ANY_ID, DocumentIdConverter)


def site_url(document_id: str, paragraph: int | None) -> str:
    """The page of a document on this site, wherever the site is mounted."""
    return f"{request.script_root}{document_path(document_id, paragraph)}"


def absolute_url(path: str) -> str:
    """A path of this site, "" or from its root on, as the rest of the world writes it."""
    return f"{request.host_url.rstrip('/')}{request.script_root}{path}"


def document_href(document_id: str, query: str = "", paragraph: int | None = None) -> str:
    """The page of a document with what a query marks in it, at a paragraph if one is given."""
    anchor = f"#p{paragraph}" if paragraph is not None else ""
    return f"{site_url(document_id, None)}{_asked([('q', query)] if query else [])}{anchor}"


def search_href(query: str = "") -> str:
    """The search page, or inside somebody else's page its small form, with a query if one is given."""
    return f"{search_path()}{_asked([('q', query)] if query else [])}"


def frame_href() -> str:
    """The search page that other sites may show in a frame, empty."""
    return f"{url_for(FRAME_ENDPOINT)}{_asked([])}"


def results_href(parameters: SearchParameters) -> str:
    """The address of a search."""
    return f"{search_path()}{_asked(parameters.pairs())}"


def other_form_href(path: str, parameters: SearchParameters, **more: str) -> str:
    """The same search in another form: a feed, a file."""
    return f"{request.script_root}{path}?{urlencode([*parameters.pairs(), *more.items()])}"


def search_path() -> str:
    """Where the search form leads."""
    framed = request.endpoint == FRAME_ENDPOINT
    return url_for(FRAME_ENDPOINT if framed else "searchidx_pages.search")


def _asked(pairs: list[tuple[str, str]]) -> str:
    every = [*pairs, *kept_language()]
    return f"?{urlencode(every)}" if every else ""


def outside_link(url: str) -> str:
    """The host of an address that may be followed, "" for any that is not plainly http or https."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host if parts.scheme in ("http", "https") and url.lower().startswith(f"{parts.scheme}://") else ""
