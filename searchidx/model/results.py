"""Search results and completions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from searchidx.model.document import Level, MetadataProperties, Range

MAX_WINDOW = 10_000
"""The last hit that a page of results may reach."""

Sort = Literal["relevance", "date", "-date"]

SORTS: tuple[Sort, ...] = ("relevance", "date", "-date")
"""`date` is oldest first, `-date` newest first; undated documents come last in both."""

MatchPolicy = Literal["all", "any"]
"""How many words of the query a hit must have: all, or any of them."""


@dataclass(frozen=True, slots=True)
class QueryWarning:
    """A part of a query that was changed, cut, or may have been misread; the range is in `Results.query`."""

    code: str  # stable, snake_case
    message: str  # Spanish
    message_en: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Expansion:
    """Forms that were searched in addition to a typed word."""

    term: str
    kind: str  # prefix, wildcard, fuzzy, name_variant, synonym
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A paragraph of a hit, or the part of a long one with most matches."""

    paragraph: int  # from 1
    text: str
    ranges: tuple[Range, ...]  # of the matches, in `text`
    start: int = 0  # where `text` begins in the paragraph
    cut_before: bool = False  # the paragraph has more text before
    cut_after: bool = False

    @property
    def ellipses(self) -> tuple[str, str]:
        """What to show before and after `text`: an ellipsis where the paragraph has more text, otherwise ""."""
        return "… " * self.cut_before, " …" * self.cut_after


@dataclass(frozen=True, slots=True)
class FacetValue:
    """The number of hits that have one value of a facet."""

    value: str
    count: int


@dataclass(frozen=True, slots=True)
class ScorePart:
    """The part of the score of a hit that one word, phrase or pattern of the query adds."""

    text: str
    field: str | None  # None: in any field; "neighbours": two words side by side; "all_words": it has all
    score: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """How a query was understood."""

    tree: str  # in the query language, every group in parentheses
    plan: Mapping[str, object]  # the engine query as JSON


@dataclass(frozen=True, slots=True)
class Hit(MetadataProperties):
    """One document that matches the query, or at paragraph level one paragraph."""

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
    matched: tuple[str, ...]  # forms as written, in lower case, in the order of the text
    paragraphs_matched: int
    snippets: tuple[Snippet, ...]
    parts: tuple[ScorePart, ...] = ()  # only in a search that explains
    language: str = "es"  # of the document, BCP 47

    @property
    def paragraph(self) -> int | None:
        """The number of the paragraph at paragraph level; None when the hit is a document."""
        return self.snippets[0].paragraph if self.id != self.document_id and self.snippets else None


@dataclass(frozen=True, slots=True)
class Results:
    """The results of one query: one page of hits, and facts about all of them."""

    query: str  # NFC; offsets of warnings refer to it
    interpreted: str
    match: MatchPolicy
    level: Level
    page: int  # from 1
    per_page: int
    total: int  # exact; the same on every page
    total_all: int  # of them, those with all words of the query; exact
    total_most: int  # of them, those with three words of four; exact
    took_ms: float
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[FacetValue, ...]] = field(default_factory=dict)
    warnings: tuple[QueryWarning, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    corrected_query: str | None = None
    prefix_fallback: str | None = None  # the last word, when it was searched as a prefix
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
    """A text that a user may be about to type; a search for it has hits."""

    text: str  # the whole text with the completed word, or a title
    documents: int  # that have it
    kind: Literal["word", "title"] = "word"
