"""Documents and paragraphs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

Range = tuple[int, int]
"""Half-open range of code points."""

Level = Literal["document", "paragraph"]

LEVELS: tuple[Level, ...] = ("document", "paragraph")

PARAGRAPH_BREAK = "\n\n"
"""The separator of two paragraphs in `Document.text`."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; `start` and `end` are its range in `Document.text`."""

    number: int  # from 1
    text: str  # NFC, no line end inside
    start: int
    end: int


class MetadataProperties:
    """The most used metadata fields as properties; "" when unknown."""

    __slots__ = ()
    keywords: Mapping[str, str]

    @property
    def source(self) -> str:
        """The agency, newspaper or site."""
        return self.keywords.get("source", "")

    @property
    def place(self) -> str:
        """Where the text was written."""
        return self.keywords.get("place", "")

    @property
    def author(self) -> str:
        """Who wrote the text."""
        return self.keywords.get("author", "")


@dataclass(frozen=True, slots=True)
class Document(MetadataProperties):
    """One document, cleaned; `number_paragraphs` makes its paragraphs."""

    id: str  # the path relative to the indexed folder, with /; or the record's own id
    title: str  # "" when there is none and none could be derived
    title_is_derived: bool  # made from the first sentence, because the file gives none
    paragraphs: tuple[Paragraph, ...]
    language: str = "es"  # BCP 47
    date: dt.date | None = None
    keywords: Mapping[str, str] = field(default_factory=dict)  # of `schema.METADATA_FIELDS`; none is empty
    path: str = ""  # of the file, relative to the indexed folder, with /
    url: str = ""  # where the document was published
    metadata: Mapping[str, str] = field(default_factory=dict)  # any other column or header

    @property
    def text(self) -> str:
        """The body: the paragraphs with one blank line between them."""
        return PARAGRAPH_BREAK.join(paragraph.text for paragraph in self.paragraphs)

    @property
    def length(self) -> int:
        """Of `text`, in code points."""
        return self.paragraphs[-1].end if self.paragraphs else 0

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle only the texts of the paragraphs, which is a tenth of the work between processes."""
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
class MatchedDocument:
    """A document with the matches of a query in it."""

    document: Document
    title_ranges: tuple[Range, ...]
    ranges: tuple[tuple[Range, ...], ...]  # by paragraph, in `Paragraph.text`
