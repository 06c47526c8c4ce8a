"""Under which terms is a document found, and which forms does it bring to the lexicon?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from searchidx.analysis.analyzer import BREAK, Analyzer, word_of
from searchidx.analysis.names import name_key
from searchidx.engines.base import Entry
from searchidx.model import Document
from searchidx.query.fields import about_term
from searchidx.store.lexicon import Form

PARAGRAPH_TERM = "¶"
"""Stands between two paragraphs in a document's terms, so that no phrase crosses. No token is ever this."""

ABOUT_FIELDS = ("source", "place", "author")
"""Whose words plain words of a query find too."""

Counts = tuple[int, int, int]
"""Of a form: the documents that have it, its occurrences (not all in capitals), those with a capital first."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A document as terms, each string parted by spaces; those of the body have BREAK between paragraphs."""

    title_stem: str
    title_surface: str
    about: str
    stem: str
    surface: str
    accented: str


class FormCounts:
    """Adds up what documents bring to the lexicon, or with `sign` -1 what they take away."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._documents: Counter[str] = Counter()  # form → documents
        self._parts: Counter[str] = Counter()  # part of a text → how often it stands there
        self._counted: dict[str, Counts] = {}

    def count(self, parts: Sequence[str], sign: int = 1) -> None:
        """Count one document, given its parts."""
        part = self._analyzer.part
        forms: set[str] = set().union(*(part(text).forms for text in set(parts)))
        if sign == 1:
            self._documents.update(forms)
            self._parts.update(parts)
        else:
            self._documents.subtract(forms)
            self._parts.subtract(parts)

    def add(self, counted: Mapping[str, Counts]) -> None:
        """Add what somebody else has counted."""
        total = self._counted
        for form, counts in counted.items():
            before = total.get(form)
            total[form] = (
                (before[0] + counts[0], before[1] + counts[1], before[2] + counts[2]) if before else counts
            )

    def taken(self) -> dict[str, Counts]:
        """What has been counted since the last call."""
        occurrences: Counter[str] = Counter()
        capitals: Counter[str] = Counter()
        for text, times in self._parts.items():
            part = self._analyzer.part(text)
            for token, form in zip(part.tokens, part.forms, strict=True):
                if not (token.isupper() and len(token) > 1):
                    occurrences[form] += times
                    if token[0].isupper():
                        capitals[form] += times
        self.add({form: (n, occurrences[form], capitals[form]) for form, n in self._documents.items()})
        counted, self._counted = self._counted, {}
        self._documents, self._parts = Counter(), Counter()
        return counted


def lexicon_changes(counted: Mapping[str, Counts]) -> Iterator[Form]:
    """What the lexicon must add to its counts."""
    return (_form(form, counts) for form, counts in counted.items() if any(counts))


def _form(form: str, counts: Counts) -> Form:
    fold, stem, key = _facts(form)
    return Form(form, fold, stem, *counts, key)


@lru_cache(maxsize=1 << 18)
def _facts(form: str) -> tuple[str, str, str | None]:
    word = word_of(form)
    return word.surface, word.stem, name_key(form)


def read_parts(document: Document, analyzer: Analyzer) -> list[str]:
    """The parts of title and paragraphs, as `FormCounts` wants them."""
    return analyzer.read([document.title])[0] + analyzer.read(_texts(document))[0]


def analyse(document: Document, analyzer: Analyzer, counts: FormCounts) -> Terms:
    """The terms of a document, which is counted on the way."""
    title_parts, title = analyzer.read([document.title])
    parts, body = analyzer.read(_texts(document))
    counts.count(title_parts + parts)
    about = " ".join(_about_terms(document, analyzer))
    return Terms(title.stem, title.surface, about, body.stem, body.surface, body.accented)


def _texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def entries_of(row: int, paragraph_rows: Sequence[int], document: Document, terms: Terms) -> Iterator[Entry]:
    """The document's entry, then those of its paragraphs."""
    keywords = _keywords(document)
    shared = {"title_stem": terms.title_stem, "title_surface": terms.title_surface, "about": terms.about}
    body = {"stem": _joined(terms.stem), "surface": _joined(terms.surface), "accented": _joined(terms.accented)}
    yield Entry("document", row, row, body | shared, keywords, document.date)
    views = (_by_paragraph(view) for view in (terms.stem, terms.surface, terms.accented))
    for paragraph, stem, surface, accented in zip(paragraph_rows, *views, strict=True):
        own = {"stem": stem, "surface": surface, "accented": accented}
        yield Entry("paragraph", paragraph, row, own | shared, keywords, document.date)


def _by_paragraph(view: str) -> list[str]:
    return [terms.strip(" ") for terms in view.split(BREAK)]


def _joined(view: str) -> str:
    """A body's terms as one text, in which no phrase crosses from paragraph to paragraph."""
    return view.replace(BREAK, PARAGRAPH_TERM)


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
