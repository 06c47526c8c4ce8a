"""What do stored documents give, when an engine is built anew? Analysed here, or in processes of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import DocumentAnalyzer
from searchidx.indexing.entries import Terms, analyse
from searchidx.indexing.packets import Packet, packed
from searchidx.model.document import Document
from searchidx.store.connection import Connection
from searchidx.store.reading import StoreReader


@dataclass(frozen=True, slots=True)
class StoredTerms:
    """A stored document as terms, with the rows under which the engine is to know it and its paragraphs."""

    row: int
    paragraph_rows: Sequence[int]
    document: Document
    terms: Terms


def stored_terms(store: StoreReader, rows: Iterable[int], reader: DocumentAnalyzer) -> Iterator[StoredTerms]:
    """The documents that still have these rows; the reader counts each on the way."""
    for row in rows:
        stored = store.document(row)
        if stored is not None:
            terms = analyse(stored.document, reader)
            yield StoredTerms(row, stored.paragraph_rows, stored.document, terms)


class StoredReader:
    """Reads rows of a store for the process that writes; see `processes.map_ordered`."""

    def __init__(self, store: Path, analyzer: Analyzer) -> None:
        self._store = store
        self._reader = DocumentAnalyzer(analyzer)

    def __call__(self, rows: Sequence[int]) -> Iterator[Packet[StoredTerms]]:
        """The documents of these rows, in order."""
        connection = Connection(self._store, writable=False)
        try:
            found = stored_terms(StoreReader(connection), rows, self._reader)
            yield from packed(((each, each.document.length) for each in found), self._reader)
        finally:
            connection.close()
