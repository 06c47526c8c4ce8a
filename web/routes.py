"""Paths of documents on the site, for callers without a request: the command line, and streamed files."""

from __future__ import annotations

from urllib.parse import quote

DOCUMENT_PATH = "/doc/"
"""What stands before the id of a document, from the root of the site."""


def quote_id(document_id: str) -> str:
    """A document's id as the end of a path, percent-encoded.

    A slash stays a slash, unless the id has an empty or dotted segment: a browser would resolve those, so in such
    an id every slash is written %2F.
    """
    has_odd_segment = any(segment in ("", ".", "..") for segment in document_id.split("/"))
    return quote(document_id, safe="" if has_odd_segment else "/")


def document_path(document_id: str, paragraph: int | None = None) -> str:
    """The page of a document, or of one of its paragraphs, from the root of the site."""
    anchor = f"#p{paragraph}" if paragraph is not None else ""
    return f"{DOCUMENT_PATH}{quote_id(document_id)}{anchor}"
