"""The values that pass between the rooms: what is a document, a token, a hit, a result?

All are frozen. Offsets are half-open ranges of Unicode code points into NFC text. Dates are local
calendar dates, never instants. Scores compare only within one `Results`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date as Date  # noqa: N812 - a field below is named date
from pathlib import Path
from typing import Any, Literal

from searchidx.errors import CorpusError

MAX_WINDOW = 10_000
"""The last hit that a page of results may reach."""

Range = tuple[int, int]
"""Half-open range of code points."""

Level = Literal["document", "paragraph"]
LEVELS: tuple[Level, ...] = ("document", "paragraph")

Sort = Literal["relevance", "date", "-date"]
SORTS: tuple[Sort, ...] = ("relevance", "date", "-date")
"""`date` is oldest first, `-date` newest first; undated documents come last in both."""

Match = Literal["all", "most", "any"]
"""How many of the query's words a hit had to have."""

PARAGRAPH_BREAK = "\n\n"
"""What stands between two paragraphs in `Document.text`."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `start` and `end` are its range in `Document.text`."""

    number: int  # from 1
    text: str  # NFC, no line end inside
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """One document as the corpus gave it, cleaned; `Document.of` numbers the paragraphs."""

    id: str  # the path relative to the indexed folder, with /; or the record's own id
    title: str  # "" when there is none and none could be derived
    title_is_derived: bool  # made from the first sentence, because the file gives none
    paragraphs: tuple[Paragraph, ...]
    language: str = "es"  # BCP 47
    date: Date | None = None
    source: str = ""  # the agency, newspaper or site
    place: str = ""
    author: str = ""
    path: str = ""  # of the file, relative to the indexed folder, with /
    url: str = ""  # where the document was published
    metadata: Mapping[str, str] = field(default_factory=dict)  # any other column or header

    @property
    def text(self) -> str:
        """The body: the paragraphs parted by one blank line."""
        return PARAGRAPH_BREAK.join(paragraph.text for paragraph in self.paragraphs)

    @property
    def length(self) -> int:
        """Of `text`, in code points."""
        return self.paragraphs[-1].end if self.paragraphs else 0

    def __reduce__(self) -> tuple[Any, ...]:
        """Between processes go only the texts of the paragraphs: a tenth of the work."""
        header = {each.name: getattr(self, each.name) for each in fields(self) if each.name != "paragraphs"}
        return _document, (header, [paragraph.text for paragraph in self.paragraphs])


def _document(header: Mapping[str, Any], texts: list[str]) -> Document:
    return Document(paragraphs=number_paragraphs(texts), **header)


def number_paragraphs(texts: list[str]) -> tuple[Paragraph, ...]:
    """Paragraphs numbered from 1, with their ranges in the joined text."""
    paragraphs = []
    start = 0
    for number, text in enumerate(texts, 1):
        paragraphs.append(Paragraph(number, text, start, start + len(text)))
        start += len(text) + len(PARAGRAPH_BREAK)
    return tuple(paragraphs)


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a text: what stands there, where, and as the how-many-eth (from 0)."""

    text: str
    start: int
    end: int
    position: int


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
class Hit:
    """One document, or at paragraph level one paragraph, that answers the query."""

    id: str  # at paragraph level <document id>#p<number>
    document_id: str
    title: str
    title_ranges: tuple[Range, ...]
    title_is_derived: bool
    date: Date | None
    source: str
    place: str
    author: str
    path: str
    source_url: str  # where the document was published, "" when unknown
    score: float
    matched: tuple[str, ...]  # forms as written, in lower case, in the order of their standing
    paragraphs_matched: int
    snippets: tuple[Snippet, ...]
    parts: tuple[ScorePart, ...] = ()  # only in a search that explains
    language: str = "es"  # of the document, BCP 47


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


@dataclass(frozen=True, slots=True)
class MatchedDocument:
    """A document with what a query marks in it."""

    document: Document
    title_ranges: tuple[Range, ...]
    ranges: tuple[tuple[Range, ...], ...]  # by paragraph, in `Paragraph.text`


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one run of indexing changed."""

    added: int = 0  # documents, as all counts but `skipped`
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    skipped: int = 0  # files and records that could not be read
    problems: tuple[CorpusError, ...] = ()  # why, the first `MOST_PROBLEMS` of them
    encodings: Mapping[str, int] = field(default_factory=dict)  # of the files that were read, where not UTF-8
    notices: tuple[str, ...] = ()  # what else a user should know, each in a sentence

    @property
    def changed(self) -> bool:
        """Whether the index is another than before."""
        return bool(self.added or self.updated or self.removed)


MOST_PROBLEMS = 1_000


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: of indexing, in bytes of source files, of a rebuild, in stored documents."""

    done: int
    total: int
    documents: int  # read so far


OnProgress = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class IndexStats:
    """What an index holds."""

    location: Path
    documents: int
    paragraphs: int
    forms: int  # distinct, as written in lower case
    engine: str
    generation: int
    bytes: int  # on disk
    folders: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found wrong, each in a sentence; empty when all is well."""

    problems: tuple[str, ...]
    repaired: bool = False
