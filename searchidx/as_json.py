"""What do results and documents look like as JSON? One shape, for the command and for every page.

Plain `text` with `ranges` (half-open, code points) always stands beside `html`, which is escaped first and marked
after. Keys may be added; none changes its meaning.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from urllib.parse import quote

from searchidx.highlight import snippet_html, to_html
from searchidx.model import Document, Hit, MatchedDocument, Paragraph, Range, Results, Snippet

JsonObject = dict[str, Any]


def document_url(document_id: str, paragraph: int | None = None) -> str:
    """The page of a document, or of one of its paragraphs, relative to the site's root."""
    anchor = f"#p{paragraph}" if paragraph is not None else ""
    return f"/doc/{quote(document_id)}{anchor}"


def results_json(results: Results) -> JsonObject:
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
        "hits": [hit_json(hit) for hit in results.hits],
        "next": results.next_page,
    }


def hit_json(hit: Hit) -> JsonObject:
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
        "url": document_url(hit.document_id, paragraph),
        "source_url": hit.source_url,
        "score": round(hit.score, 4),
        "matched": hit.matched,
        "paragraphs_matched": hit.paragraphs_matched,
        "snippets": [_snippet_json(hit, snippet) for snippet in hit.snippets],
    }


def _snippet_json(hit: Hit, snippet: Snippet) -> JsonObject:
    return asdict(snippet) | {
        "html": snippet_html(snippet),
        "url": document_url(hit.document_id, snippet.paragraph),
    }


def document_json(matched: MatchedDocument) -> JsonObject:
    """A document with its paragraphs, and what a query marks in it."""
    document = matched.document
    return _header_json(document) | {
        "title_ranges": matched.title_ranges,
        "paragraphs": [
            _paragraph_json(document, paragraph, ranges)
            for paragraph, ranges in zip(document.paragraphs, matched.ranges, strict=True)
        ],
    }


def _header_json(document: Document) -> JsonObject:
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
        "url": document_url(document.id),
        "source_url": document.url,
        "metadata": dict(document.metadata),
    }


def _paragraph_json(document: Document, paragraph: Paragraph, ranges: tuple[Range, ...]) -> JsonObject:
    return {
        "number": paragraph.number,
        "text": paragraph.text,
        "ranges": ranges,
        "html": to_html(paragraph.text, ranges),
        "url": document_url(document.id, paragraph.number),
    }
