"""The terms of whole documents, and how often they have each form. The inner loop of indexing.

A text is split at its white space into chunks, and each distinct chunk goes through the analysis once: afterwards
every word of a corpus costs one lookup in a table. One pass over the chunks gives the terms and counts the forms.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from searchidx.analysis.analyzer import Analyzer, Word
from searchidx.analysis.languages.language import Language

_MAX_CHUNKS = 300_000  # about 100 MB; a million paragraphs of laws have 490,000 distinct ones

_EDGES = '.,;:()"«»“”¿?¡!'
"""Punctuation at the edges of words that never form a token with what is between them."""


@dataclass(frozen=True, slots=True)
class FieldTerms:
    """The terms of some texts. Each field has one string for each text: its terms joined by one space."""

    stem: Sequence[str]
    folded: Sequence[str]
    accented: Sequence[str]


class FormCounts(NamedTuple):
    """The counts of one form."""

    documents: int  # that have the form
    occurrences: int  # without those written all in capitals
    capitals: int  # of the occurrences, those with a capital first


_ZERO = FormCounts(0, 0, 0)


class FormCounter:
    """Counts the forms of the documents that a `DocumentAnalyzer` analyzes with it."""

    def __init__(self) -> None:
        self.document = 0  # number of the document that is being counted
        self.touched: list[_OpenCount] = []  # counts that are not 0
        self._counts: dict[str, _OpenCount] = {}
        self._closed: list[_OpenCount] = []  # counts that are not 0, of tables that were dropped

    def count_of(self, form: str) -> _OpenCount:
        """The count of a form, which the analyzer increases."""
        return self._counts.get(form) or self._counts.setdefault(form, _OpenCount(form))

    def drop_table(self) -> None:
        """Free the table of forms between two documents; nothing that was counted is lost."""
        self._closed += self.touched
        self.touched = []
        self._counts = {}

    def drain(self) -> dict[str, FormCounts]:
        """Form → counts of all documents since the last call."""
        drained: dict[str, FormCounts] = {}
        for count in (*self._closed, *self.touched):
            documents, occurrences, capitals = drained.get(count.form, _ZERO)
            drained[count.form] = FormCounts(
                documents + count.documents, occurrences + count.occurrences, capitals + count.capitals
            )
            count.documents = count.occurrences = count.capitals = 0
        self._closed, self.touched = [], []
        return drained


class FormTotals:
    """Sums of counts."""

    def __init__(self) -> None:
        self._totals: dict[str, list[int]] = {}

    def add(self, counts: Mapping[str, FormCounts]) -> None:
        """Add the counts of documents that are added."""
        self._add(counts, 1)

    def subtract(self, counts: Mapping[str, FormCounts]) -> None:
        """Subtract the counts of documents that are removed."""
        self._add(counts, -1)

    def _add(self, counts: Mapping[str, FormCounts], sign: int) -> None:
        totals = self._totals
        for form, (documents, occurrences, capitals) in counts.items():
            total = totals.get(form)
            if total is None:
                totals[form] = [sign * documents, sign * occurrences, sign * capitals]
            else:
                total[0] += sign * documents
                total[1] += sign * occurrences
                total[2] += sign * capitals

    def drain(self) -> dict[str, FormCounts]:
        """Form → sums since the last call; they may be negative or 0."""
        totals, self._totals = self._totals, {}
        return {form: FormCounts._make(total) for form, total in totals.items()}


class _OpenCount:
    """What has been counted of one form."""

    __slots__ = ("capitals", "documents", "form", "last_document", "occurrences")

    def __init__(self, form: str) -> None:
        self.form = form
        self.documents = 0
        self.occurrences = 0
        self.capitals = 0
        self.last_document = 0  # number of the document that was counted last


class _FormInChunk:
    """A form as it is written in a chunk: the count that grows, and by how much."""

    __slots__ = ("capital", "count", "occurrence")

    def __init__(self, count: _OpenCount, token: str) -> None:
        self.count = count
        self.occurrence = 0 if token.isupper() and len(token) > 1 else 1
        self.capital = 1 if self.occurrence and token[0].isupper() else 0


class _Chunk:
    """What one chunk of a text gives: the text between two white spaces, or one token."""

    __slots__ = ("accented", "capital", "count", "folded", "more_forms", "occurrence", "stem")

    def __init__(self, words: Sequence[Word], forms: Sequence[_FormInChunk]) -> None:
        self.stem = " ".join([" ".join(word.stems) for word in words])
        self.folded = " ".join([word.folded for word in words])
        self.accented = " ".join([word.lower for word in words if word.accented])
        # Nearly every chunk has one word. Its count stands here, so that the loop need not unpack it.
        self.count = forms[0].count if forms else None  # None: the chunk holds no token
        self.occurrence = forms[0].occurrence if forms else 0
        self.capital = forms[0].capital if forms else 0
        self.more_forms = forms[1:]


class _TokenTable(dict[str, _Chunk]):
    """Text of a token → what it gives, filled on demand."""

    def __init__(self, analyzer: Analyzer, counter: FormCounter) -> None:
        self._analyzer = analyzer
        self._counter = counter

    def __missing__(self, text: str) -> _Chunk:
        self[text] = chunk = self._chunk_of([text])
        return chunk

    def _chunk_of(self, tokens: Sequence[str]) -> _Chunk:
        words = [self._analyzer.word(each) for each in tokens]
        counts = [self._counter.count_of(word.lower) for word in words]
        return _Chunk(words, [_FormInChunk(count, each) for count, each in zip(counts, tokens, strict=True)])


class _ChunkTable(_TokenTable):
    """Text between two white spaces → what it gives, filled on demand."""

    def __init__(self, analyzer: Analyzer, counter: FormCounter) -> None:
        super().__init__(analyzer, counter)
        self._language = analyzer.language
        self.dependent: set[str] = set()  # chunks that may give something else beside their neighbours

    def __missing__(self, text: str) -> _Chunk:
        if self._language.depends_on_neighbours(text):
            self.dependent.add(text)
        self[text] = chunk = self._chunk_of(self._tokens_of(text))
        return chunk

    def _tokens_of(self, text: str) -> list[str]:
        token = text.strip(_EDGES)
        if not self._language.is_token(token):
            return self._language.token_texts(text)
        with_point = f"{token}."
        is_abbreviated = with_point in text and self._language.is_abbreviation(with_point)
        return self._language.token_texts(text) if is_abbreviated else [token]


class DocumentAnalyzer:
    """Analyzes documents one after the other and counts their forms in `counter`. Not for several threads."""

    def __init__(self, analyzer: Analyzer, counter: FormCounter) -> None:
        self.analyzer = analyzer
        self._counter = counter
        self._chunks = _ChunkTable(analyzer, counter)
        self._tokens = _TokenTable(analyzer, counter)

    def analyze(self, texts: Iterable[str]) -> FieldTerms:
        """The terms of one document's texts, which are NFC: its title and its paragraphs."""
        if len(self._chunks) + len(self._tokens) >= _MAX_CHUNKS:
            # A stream of documents never ends: free all tables.
            self._counter.drop_table()
            self._chunks = _ChunkTable(self.analyzer, self._counter)
            self._tokens = _TokenTable(self.analyzer, self._counter)
        self._counter.document += 1
        stems, folded, accented = [], [], []
        for text in texts:
            of_text = self._terms_of(self._chunks_of(text))
            stems.append(" ".join(of_text[0]))
            folded.append(" ".join(of_text[1]))
            accented.append(" ".join(of_text[2]))
        return FieldTerms(stems, folded, accented)

    def _terms_of(self, chunks: Sequence[_Chunk]) -> tuple[list[str], list[str], list[str]]:
        """Stems, folded forms and accented forms. A third of all indexing happens here, so nothing is called."""
        number, touched = self._counter.document, self._counter.touched
        stems: list[str] = []
        folded: list[str] = []
        accented: list[str] = []
        for chunk in chunks:
            count = chunk.count
            if count is None:
                continue
            stems.append(chunk.stem)
            folded.append(chunk.folded)
            if chunk.accented:
                accented.append(chunk.accented)
            if count.last_document != number:
                count.last_document = number
                if not count.documents:
                    touched.append(count)
                count.documents += 1
            count.occurrences += chunk.occurrence
            count.capitals += chunk.capital
            if chunk.more_forms:
                self._count(chunk.more_forms)
        return stems, folded, accented

    def _count(self, forms: Sequence[_FormInChunk]) -> None:
        """Count the further forms of a chunk, as `_terms_of` counts the first one."""
        number, touched = self._counter.document, self._counter.touched
        for form in forms:
            count = form.count
            if count.last_document != number:
                count.last_document = number
                if not count.documents:
                    touched.append(count)
                count.documents += 1
            count.occurrences += form.occurrence
            count.capitals += form.capital

    def _chunks_of(self, text: str) -> list[_Chunk]:
        pieces = text.split()
        chunks = [*map(self._chunks.__getitem__, pieces)]
        dependent = self._chunks.dependent
        if dependent.isdisjoint(pieces) or not _splits_a_token(pieces, dependent, self.analyzer.language):
            return chunks
        # A token has white space in it (*30 000*, *EE. UU.*): then every token is a chunk.
        return [*map(self._tokens.__getitem__, self.analyzer.language.token_texts(text))]


def _splits_a_token(pieces: Sequence[str], dependent: set[str], language: Language) -> bool:
    """Whether two neighbouring pieces, one of them dependent on the other, may be one token."""
    return any(
        (after in dependent or before in dependent) and language.spans_white_space(f"{before} {after}")
        for before, after in pairwise(pieces)
    )
