"""Documents come out of the store as they went in, and their hashes stay what they were."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from searchidx.model.document import Document, number_paragraphs
from searchidx.store.documents import document_hash
from searchidx.store.store import Store

DOCUMENT = Document(
    id="noticias/1.txt",
    title="Reunión en Moscú",
    title_is_derived=False,
    paragraphs=number_paragraphs(["El año empezó.", "Siguió la reunión."]),
    date=dt.date(2025, 11, 12),
    keywords={"source": "EFE", "place": "Moscú"},
    path="1.txt",
    url="https://example.org/1",
    metadata={"seccion": "Mundo"},
)
FORMAT_1_HASH = "0fa47c4157c19cbccf6ce039db74afda3f4b0409797a1d57e31e73804ca23382"


def stored(store: Store, document: Document) -> int:
    """The row of a document that is added."""
    with store.transaction():
        folder = store.sources.add_folder(Path("/docs"))
        file = store.documents._connection.execute(
            "INSERT INTO files (folder, path, size, mtime_ns, hash, skipped) VALUES (?, '1.txt', 1, 1, '', 0)",
            (folder.row,),
        )
        row, _ = store.documents.add(file, document, document_hash(document))
    return row


def test_the_hash_of_a_document_is_the_one_of_the_first_format() -> None:
    assert document_hash(DOCUMENT) == FORMAT_1_HASH


@pytest.mark.parametrize(
    "changed",
    [
        replace(DOCUMENT, title="Otra"),
        replace(DOCUMENT, date=None),
        replace(DOCUMENT, keywords={"source": "EFE"}),
        replace(DOCUMENT, keywords={**DOCUMENT.keywords, "section": "Mundo"}),
        replace(DOCUMENT, metadata={}),
        replace(DOCUMENT, paragraphs=DOCUMENT.paragraphs[:1]),
    ],
)
def test_every_part_of_the_content_changes_the_hash(changed: Document) -> None:
    assert document_hash(changed) != FORMAT_1_HASH


def test_a_document_comes_out_as_it_went_in(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.sqlite", writable=True) as store:
        row = stored(store, DOCUMENT)
        found = store.documents.document(row)
        assert found is not None
        assert (found.document, found.paragraph_rows) == (DOCUMENT, (1, 2))
        assert store.documents.row_of(DOCUMENT.id) == row


def test_counts_follow_the_writer_and_other_connections(tmp_path: Path) -> None:
    path = tmp_path / "store.sqlite"
    with Store.open(path, writable=True) as store, Store.open(path, writable=False) as reader:
        assert store.documents.counts() == reader.documents.counts() == (0, 0)
        row = stored(store, DOCUMENT)
        assert store.documents.counts() == reader.documents.counts() == (1, 2)
        with store.transaction():
            store.documents.remove([row])
        assert store.documents.counts() == reader.documents.counts() == (0, 0)
        assert reader.documents.headers([row])[row].title == DOCUMENT.title  # for searches that began before


def test_an_open_batch_is_noted_until_it_is_applied(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store.sqlite", writable=True) as store:
        assert not store.pending.batch_is_open()
        with store.transaction():
            store.pending.begin_batch()
        assert store.pending.batch_is_open()
        assert store.pending.operations().added == ()
        row = stored(store, DOCUMENT)
        assert store.pending.operations().added == (row,)
        with store.transaction():
            store.pending.mark_applied([])
        assert not store.pending.batch_is_open()
        assert store.pending.operations().added == ()
