"""What the engine and the lexicon get of a document: entries of terms, and counts of forms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import (
    DocumentAnalyzer,
    FieldTerms,
    FormCounts,
)
from searchidx.analysis.names.similarity import name_key
from searchidx.engines.contract import Entry
from searchidx.model.document import Document
from searchidx.schema import METADATA_FIELDS, metadata_term
from searchidx.store.lexicon import Form

PARAGRAPH_TERM = "¶"
"""Stands between two paragraphs in a document's terms, so that no phrase crosses. No token is ever this."""


@dataclass(frozen=True, slots=True)
class DocumentTerms:
    """The terms of a document."""

    metadata: str  # terms joined by one space
    texts: FieldTerms  # of the title, then of each paragraph


def texts_of(document: Document) -> Iterator[str]:
    """The texts of a document that are analyzed and counted: its title, then each paragraph."""
    yield document.title
    for paragraph in document.paragraphs:
        yield paragraph.text


def analyze(document: Document, analyzer: DocumentAnalyzer) -> DocumentTerms:
    """The terms of a document; its forms are counted by the analyzer's counter."""
    metadata = " ".join(_metadata_terms(document, analyzer.analyzer))
    return DocumentTerms(metadata, analyzer.analyze(texts_of(document)))


def entries_of(
    row: int, paragraph_rows: Sequence[int], document: Document, terms: DocumentTerms
) -> Iterator[Entry]:
    """The engine's entry of a document, then those of its paragraphs."""
    keywords = _without_empty({"path": document.path, "language": document.language, **document.keywords})
    (title_stem, *stems), (title_folded, *folded) = terms.texts.stem, terms.texts.folded
    accented = terms.texts.accented[1:]
    shared = _without_empty({"title_stem": title_stem, "title_folded": title_folded, "metadata": terms.metadata})
    body = _body_terms(_join(stems), _join(folded, f" {PARAGRAPH_TERM} "), _join(accented))
    yield Entry("document", row, row, body | shared, keywords, document.date)
    for paragraph, *own in zip(paragraph_rows, stems, folded, accented, strict=True):
        yield Entry("paragraph", paragraph, row, _body_terms(*own) | shared, keywords, document.date)


def _body_terms(stem: str, folded: str, accented: str) -> dict[str, str]:
    terms = {"stem": stem, "folded": folded} if stem else {}
    if accented:
        terms["accented"] = accented
    return terms


def _join(paragraphs: Iterable[str], separator: str = " ") -> str:
    """The terms of all paragraphs that have any."""
    return separator.join(filter(None, paragraphs))


def _without_empty(values: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in values.items() if value}


def _metadata_terms(document: Document, analyzer: Analyzer) -> Iterator[str]:
    """The folded words of the metadata fields, then the words of all fields as `field:word`."""
    values = [(name, document.keywords.get(name, "")) for name in METADATA_FIELDS]
    for _, value in values:
        yield from _with_end(_folded_words(value, analyzer))
    for name, value in [*values, ("path", document.path), *document.metadata.items()]:
        yield from _with_end(metadata_term(name, word) for word in _folded_words(value, analyzer))


def _folded_words(text: str, analyzer: Analyzer) -> Iterator[str]:
    return (word.folded for word in analyzer.words(text))


def _with_end(terms: Iterable[str]) -> Iterator[str]:
    """The terms, and if there are any, a mark after them that no phrase crosses."""
    term = None
    for term in terms:
        yield term
    if term is not None:
        yield PARAGRAPH_TERM


def lexicon_changes(counts: Mapping[str, FormCounts], analyzer: Analyzer) -> Iterator[Form]:
    """The differences that the lexicon must add for these counts; forms whose counts are all 0 are left out."""
    for form, (documents, occurrences, capitals) in counts.items():
        if documents or occurrences or capitals:
            folded, stem = _folded_and_stem(form, analyzer)
            # A form that is never written with a capital is no name.
            key = _cached_name_key(form) if capitals else None
            yield Form(form, folded, stem, documents, occurrences, capitals, key)


@lru_cache(maxsize=1 << 18)
def _folded_and_stem(form: str, analyzer: Analyzer) -> tuple[str, str]:
    word = analyzer.word_of_form(form)
    return word.folded, word.stems[0]


_cached_name_key = lru_cache(maxsize=1 << 17)(name_key)
