"""How is tantivy measured by itself? Its own Spanish analysis, two indexes, as many threads as there are cores.

No lexicon, no store, no forms of words beyond its stemmer's, and `title` and `text` as the only fields: what an
index costs at the least. Words are stemmed, then folded; stop words stay, as they do in searchidx. Documents keep
their texts for tantivy's own snippets; paragraphs keep none and give no snippets. All words must match.
"""

from __future__ import annotations

from pathlib import Path

import tantivy

from searchidx.evaluation.bench.corpus_file import read_corpus
from searchidx.evaluation.bench.systems import (
    HITS,
    pieces,
)
from searchidx.model.document import (
    LEVELS,
    PARAGRAPH_BREAK,
    Level,
)
from searchidx.runtime.processes import usable_cores

_ANALYZER = "spanish"
_FIELDS = ("title", "text")
_HEAP_BYTES = 128_000_000  # of each writer: the library's default


class RawTantivy:
    """One index a level."""

    def index(self, corpus: Path, folder: Path) -> None:
        """One commit a level, merges waited for."""
        indexes = {}
        for level in LEVELS:
            path = folder / level
            path.mkdir(parents=True)
            indexes[level] = _with_analyzer(tantivy.Index(_schema(level), str(path)))
        writers = {level: index.writer(_HEAP_BYTES, usable_cores()) for level, index in indexes.items()}
        paragraph_row = 0
        for record in read_corpus(corpus):
            fields = {"title": record.title, "text": PARAGRAPH_BREAK.join(record.paragraphs), "row": record.row}
            writers["document"].add_document(tantivy.Document.from_dict(fields, indexes["document"].schema))
            for paragraph in record.paragraphs:
                paragraph_row += 1
                fields = {"title": record.title, "text": paragraph, "row": paragraph_row}
                writers["paragraph"].add_document(tantivy.Document.from_dict(fields, indexes["paragraph"].schema))
        for writer in writers.values():
            writer.commit()
        for writer in writers.values():
            writer.wait_merging_threads()

    def open(self, folder: Path) -> OpenTantivy:
        """Both levels."""
        indexes = {level: _with_analyzer(tantivy.Index.open(str(folder / level))) for level in LEVELS}
        return OpenTantivy(indexes)


def _schema(level: Level) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in _FIELDS:
        builder.add_text_field(name, stored=level == "document", tokenizer_name=_ANALYZER)
    builder.add_integer_field("row", fast=True)
    return builder.build()


def _analyzer() -> tantivy.TextAnalyzer:
    """Words of letters and digits, stemmed as they are written, then without accents (and without ñ)."""
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    for step in (
        tantivy.Filter.remove_long(65),
        tantivy.Filter.lowercase(),
        tantivy.Filter.stemmer("spanish"),
        tantivy.Filter.ascii_fold(),
    ):
        builder = builder.filter(step)
    return builder.build()


def _with_analyzer(index: tantivy.Index) -> tantivy.Index:
    index.register_tokenizer(_ANALYZER, _analyzer())
    return index


class OpenTantivy:
    """Open indexes, and the analyzer that reads queries."""

    def __init__(self, indexes: dict[Level, tantivy.Index]) -> None:
        self._indexes = indexes
        self._searchers = {level: index.searcher() for level, index in indexes.items()}
        self._analyzer = _analyzer()

    def answer(self, query: str, level: Level, highlight: bool) -> int | None:
        """The best with their row, or with their own snippets; None for snippets of paragraphs."""
        if highlight and level == "paragraph":
            return None
        searcher, schema = self._searchers[level], self._indexes[level].schema
        asked = self._query(query, schema)
        found = searcher.search(asked, HITS)
        addresses = [address for _, address in found.hits]
        if highlight:
            marker = tantivy.SnippetGenerator.create(searcher, asked, schema, "text")
            for address in addresses:
                marker.snippet_from_doc(searcher.doc(address)).to_html()
        elif addresses:
            searcher.fast_field_values("row", addresses)
        return int(getattr(found, "count", 0) or 0)

    def close(self) -> None:
        """See `Answering.close`; tantivy lets go of a file with the last object that reads it."""
        self._searchers.clear()
        self._indexes.clear()

    def _query(self, query: str, schema: tantivy.Schema) -> tantivy.Query:
        """Objects, not text: its own parser does not stand every string."""
        clauses = [(tantivy.Occur.Must, self._clause(words, schema)) for words in pieces(query)]
        return tantivy.Query.boolean_query(clauses) if clauses else tantivy.Query.empty_query()

    def _clause(self, words: list[str], schema: tantivy.Schema) -> tantivy.Query:
        """One word, or words that follow one another, in either field."""
        terms: list[str | tuple[int, str]] = list(self._analyzer.analyze(" ".join(words)))
        either = []
        for name in _FIELDS:
            if len(terms) > 1:
                either.append((tantivy.Occur.Should, tantivy.Query.phrase_query(schema, name, terms)))
            elif terms:
                either.append((tantivy.Occur.Should, tantivy.Query.term_query(schema, name, terms[0])))
        return tantivy.Query.boolean_query(either) if either else tantivy.Query.empty_query()
