"""Under which terms is a document found, and each of its paragraphs?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import (
    DocumentAnalyzer,
    Views,
)
from searchidx.engines.contract import Entry
from searchidx.model.document import Document
from searchidx.schema import METADATA_FIELDS, metadata_term

PARAGRAPH_TERM = "¶"
"""Stands between two paragraphs in a document's terms, so that no phrase crosses. No token is ever this."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A document as terms."""

    about: str  # terms joined by one space
    views: Views  # of the title, then of each paragraph


def texts_of(document: Document) -> Iterator[str]:
    """What is analysed of a document: its title, then each paragraph."""
    yield document.title
    for paragraph in document.paragraphs:
        yield paragraph.text


def analyse(document: Document, reader: DocumentAnalyzer) -> Terms:
    """The terms of a document, whose forms the reader counts on the way."""
    return Terms(" ".join(_about_terms(document, reader.analyzer)), reader.read(texts_of(document)))


def entries_of(row: int, paragraph_rows: Sequence[int], document: Document, terms: Terms) -> Iterator[Entry]:
    """The document's entry, then those of its paragraphs."""
    keywords = _keywords(document)
    (title_stem, *stems), (title_folded, *folded_forms) = terms.views.stem, terms.views.folded
    accented = terms.views.accented[1:]
    shared = _given({"title_stem": title_stem, "title_folded": title_folded, "metadata": terms.about})
    whole = _body(_joined(stems), _joined(folded_forms, f" {PARAGRAPH_TERM} "), _joined(accented))
    yield Entry("document", row, row, whole | shared, keywords, document.date)
    for paragraph, *own in zip(paragraph_rows, stems, folded_forms, accented, strict=True):
        yield Entry("paragraph", paragraph, row, _body(*own) | shared, keywords, document.date)


def _body(stem: str, folded: str, accented: str) -> dict[str, str]:
    terms = {"stem": stem, "folded": folded} if stem else {}
    if accented:
        terms["accented"] = accented
    return terms


def _joined(views: Iterable[str], between: str = " ") -> str:
    return between.join(filter(None, views))


def _given(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _keywords(document: Document) -> Mapping[str, str]:
    return _given({"path": document.path, "language": document.language, **document.keywords})


def _about_terms(document: Document, analyzer: Analyzer) -> Iterator[str]:
    """The bare words of source, place and author, and the words of every field marked with its name."""
    values = [(name, document.keywords.get(name, "")) for name in METADATA_FIELDS]
    for _, value in values:
        yield from _with_end(_folded(value, analyzer))
    for name, value in [*values, ("path", document.path), *document.metadata.items()]:
        yield from _with_end(metadata_term(name, word) for word in _folded(value, analyzer))


def _folded(text: str, analyzer: Analyzer) -> Iterator[str]:
    return (word.folded for word in analyzer.words(text))


def _with_end(terms: Iterable[str]) -> Iterator[str]:
    """The terms, and if there are any a mark that no phrase crosses."""
    term = None
    for term in terms:
        yield term
    if term is not None:
        yield PARAGRAPH_TERM
