"""The compared systems: what they index and find, and the corpus file that they read."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from searchidx.evaluation.bench.corpus_file import (
    read_corpus,
    write_corpus,
)
from searchidx.evaluation.bench.systems import (
    SYSTEMS,
    OpenSystem,
    make_system,
    words_and_phrases,
)
from searchidx.index import Index
from searchidx.model.document import (
    LEVELS,
    Document,
)
from searchidx.store.store import Store

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


Opened = Callable[[str], OpenSystem]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """A system, by its name, that has indexed the three documents."""
    open_systems: list[OpenSystem] = []
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text("".join(json.dumps(each) + "\n" for each in DOCUMENTS), encoding="utf-8")

    def indexed(name: str) -> OpenSystem:
        folder = tmp_path / name
        folder.mkdir()
        system = make_system(name)
        system.index(corpus, folder)
        open_systems.append(system.open(folder))
        return open_systems[-1]

    yield indexed
    for each in open_systems:
        each.close()


@pytest.mark.parametrize("name", SYSTEMS)
def test_words_and_phrases_find_what_has_them(name: str, opened: Opened) -> None:
    system = opened(name)
    for query in ("casa", '"casa de piedra"', '"piedra de casa"', "blanca vaca", "zanahoria"):
        for highlight in (True, False):
            assert system.search(query, "document", highlight) == TOTALS[query][0], query
    for query in TOTALS:
        assert isinstance(system.search(query, "document", True), int)


@pytest.mark.parametrize("name", ["sqlite-fts5", "raw-tantivy"])
def test_both_levels_are_searched(name: str, opened: Opened) -> None:
    system = opened(name)
    for query, totals in TOTALS.items():
        assert tuple(system.search(query, level, False) for level in LEVELS) == totals, query


def test_only_raw_tantivy_has_no_snippets_of_paragraphs(opened: Opened) -> None:
    unable = {name for name in SYSTEMS if opened(name).search("casa", "paragraph", True) is None}
    assert unable == {"raw-tantivy"}


def test_quotes_hold_words_together() -> None:
    assert list(words_and_phrases('gas "tierras raras" petróleo')) == [["gas"], ["tierras", "raras"], ["petróleo"]]
    assert list(words_and_phrases('"gas')) == [["gas"]]
    assert list(words_and_phrases("")) == []


def test_a_corpus_file_gives_the_documents_of_the_store_again(seeds: Index, tmp_path: Path) -> None:
    location = seeds.stats().location
    path = tmp_path / "corpus.jsonl"
    with Store.open(location / "store.sqlite", writable=False) as store:
        corpus = write_corpus(store.documents, store.documents.rows(), path).corpus
        assert (corpus.documents, corpus.paragraphs) == store.documents.counts()
        assert corpus.text_bytes == store.documents.text_bytes()
    assert [record.row for record in read_corpus(path)] == [1, 2, 3, 4, 5]
    with Index.create(tmp_path / "again") as again:
        again.sync(path)
        assert again.counts() == seeds.counts()
        for hit in seeds.search("Kazajistán").hits:
            assert content(again.document(hit.id)) == content(seeds.document(hit.id))


def content(document: Document) -> tuple[object, ...]:
    return document.text, document.date, document.source, document.place, document.author
