"""Under which terms is a document found, and which forms does it bring to the lexicon?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from searchidx.analysis.analyzer import BREAK, Analyzer, Reading, word_of
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

    def count(self, title: Reading, body: Reading, sign: int = 1) -> None:
        """Count one document."""
        forms = set(chain.from_iterable(title.forms))
        forms.update(chain.from_iterable(body.forms))
        change = Counter.update if sign == 1 else Counter.subtract
        change(self._documents, forms)
        change(self._parts, title.parts)
        change(self._parts, body.parts)

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
    word = _word(form)
    # What is never written with a capital is no name.
    return Form(form, word.surface, word.stem, *counts, _name_key(form) if counts[2] else None)


_word = lru_cache(maxsize=1 << 18)(word_of)
_name_key = lru_cache(maxsize=1 << 17)(name_key)


def read_document(document: Document, analyzer: Analyzer) -> tuple[Reading, Reading]:
    """Title and body."""
    texts = [paragraph.text for paragraph in document.paragraphs]
    return analyzer.read([document.title]), analyzer.read(texts)


def analyse(document: Document, analyzer: Analyzer, counts: FormCounts) -> Terms:
    """The terms of a document, which is counted on the way."""
    title, body = read_document(document, analyzer)
    counts.count(title, body)
    about = " ".join(_about_terms(document, analyzer))
    views = body.views
    return Terms(title.views.stem, title.views.surface, about, views.stem, views.surface, views.accented)


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
