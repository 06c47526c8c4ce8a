"""The addresses of documents, for those who have no request to make them from: the command line and the routes."""

from __future__ import annotations

from urllib.parse import quote

DOCUMENT_PATH = "/doc/"
"""Before the id of a document, from the root of the site."""


def quote_id(document_id: str) -> str:
    """A document's id as a part of a path, percent-encoded; a slash stays where it parts nothing odd."""
    # A browser would resolve empty and dotted segments; written as %2F the slashes part none.
    has_odd_segment = any(segment in ("", ".", "..") for segment in document_id.split("/"))
    return quote(document_id, safe="" if has_odd_segment else "/")


def document_path(document_id: str, paragraph: int | None = None) -> str:
    """The page of a document, or of one of its paragraphs, from the root of the site."""
    anchor = f"#p{paragraph}" if paragraph is not None else ""
    return f"{DOCUMENT_PATH}{quote_id(document_id)}{anchor}"
