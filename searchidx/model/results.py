"""Search results: hits with their snippets, facets, warnings and explanations; completions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from searchidx.model.document import Level, Range, WithKeywords

MAX_WINDOW = 10_000
"""The last hit that a page of results may reach."""

Sort = Literal["relevance", "date", "-date"]

SORTS: tuple[Sort, ...] = ("relevance", "date", "-date")
"""`date` is oldest first, `-date` newest first; undated documents come last in both."""

Match = Literal["all", "most", "any"]
"""How many of the query's words a hit had to have."""


@dataclass(frozen=True, slots=True)
class QueryWarning:
    """Something in a query that was not read as an operator; the range is in `Results.query`."""

    code: str  # stable, snake_case
    message: str  # Spanish
    message_en: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Expansion:
    """Forms that were searched beside a typed word."""

    term: str
    kind: str  # prefix, wildcard, fuzzy, name_variant, synonym
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A paragraph of a hit, or the densest part of a long one."""

    paragraph: int  # from 1
    text: str
    ranges: tuple[Range, ...]  # of the matches, in `text`
    start: int = 0  # where `text` begins in the paragraph
    cut_before: bool = False  # the paragraph has more text before
    cut_after: bool = False


@dataclass(frozen=True, slots=True)
class FacetValue:
    """How many of all hits bear this value."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class ScorePart:
    """What one word, phrase or pattern of the query adds to a hit's score; all of them add up to it."""

    text: str
    field: str | None  # None: in any field
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a query was understood."""

    tree: str  # in the query language, every group in parentheses
    plan: Mapping[str, object]  # what the engine was asked, as JSON


@dataclass(frozen=True, slots=True)
class Hit(WithKeywords):
    """One document, or at paragraph level one paragraph, that answers the query."""

    id: str  # at paragraph level <document id>#p<number>
    document_id: str
    title: str
    title_ranges: tuple[Range, ...]
    title_is_derived: bool
    date: dt.date | None
    keywords: Mapping[str, str]  # of `schema.METADATA_FIELDS`; none is empty
    path: str
    source_url: str  # where the document was published, "" when unknown
    score: float
    matched: tuple[str, ...]  # forms as written, in lower case, in the order of their standing
    paragraphs_matched: int
    snippets: tuple[Snippet, ...]
    parts: tuple[ScorePart, ...] = ()  # only in a search that explains
    language: str = "es"  # of the document, BCP 47

    @property
    def paragraph(self) -> int | None:
        """The number of the paragraph that the hit is; None when the hit is a document."""
        return self.snippets[0].paragraph if self.id != self.document_id and self.snippets else None


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to one query: one page of hits, and what is known of all of them."""

    query: str  # NFC; offsets of warnings refer to it
    interpreted: str
    match: Match
    level: Level
    page: int  # from 1
    per_page: int
    total: int  # exact; the same on every page
    took_ms: float
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    warnings: tuple[QueryWarning, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    corrected_query: str | None = None
    prefix_fallback: str | None = None  # the last word, when words that begin so were found instead
    explanation: Explanation | None = None  # only in a search that explains

    @property
    def last_page(self) -> int:
        """The number of the last page that has hits and can be shown; 1 when nothing was found."""
        reachable = min(-(-self.total // self.per_page), MAX_WINDOW // self.per_page)
        return max(1, reachable)

    @property
    def next_page(self) -> int | None:
        """The number of the next page, None on the last."""
        return self.page + 1 if self.page < self.last_page else None


@dataclass(frozen=True, slots=True)
class Completion:
    """What may be typed in the end, and finds something."""

    text: str  # the whole text with the completed word, or a title
    documents: int  # that have it
    kind: Literal["word", "title"] = "word"
