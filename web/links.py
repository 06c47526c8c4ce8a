"""Where does a link lead? Addresses of documents, of paragraphs, and of what stands outside."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from flask import request
from flask.blueprints import BlueprintSetupState
from werkzeug.routing import BaseConverter

from searchidx.as_json import document_url

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
    return f"{request.script_root}{document_url(document_id, paragraph)}"


def absolute_url(path: str) -> str:
    """A path of this site, "" or from its root on, as the rest of the world writes it."""
    return f"{request.host_url.rstrip('/')}{request.script_root}{path}"


def document_href(document_id: str, query: str = "", paragraph: int | None = None) -> str:
    """The page of a document with what a query marks in it, at a paragraph if one is given."""
    asked = f"?{urlencode({'q': query})}" if query else ""
    anchor = f"#p{paragraph}" if paragraph is not None else ""
    return f"{site_url(document_id, None)}{asked}{anchor}"


def outside_link(url: str) -> str:
    """The host of an address that may be followed, "" for any that is not plainly http or https."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host if parts.scheme in ("http", "https") and url.lower().startswith(f"{parts.scheme}://") else ""
