"""Under which terms is a document found, and which forms does it bring to the lexicon?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from searchidx.analysis.analyzer import Analyzer, Word, views_of
from searchidx.analysis.names import name_key
from searchidx.analysis.tokenizer import surface_forms
from searchidx.engines.base import Entry
from searchidx.model import Document
from searchidx.query.fields import about_term
from searchidx.store.lexicon import Form
from searchidx.store.reading import StoredDocument

PARAGRAPH_TERM = "¶"
"""Stands between two paragraphs in a document's terms, so that no phrase crosses. No token is ever this."""

ABOUT_FIELDS = ("source", "place", "author")
"""Whose words plain words of a query find too."""


@dataclass(slots=True)
class FormCounts:
    """Adds up what documents bring to the lexicon, or with `sign` -1 what they take away."""

    _counts: dict[Word, list[int]] = field(default_factory=dict)

    def count(self, forms: Counter[str], analyzer: Analyzer, sign: int = 1) -> None:
        """Count one document, given its surface forms."""
        of_document: dict[Word, list[int]] = {}
        for surface_form, times in forms.items():
            counts = of_document.setdefault(analyzer.word(surface_form), [0, 0])
            if not (surface_form.isupper() and len(surface_form) > 1):
                counts[0] += times
                counts[1] += times if surface_form[0].isupper() else 0
        for word, (occurrences, capitals) in of_document.items():
            total = self._counts.setdefault(word, [0, 0, 0])
            total[0] += sign
            total[1] += sign * occurrences
            total[2] += sign * capitals

    def changes(self) -> Iterator[Form]:
        """What has been counted since the last call."""
        counted, self._counts = self._counts, {}
        for word, (documents, occurrences, capitals) in counted.items():
            key = name_key(word.form)
            yield Form(word.form, word.surface, word.stem, documents, occurrences, capitals, key)


@dataclass(frozen=True, slots=True)
class Analysed:
    """A document as terms."""

    forms: Counter[str]  # surface forms of title and paragraphs
    entries: tuple[Entry, ...]  # the document's, then its paragraphs'


def surface_counts(document: Document) -> Counter[str]:
    """The surface forms of a document, counted."""
    counts = Counter(surface_forms(document.title))
    for paragraph in document.paragraphs:
        counts.update(surface_forms(paragraph.text))
    return counts


def analyse(stored: StoredDocument, analyzer: Analyzer) -> Analysed:
    """The terms of a stored document and of its paragraphs."""
    document = stored.document
    title_forms = surface_forms(document.title)
    counts = Counter(title_forms)
    title = views_of(analyzer.analyse(title_forms))
    about = " ".join(_about_terms(document, analyzer))
    shared = {"title_stem": title.stem, "title_surface": title.surface, "about": about}
    views = []
    for paragraph in document.paragraphs:
        forms = surface_forms(paragraph.text)
        counts.update(forms)
        views.append(views_of(analyzer.analyse(forms)))
    between = f" {PARAGRAPH_TERM} "
    body = {
        "stem": between.join(view.stem for view in views if view.stem),
        "surface": between.join(view.surface for view in views if view.surface),
        "accented": " ".join(view.accented for view in views if view.accented),
    }
    keywords = _keywords(document)
    row = stored.row
    entries = [Entry("document", row, row, body | shared, keywords, document.date)]
    for paragraph_row, view in zip(stored.paragraph_rows, views, strict=True):
        own = {"stem": view.stem, "surface": view.surface, "accented": view.accented}
        entries.append(Entry("paragraph", paragraph_row, row, own | shared, keywords, document.date))
    return Analysed(counts, tuple(entries))


def _keywords(document: Document) -> Mapping[str, str]:
    return {
        "source": document.source,
        "place": document.place,
        "author": document.author,
        "language": document.language,
        "path": document.path,
    }


def _about_terms(document: Document, analyzer: Analyzer) -> Iterator[str]:
    """The bare words of source, place and author, and the words of every field marked with its name."""
    values = {"source": document.source, "place": document.place, "author": document.author}
    for name in ABOUT_FIELDS:
        yield from _with_end(_folded(values[name], analyzer))
    for name, value in [*values.items(), ("path", document.path), *document.metadata.items()]:
        yield from _with_end(about_term(name, word) for word in _folded(value, analyzer))


def _folded(text: str, analyzer: Analyzer) -> Iterator[str]:
    return (word.surface for word in analyzer.words(text))


def _with_end(terms: Iterable[str]) -> Iterator[str]:
    """The terms, and if there are any a mark that no phrase crosses."""
    term = None
    for term in terms:
        yield term
    if term is not None:
        yield PARAGRAPH_TERM
