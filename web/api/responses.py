"""What does the endpoint answer? One model an answer: what is sent is made from it, so is the OpenAPI document.

A key that `searchidx.search.serialization` adds must be added here too: an answer with an undescribed key is none.
"""

from __future__ import annotations

from typing import Annotated

from flask import Response
from pydantic import BaseModel, ConfigDict, Field, RootModel

from searchidx import Level, Match

Range = Annotated[tuple[int, int], Field(description="Half-open, in Unicode code points.")]
Ranges = tuple[Range, ...]


class Answer(BaseModel):
    """A part of what is sent."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def response(self) -> Response:
        """This as JSON, with the keys that were given."""
        return Response(self.model_dump_json(exclude_unset=True), content_type="application/json")


class QueryWarning(Answer):
    """Something in the query that was not read as an operator."""

    code: str = Field(description="Stable.")
    message: str = Field(description="Spanish.")
    message_en: str = Field(description="English.")
    start: int = Field(description="In `query`, code points.")
    end: int = Field(description="In `query`, code points; excluded.")


class Expansion(Answer):
    """What was searched beside a typed word."""

    term: str
    kind: str = Field(description="prefix, wildcard, fuzzy, name_variant or synonym.")
    forms: tuple[str, ...]


class FacetCount(Answer):
    """How many of all hits bear a value."""

    value: str
    count: int


class ScorePart(Answer):
    """What one part of the query adds to a score."""

    text: str
    field: str | None
    score: float


class Explanation(Answer):
    """How the query was understood."""

    tree: str = Field(description="In the query language, every group in parentheses.")
    plan: dict[str, object] = Field(description="What the engine was asked.")


class Snippet(Answer):
    """A paragraph of a hit, or the densest part of a long one."""

    paragraph: int = Field(description="Its number in the document, from 1.")
    text: str
    ranges: Ranges = Field(description="The matches in `text`.")
    start: int = Field(description="Where `text` begins in the paragraph.")
    cut_before: bool
    cut_after: bool
    html: str = Field(description="`text` escaped, then each match in `<mark>`.")
    url: str


class Hit(Answer):
    """One document, or one paragraph, that answers the query."""

    id: str
    document_id: str
    title: str
    title_ranges: Ranges
    title_html: str
    title_is_derived: bool = Field(description="Made from the first sentence, because there is none.")
    date: str | None = Field(description="YYYY-MM-DD.")
    source: str
    place: str
    author: str
    path: str
    url: str = Field(description="Where it is shown.")
    source_url: str = Field(description="Where it was published.")
    score: float = Field(description="Compares only within one answer.")
    matched: tuple[str, ...] = Field(description="The forms that were found, in lower case.")
    paragraphs_matched: int
    snippets: tuple[Snippet, ...]
    parts: tuple[ScorePart, ...] = Field((), description="Only with `explain=true`.")


class SearchAnswer(Answer):
    """The answer to a query: one page of hits, and what is known of all of them."""

    query: str = Field(description="In Unicode's NFC.")
    interpreted: str = Field(description="With only the words that were looked for.")
    match: Match = Field(description="How many of the words a hit had to have.")
    corrected_query: str | None = Field(description="What may have been meant.")
    prefix_fallback: str | None
    warnings: tuple[QueryWarning, ...]
    expansions: tuple[Expansion, ...]
    level: Level
    page: int
    per_page: int
    total: int
    total_is_exact: bool
    took_ms: float
    facets: dict[str, tuple[FacetCount, ...]]
    hits: tuple[Hit, ...]
    next: int | None = Field(description="The number of the next page.")
    explanation: Explanation | None = Field(None, description="Only with `explain=true`.")


class FacetsAnswer(Answer):
    """The counts of a search."""

    facets: dict[str, tuple[FacetCount, ...]]
    total: int


class Suggestion(Answer):
    """What may be typed in the end, and finds something."""

    text: str
    documents: int = Field(description="That have it.")
    kind: str = Field(description="word or title.")


class SuggestAnswer(Answer):
    """Completions, the most frequent first."""

    suggestions: tuple[Suggestion, ...]


class Paragraph(Answer):
    """One paragraph with what the query marks in it."""

    number: int = Field(description="From 1.")
    text: str
    ranges: Ranges
    html: str
    url: str


class DocumentAnswer(Answer):
    """One document whole."""

    id: str
    title: str
    title_is_derived: bool
    language: str = Field(description="BCP 47.")
    date: str | None
    source: str
    place: str
    author: str
    path: str
    url: str
    source_url: str
    metadata: dict[str, str]
    title_ranges: Ranges
    paragraphs: tuple[Paragraph, ...]


class StatsAnswer(Answer):
    """What the index holds."""

    documents: int
    paragraphs: int
    forms: int = Field(description="Distinct words as written, in lower case.")
    engine: str
    generation: int = Field(description="Of the engine's files, from 1.")
    bytes: int = Field(description="On disk.")


class HealthAnswer(Answer):
    """Whether requests can be answered."""

    status: str
    documents: int = Field(0, description="Only where the index was looked at.")


class ExportAnswer(Answer):
    """All hits of a search that can be reached."""

    query: str
    total: int = Field(description="Of all hits, those that cannot be reached among them.")
    hits: tuple[Hit, ...]


class BrowserSuggestions(RootModel[Annotated[list[str | tuple[str, ...]], Field(min_length=2, max_length=2)]]):
    """What was typed, and what it may become."""

    def response(self) -> Response:
        """This as JSON."""
        return Response(self.model_dump_json(), content_type="application/json")


class ProblemAnswer(Answer):
    """What went wrong (RFC 9457)."""

    type: str
    title: str = Field(description="The status in words.")
    status: int
    code: str = Field(description="Stable, for programs.")
    detail: str = Field(description="For people.")
    parameter: str = Field("", description="Which parameter is at fault, if one is.")
