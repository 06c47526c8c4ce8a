"""tantivy by itself as a compared system: its own Spanish analysis, one index a level, a thread a core.

It has no lexicon, no store, no forms of words beyond its stemmer's, and the fields `title` and `text` only: the
least that an index can cost. Words are stemmed, then folded; stop words stay, as in searchidx. Documents store
their texts for tantivy's own snippets; paragraphs store none and have no snippets. All words must match.
"""

from __future__ import annotations

from pathlib import Path

import tantivy

from searchidx.evaluation.bench.corpus_file import read_corpus
from searchidx.evaluation.bench.systems import HITS, words_and_phrases
from searchidx.model.document import LEVELS, PARAGRAPH_BREAK, Level
from searchidx.runtime.processes import usable_cores

_ANALYZER = "spanish"
_FIELDS = ("title", "text")
_HEAP_BYTES = 128_000_000  # of each writer: the library's default


class RawTantivy:
    """Two tantivy indexes, one a level."""

    def index(self, corpus: Path, folder: Path) -> None:
        """One commit a level; returns when the segments are merged."""
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
        """The indexes of both levels."""
        indexes = {level: _with_analyzer(tantivy.Index.open(str(folder / level))) for level in LEVELS}
        return OpenTantivy(indexes)


def _schema(level: Level) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in _FIELDS:
        builder.add_text_field(name, stored=level == "document", tokenizer_name=_ANALYZER)
    builder.add_integer_field("row", fast=True)
    return builder.build()


def _analyzer() -> tantivy.TextAnalyzer:
    """Words of letters and digits, in lower case, stemmed, then folded to ASCII (ñ becomes n)."""
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
    """Open indexes, and the analyzer of queries."""

    def __init__(self, indexes: dict[Level, tantivy.Index]) -> None:
        self._indexes = indexes
        self._searchers = {level: index.searcher() for level, index in indexes.items()}
        self._analyzer = _analyzer()

    def search(self, query: str, level: Level, highlight: bool) -> int | None:
        """The number of hits, after reading the rows or snippets of the best; None for snippets of paragraphs."""
        if highlight and level == "paragraph":
            return None
        searcher, schema = self._searchers[level], self._indexes[level].schema
        tantivy_query = self._query(query, schema)
        result = searcher.search(tantivy_query, HITS)
        addresses = [address for _, address in result.hits]
        if highlight:
            generator = tantivy.SnippetGenerator.create(searcher, tantivy_query, schema, "text")
            for address in addresses:
                generator.snippet_from_doc(searcher.doc(address)).to_html()
        elif addresses:
            searcher.fast_field_values("row", addresses)
        return int(getattr(result, "count", 0) or 0)

    def close(self) -> None:
        """See `OpenSystem.close`; tantivy closes a file when the last object that reads it is gone."""
        self._searchers.clear()
        self._indexes.clear()

    def _query(self, query: str, schema: tantivy.Schema) -> tantivy.Query:
        """A query of objects: tantivy's own parser crashes on some strings."""
        clauses = [(tantivy.Occur.Must, self._clause(words, schema)) for words in words_and_phrases(query)]
        return tantivy.Query.boolean_query(clauses) if clauses else tantivy.Query.empty_query()

    def _clause(self, words: list[str], schema: tantivy.Schema) -> tantivy.Query:
        """A word or a phrase, in either field."""
        terms: list[str | tuple[int, str]] = list(self._analyzer.analyze(" ".join(words)))
        of_fields = []
        for name in _FIELDS:
            if len(terms) > 1:
                of_fields.append((tantivy.Occur.Should, tantivy.Query.phrase_query(schema, name, terms)))
            elif terms:
                of_fields.append((tantivy.Occur.Should, tantivy.Query.term_query(schema, name, terms[0])))
        return tantivy.Query.boolean_query(of_fields) if of_fields else tantivy.Query.empty_query()
