"""The JSON of results and documents: one definition for the command, the endpoint and the exports.

`html` always comes with the plain `text` and its `ranges` (half-open, code points). Keys may be added; none
changes its meaning. The OpenAPI document is derived from these types, with the docstrings below the keys as
descriptions.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import NotRequired, cast

from searchidx.model.document import Level, MatchedDocument, Paragraph, Range
from searchidx.model.reports import IndexStats
from searchidx.model.results import Completion, Hit, Match, Results, Snippet
from searchidx.schema import METADATA_FIELDS
from searchidx.search.highlight import snippet_html, to_html

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict  # the one whose docstrings Pydantic reads

DocumentUrl = Callable[[str, int | None], str]
"""(document id, paragraph number or None) → the URL of its page."""


class QueryWarningJson(TypedDict):
    """Something in the query that was not read as an operator."""

    code: str
    """Stable."""
    message: str
    """Spanish."""
    message_en: str
    """English."""
    start: int
    """In `query`, code points."""
    end: int
    """In `query`, code points; excluded."""


class ExpansionJson(TypedDict):
    """Forms that were searched besides a typed word."""

    term: str
    kind: str
    """prefix, wildcard, fuzzy, name_variant or synonym."""
    forms: tuple[str, ...]


class FacetValueJson(TypedDict):
    """How many of all hits have a value."""

    value: str
    count: int


class ScorePartJson(TypedDict):
    """What one part of the query adds to a score."""

    text: str
    field: str | None
    """None: in any field."""
    score: float


class ExplanationJson(TypedDict):
    """How the query was understood."""

    tree: str
    """In the query language, every group in parentheses."""
    plan: Mapping[str, object]
    """The engine query."""


class SnippetJson(TypedDict):
    """A paragraph of a hit, or the densest part of a long one."""

    paragraph: int
    """Its number in the document, from 1."""
    text: str
    ranges: tuple[Range, ...]
    """The matches in `text`: half-open, in Unicode code points."""
    start: int
    """Where `text` begins in the paragraph."""
    cut_before: bool
    """The paragraph has more text before."""
    cut_after: bool
    """The paragraph has more text after."""
    html: str
    """`text` escaped, then each match in `<mark>`."""
    url: str


class HitJson(TypedDict):
    """One document, or one paragraph, that answers the query; the metadata fields of the schema are keys too."""

    id: str
    document_id: str
    title: str
    title_ranges: tuple[Range, ...]
    """The matches in `title`: half-open, in Unicode code points."""
    title_html: str
    title_is_derived: bool
    """Made from the first sentence, because the document has no title."""
    date: str | None
    """YYYY-MM-DD."""
    path: str
    url: str
    """Where it is shown."""
    source_url: str
    """Where it was published."""
    score: float
    """Compares only within one answer."""
    matched: tuple[str, ...]
    """The forms that were found, in lower case."""
    paragraphs_matched: int
    snippets: tuple[SnippetJson, ...]
    parts: NotRequired[tuple[ScorePartJson, ...]]
    """Only with `explain=true`."""


class ResultsJson(TypedDict):
    """The answer to a query: one page of hits, and what is known of all of them."""

    query: str
    """In Unicode's NFC."""
    interpreted: str
    """With only the words that were looked for."""
    match: Match
    """How many of the words a hit had to have."""
    corrected_query: str | None
    """What may have been meant."""
    prefix_fallback: str | None
    """The last word, when the hits have words that begin so because nothing has the word itself."""
    warnings: tuple[QueryWarningJson, ...]
    expansions: tuple[ExpansionJson, ...]
    level: Level
    page: int
    per_page: int
    total: int
    total_is_exact: bool
    took_ms: float
    facets: dict[str, tuple[FacetValueJson, ...]]
    hits: tuple[HitJson, ...]
    next: int | None
    """The number of the next page."""
    explanation: NotRequired[ExplanationJson]
    """Only with `explain=true`."""


class FacetsJson(TypedDict):
    """The counts of a search."""

    facets: dict[str, tuple[FacetValueJson, ...]]
    total: int


class CompletionJson(TypedDict):
    """What may be typed in the end, and finds something."""

    text: str
    documents: int
    """That have it."""
    kind: str
    """word or title."""


class SuggestionsJson(TypedDict):
    """Completions, the most frequent first."""

    suggestions: tuple[CompletionJson, ...]


class ParagraphJson(TypedDict):
    """One paragraph with what the query marks in it."""

    number: int
    """From 1."""
    text: str
    ranges: tuple[Range, ...]
    """The matches in `text`: half-open, in Unicode code points."""
    html: str
    url: str


class DocumentJson(TypedDict):
    """One document whole; the metadata fields of the schema are keys too."""

    id: str
    title: str
    title_is_derived: bool
    language: str
    """BCP 47."""
    date: str | None
    """YYYY-MM-DD."""
    path: str
    url: str
    """Where it is shown."""
    source_url: str
    """Where it was published."""
    metadata: Mapping[str, str]
    title_ranges: tuple[Range, ...]
    """The matches in `title`: half-open, in Unicode code points."""
    paragraphs: tuple[ParagraphJson, ...]


class StatsJson(TypedDict):
    """What the index holds."""

    documents: int
    paragraphs: int
    forms: int
    """Distinct words as written, in lower case."""
    engine: str
    generation: int
    """Of the engine's files, from 1."""
    bytes: int
    """On disk."""


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
