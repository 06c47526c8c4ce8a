"""Results, hits, documents, completions and statistics as JSON payloads, in the shape of `json_types`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import cast

from searchidx.model.document import MatchedDocument, Paragraph, Range
from searchidx.model.reports import IndexStats
from searchidx.model.results import Completion, Hit, Results, Snippet
from searchidx.schema import METADATA_FIELDS
from searchidx.search.highlight import snippet_html, to_html
from searchidx.search.json_types import (
    CompletionJson,
    DocumentJson,
    ExpansionJson,
    FacetsJson,
    FacetValueJson,
    HitJson,
    ParagraphJson,
    QueryWarningJson,
    ResultsJson,
    ScorePartJson,
    SnippetJson,
    StatsJson,
    SuggestionsJson,
)

DocumentUrl = Callable[[str, int | None], str]
"""(document id, paragraph number or None) → the URL of its page."""


def results_json(results: Results, url_of: DocumentUrl) -> ResultsJson:
    """The answer to a query; `next` is the number of the next page, null on the last."""
    payload: ResultsJson = {
        "query": results.query,
        "interpreted": results.interpreted,
        "match": results.match,
        "corrected_query": results.corrected_query,
        "prefix_fallback": results.prefix_fallback,
        "warnings": tuple(cast("QueryWarningJson", asdict(each)) for each in results.warnings),
        "expansions": tuple(cast("ExpansionJson", asdict(each)) for each in results.expansions),
        "level": results.level,
        "page": results.page,
        "per_page": results.per_page,
        "total": results.total,
        "total_is_exact": True,
        "total_all": results.total_all,
        "total_most": results.total_most,
        "took_ms": round(results.took_ms, 3),
        "facets": _facets(results),
        "hits": tuple(hit_json(hit, url_of) for hit in results.hits),
        "next": results.next_page,
    }
    if results.explanation:
        payload["explanation"] = {"tree": results.explanation.tree, "plan": results.explanation.plan}
    return payload


def facets_json(results: Results) -> FacetsJson:
    """The counts of a search without its hits."""
    return {"facets": _facets(results), "total": results.total}


def _facets(results: Results) -> dict[str, tuple[FacetValueJson, ...]]:
    return {
        name: tuple({"value": each.value, "count": each.count} for each in values)
        for name, values in results.facets.items()
    }


def hit_json(hit: Hit, url_of: DocumentUrl) -> HitJson:
    """One hit with its snippets."""
    payload: HitJson = {
        "id": hit.id,
        "document_id": hit.document_id,
        "title": hit.title,
        "title_ranges": hit.title_ranges,
        "title_html": to_html(hit.title, hit.title_ranges),
        "title_is_derived": hit.title_is_derived,
        "date": hit.date.isoformat() if hit.date else None,
        "path": hit.path,
        "url": url_of(hit.document_id, hit.paragraph),
        "source_url": hit.source_url,
        "score": round(hit.score, 4),
        "matched": hit.matched,
        "paragraphs_matched": hit.paragraphs_matched,
        "snippets": tuple(_snippet_json(hit, snippet, url_of) for snippet in hit.snippets),
    }
    if hit.parts:
        payload["parts"] = tuple(cast("ScorePartJson", asdict(part)) for part in hit.parts)
    return cast("HitJson", {**payload, **_metadata_json(hit.keywords)})


def _snippet_json(hit: Hit, snippet: Snippet, url_of: DocumentUrl) -> SnippetJson:
    return {
        "paragraph": snippet.paragraph,
        "text": snippet.text,
        "ranges": snippet.ranges,
        "start": snippet.start,
        "cut_before": snippet.cut_before,
        "cut_after": snippet.cut_after,
        "html": snippet_html(snippet),
        "url": url_of(hit.document_id, snippet.paragraph),
    }


def _metadata_json(keywords: Mapping[str, str]) -> dict[str, str]:
    return {name: keywords.get(name, "") for name in METADATA_FIELDS}


def document_json(matched: MatchedDocument, url_of: DocumentUrl) -> DocumentJson:
    """A document with its paragraphs, and what a query marks in it."""
    document = matched.document
    payload: DocumentJson = {
        "id": document.id,
        "title": document.title,
        "title_is_derived": document.title_is_derived,
        "language": document.language,
        "date": document.date.isoformat() if document.date else None,
        "path": document.path,
        "url": url_of(document.id, None),
        "source_url": document.url,
        "metadata": dict(document.metadata),
        "title_ranges": matched.title_ranges,
        "paragraphs": tuple(
            _paragraph_json(paragraph, ranges, url_of(document.id, paragraph.number))
            for paragraph, ranges in zip(document.paragraphs, matched.ranges, strict=True)
        ),
    }
    return cast("DocumentJson", {**payload, **_metadata_json(document.keywords)})


def _paragraph_json(paragraph: Paragraph, ranges: tuple[Range, ...], url: str) -> ParagraphJson:
    return {
        "number": paragraph.number,
        "text": paragraph.text,
        "ranges": ranges,
        "html": to_html(paragraph.text, ranges),
        "url": url,
    }


def suggestions_json(completions: tuple[Completion, ...]) -> SuggestionsJson:
    """Completions, the most frequent first."""
    return {"suggestions": tuple(cast("CompletionJson", asdict(each)) for each in completions)}


def stats_json(stats: IndexStats) -> StatsJson:
    """What the index holds, without where it lies."""
    return {
        "documents": stats.documents,
        "paragraphs": stats.paragraphs,
        "forms": stats.forms,
        "engine": stats.engine,
        "generation": stats.generation,
        "bytes": stats.bytes,
    }
