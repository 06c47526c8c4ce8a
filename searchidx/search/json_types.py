"""The JSON shape of results and documents: one definition, for the command, the endpoint and the exports.

Plain `text` with `ranges` (half-open, code points) always comes with `html`, which is escaped first and marked
after. Keys may be added; none changes its meaning. The OpenAPI document is derived from these types, with the
docstrings below the keys as descriptions.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import NotRequired

from searchidx.model.document import Level, Range
from searchidx.model.results import MatchPolicy

if sys.version_info >= (3, 12):
    from typing import TypedDict
else:
    from typing_extensions import TypedDict  # the one whose docstrings Pydantic reads


class QueryWarningJson(TypedDict):
    """A part of a query that was changed, cut, or may have been misread."""

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
    """Forms that were searched in addition to a typed word."""

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
    """None: in any field. `neighbours`: two words side by side in the text. `all_words`: for having them all."""
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
    match: MatchPolicy
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
    total_all: int
    """Of the total, hits with all words of the query."""
    total_most: int
    """Of the total, hits with three words of four."""
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
    """A completion; a search for it has hits."""

    text: str
    documents: int
    """How many have it."""
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
