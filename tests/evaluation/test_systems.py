"""Do the systems that are compared index what they are given, and answer what they are asked?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from searchidx.evaluation.corpus_file import read_corpus, write_corpus
from searchidx.evaluation.systems import SYSTEMS, pieces, system_named
from searchidx.index import Index
from searchidx.model import LEVELS, Document
from searchidx.store.connection import Connection
from searchidx.store.reading import StoreReader

DOCUMENTS = [
    {"id": "uno", "title": "La casa", "text": "Los gatos cantan.\n\nEl perro ladra en la casa."},
    {"id": "dos", "title": "El campo", "text": "Una vaca blanca.\n\nUna casa de piedra blanca."},
    {"id": "tres", "title": "El mar", "text": "Barcos y olas."},
]
TOTALS = {
    "casa": (2, 3),  # at paragraph level the title is searched too by the bare ones
    '"casa de piedra"': (1, 1),
    '"piedra de casa"': (0, 0),
    "blanca vaca": (1, 1),
    "zanahoria": (0, 0),
    "": (0, 0),
    '"': (0, 0),
    'NEAR( * ^ -) "': (0, 0),
}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    path.write_text("".join(json.dumps(each) + "\n" for each in DOCUMENTS), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", SYSTEMS)
def test_words_and_phrases_find_what_has_them(name: str, corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    system = system_named(name)
    system.index(corpus, folder)
    opened = system.open(folder)
    for query in ("casa", '"casa de piedra"', '"piedra de casa"', "blanca vaca", "zanahoria"):
        for highlight in (True, False):
            assert opened.answer(query, "document", highlight) == TOTALS[query][0], query
    for query in TOTALS:
        assert isinstance(opened.answer(query, "document", True), int)


@pytest.mark.parametrize("name", ["sqlite-fts5", "raw-tantivy"])
def test_both_levels_are_searched(name: str, corpus: Path, tmp_path: Path) -> None:
    folder = tmp_path / name
    folder.mkdir()
    system = system_named(name)
    system.index(corpus, folder)
    opened = system.open(folder)
    for query, totals in TOTALS.items():
        assert tuple(opened.answer(query, level, False) for level in LEVELS) == totals, query


def test_only_raw_tantivy_has_no_snippets_of_paragraphs(corpus: Path, tmp_path: Path) -> None:
    unable = set()
    for name in SYSTEMS:
        folder = tmp_path / name
        folder.mkdir()
        system = system_named(name)
        system.index(corpus, folder)
        if system.open(folder).answer("casa", "paragraph", True) is None:
            unable.add(name)
    assert unable == {"raw-tantivy"}


def test_quotes_hold_words_together() -> None:
    assert list(pieces('gas "tierras raras" petróleo')) == [["gas"], ["tierras", "raras"], ["petróleo"]]
    assert list(pieces('"gas')) == [["gas"]]
    assert list(pieces("")) == []


def test_a_corpus_file_gives_the_documents_of_the_store_again(seeds: Index, tmp_path: Path) -> None:
    location = seeds.stats().location
    connection = Connection(location / "store.sqlite", writable=False)
    reader = StoreReader(connection)
    corpus = write_corpus(reader, reader.document_rows(), tmp_path / "corpus.jsonl")
    assert (corpus.documents, corpus.paragraphs) == reader.counts()
    assert corpus.text_bytes == reader.text_bytes()
    connection.close()
    assert [record.row for record in read_corpus(corpus.path)] == [1, 2, 3, 4, 5]
    with Index.create(tmp_path / "again") as again:
        again.sync(corpus.path)
        assert again.counts() == seeds.counts()
        for hit in seeds.search("Kazajistán").hits:
            assert content(again.document(hit.id)) == content(seeds.document(hit.id))


def content(document: Document) -> tuple[object, ...]:
    return document.text, document.date, document.source, document.place, document.author
