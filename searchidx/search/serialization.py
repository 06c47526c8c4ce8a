"""What do results and documents look like as JSON? One shape, for the command and for every page.

Plain `text` with `ranges` (half-open, code points) always stands beside `html`, which is escaped first and marked
after. Keys may be added; none changes its meaning.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from searchidx.model.document import (
    Document,
    MatchedDocument,
    Paragraph,
    Range,
)
from searchidx.model.results import (
    Hit,
    Results,
    Snippet,
)
from searchidx.search.highlight import (
    snippet_html,
    to_html,
)

JsonObject = dict[str, Any]

DocumentUrl = Callable[[str, int | None], str]
"""(document id, paragraph number or None) → where it is shown."""


def document_url(document_id: str, paragraph: int | None = None) -> str:
    """The page of a document, or of one of its paragraphs, relative to the site's root."""
    anchor = f"#p{paragraph}" if paragraph is not None else ""
    # A browser would resolve empty and dotted segments; written as %2F the slashes part none.
    has_odd_segment = any(segment in ("", ".", "..") for segment in document_id.split("/"))
    return f"/doc/{quote(document_id, safe='' if has_odd_segment else '/')}{anchor}"


def results_json(results: Results, url_of: DocumentUrl = document_url) -> JsonObject:
    """The answer to a query; `next` is the number of the next page, null on the last."""
    return {
        "query": results.query,
        "interpreted": results.interpreted,
        "match": results.match,
        "corrected_query": results.corrected_query,
        "warnings": [asdict(warning) for warning in results.warnings],
        "expansions": [asdict(expansion) for expansion in results.expansions],
        "level": results.level,
        "page": results.page,
        "per_page": results.per_page,
        "total": results.total,
        "total_is_exact": True,
        "took_ms": round(results.took_ms, 3),
        "facets": {name: [asdict(value) for value in values] for name, values in results.facets.items()},
        "hits": [hit_json(hit, url_of) for hit in results.hits],
        "next": results.next_page,
    } | ({"explanation": asdict(results.explanation)} if results.explanation else {})


def hit_json(hit: Hit, url_of: DocumentUrl = document_url) -> JsonObject:
    """One hit with its snippets."""
    paragraph = hit.snippets[0].paragraph if hit.id != hit.document_id and hit.snippets else None
    return {
        "id": hit.id,
        "document_id": hit.document_id,
        "title": hit.title,
        "title_ranges": hit.title_ranges,
        "title_html": to_html(hit.title, hit.title_ranges),
        "title_is_derived": hit.title_is_derived,
        "date": hit.date.isoformat() if hit.date else None,
        "source": hit.source,
        "place": hit.place,
        "author": hit.author,
        "path": hit.path,
        "url": url_of(hit.document_id, paragraph),
        "source_url": hit.source_url,
        "score": round(hit.score, 4),
        "matched": hit.matched,
        "paragraphs_matched": hit.paragraphs_matched,
        "snippets": [_snippet_json(hit, snippet, url_of) for snippet in hit.snippets],
    } | ({"parts": [asdict(part) for part in hit.parts]} if hit.parts else {})


def _snippet_json(hit: Hit, snippet: Snippet, url_of: DocumentUrl) -> JsonObject:
    return asdict(snippet) | {
        "html": snippet_html(snippet),
        "url": url_of(hit.document_id, snippet.paragraph),
    }


def document_json(matched: MatchedDocument, url_of: DocumentUrl = document_url) -> JsonObject:
    """A document with its paragraphs, and what a query marks in it."""
    document = matched.document
    return _header_json(document, url_of) | {
        "title_ranges": matched.title_ranges,
        "paragraphs": [
            _paragraph_json(paragraph, ranges, url_of(document.id, paragraph.number))
            for paragraph, ranges in zip(document.paragraphs, matched.ranges, strict=True)
        ],
    }


def _header_json(document: Document, url_of: DocumentUrl) -> JsonObject:
    return {
        "id": document.id,
        "title": document.title,
        "title_is_derived": document.title_is_derived,
        "language": document.language,
        "date": document.date.isoformat() if document.date else None,
        "source": document.source,
        "place": document.place,
        "author": document.author,
        "path": document.path,
        "url": url_of(document.id, None),
        "source_url": document.url,
        "metadata": dict(document.metadata),
    }


def _paragraph_json(paragraph: Paragraph, ranges: tuple[Range, ...], url: str) -> JsonObject:
    return {
        "number": paragraph.number,
        "text": paragraph.text,
        "ranges": ranges,
        "html": to_html(paragraph.text, ranges),
        "url": url,
    }
