"""The index after every kind of change in its folder."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from pathlib import Path

import pytest

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import DocumentAnalyzer, FormCounter
from searchidx.errors import (
    CorpusError,
    IndexLockedError,
)
from searchidx.index import Index
from searchidx.indexing.entries import lexicon_changes, texts_of
from searchidx.model.reports import (
    Progress,
    SyncReport,
)
from searchidx.store.lock import writer_lock
from searchidx.store.manifest import (
    Location,
    read_manifest,
)
from tests.index_support import SEEDS, MakeIndex, found


def changes(report: SyncReport) -> tuple[int, int, int, int]:
    return report.added, report.updated, report.removed, report.unchanged


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def lexicon_is_exact(index: Index) -> bool:
    """Whether the lexicon counts what the stored documents have, neither more nor less."""
    return not [problem for problem in index.check().problems if "lexicon" in problem]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "docs" / "uno.txt", "Uno\n\nHabla del gas y del petróleo.")
    write(tmp_path / "docs" / "dos.txt", "Dos\n\nHabla del carbón.")
    write(tmp_path / "docs" / "sub" / "tres.txt", "Tres\n\nHabla del uranio.")
    return tmp_path / "docs"


@pytest.fixture
def index(tmp_path: Path, folder: Path) -> Index:
    made = Index.create(tmp_path / "index")
    made.sync(folder)
    return made


def test_frequent_words_find_something_and_names_come_first(tmp_path: Path) -> None:
    with Index.create(tmp_path / "index") as index:
        assert index.frequent_words() == ()
        index.sync(SEEDS)
        words = index.frequent_words(5)

        assert len(words) == 5
        assert all(word[0].isupper() and index.search(word).total for word in words)
        assert "para" not in index.frequent_words(1_000)


def test_a_second_run_changes_nothing(index: Index, folder: Path) -> None:
    before = index.stats()
    assert changes(index.sync(folder)) == (0, 0, 0, 3)
    assert not index.sync(folder).changed
    after = index.stats()
    assert (after.documents, after.paragraphs, after.forms) == (before.documents, before.paragraphs, before.forms)


def test_a_document_is_named_by_its_path_in_the_folder(index: Index) -> None:
    assert index.document("sub/tres.txt").title == "Tres"


def test_added_changed_and_removed_files_are_followed(index: Index, folder: Path) -> None:
    write(folder / "cuatro.txt", "Cuatro\n\nHabla del hidrógeno.")
    write(folder / "uno.txt", "Uno\n\nHabla de la lluvia.")
    (folder / "dos.txt").unlink()
    assert changes(index.sync(folder)) == (1, 1, 1, 1)
    assert found(index, "hidrógeno") == ["cuatro"]
    assert found(index, "lluvia") == ["uno"]
    assert found(index, "gas") == found(index, "carbón") == []
    assert index.check().problems == ()


def test_the_content_decides_not_the_time(index: Index, folder: Path) -> None:
    os.utime(folder / "uno.txt", (1, 1))
    assert changes(index.sync(folder)) == (0, 0, 0, 3)


def test_a_change_within_the_same_size_and_second_is_seen(index: Index, folder: Path) -> None:
    status = (folder / "dos.txt").stat()
    write(folder / "dos.txt", "Dos\n\nHabla del cartón.")
    os.utime(folder / "dos.txt", ns=(status.st_atime_ns, status.st_mtime_ns))
    assert (folder / "dos.txt").stat().st_size == status.st_size
    assert changes(index.sync(folder)) == (0, 1, 0, 2)


def test_size_and_time_spare_the_reading_of_old_files(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in folder.rglob("*.txt"):
        os.utime(path, (time.time() - 60, time.time() - 60))
    index = Index.create(tmp_path / "old")
    index.sync(folder)
    monkeypatch.setattr("searchidx.indexing.workers.file_hash", lambda *_: pytest.fail("a file was read again"))
    assert changes(index.sync(folder)) == (0, 0, 0, 3)


def test_only_what_came_from_a_folder_is_removed_with_it(index: Index, folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    write(other / "uno.txt", "Otro\n\nHabla del viento.")
    assert changes(index.sync(other)) == (1, 0, 0, 0)
    assert index.document("other/uno.txt").title == "Otro"
    assert index.document("uno.txt").title == "Uno"
    (folder / "uno.txt").unlink()
    assert changes(index.sync(folder)) == (0, 0, 1, 2)
    assert found(index, "viento") == ["other/uno"]
    assert changes(index.forget(folder)) == (0, 0, 2, 0)
    assert index.folders() == (other,)
    assert index.stats().documents == 1
    assert index.check().problems == ()


def test_a_folder_that_is_gone_loses_nothing(index: Index, folder: Path, tmp_path: Path) -> None:
    folder.rename(tmp_path / "elsewhere")
    with pytest.raises(CorpusError, match="kept"):
        index.sync(folder)
    assert index.stats().documents == 3


def test_a_folder_that_was_emptied_is_followed(index: Index, folder: Path) -> None:
    for path in folder.rglob("*.txt"):
        path.unlink()
    assert changes(index.sync(folder)) == (0, 0, 3, 0)
    assert (index.stats().documents, index.stats().forms) == (0, 0)


def test_a_file_that_cannot_be_read_is_named_skipped_and_keeps_what_was_indexed(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "vacio.txt").touch()
    (folder / "uno.txt").unlink()
    (folder / "uno.txt").symlink_to(folder / "uno.txt")
    report = index.sync(folder)
    assert report.skipped == 2
    assert {problem.path for problem in report.problems} == {"uno.txt", "vacio.txt"}
    assert found(index, "gas") == ["uno"]


def test_a_file_that_became_empty_has_no_document_any_more(index: Index, folder: Path) -> None:
    (folder / "uno.txt").write_text("")
    report = index.sync(folder)
    assert (report.removed, report.skipped) == (1, 1)
    assert found(index, "gas") == []
    assert index.sync(folder).skipped == 1


def test_records_of_one_file_change_one_by_one(tmp_path: Path) -> None:
    path = tmp_path / "docs" / "all.jsonl"

    def save(*records: tuple[str, str]) -> None:
        write(path, "\n".join(json.dumps({"id": name, "text": text}) for name, text in records))

    index = Index.create(tmp_path / "index")
    save(("a", "gas"), ("b", "petróleo"), ("c", "carbón"))
    assert changes(index.sync(path.parent)) == (3, 0, 0, 0)
    save(("a", "gas"), ("b", "uranio"), ("d", "viento"))
    assert changes(index.sync(path.parent)) == (1, 1, 1, 1)
    assert [found(index, word) for word in ("gas", "petróleo", "uranio", "carbón", "viento")] == [
        ["a"],
        [],
        ["b"],
        [],
        ["d"],
    ]
    path.rename(path.with_name("renamed.jsonl"))
    assert changes(index.sync(path.parent)) == (3, 0, 3, 0)
    assert index.check().problems == ()


def test_an_id_that_another_file_has_is_reported_and_comes_when_it_is_free(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    write(folder / "a.jsonl", json.dumps({"id": "x", "text": "gas"}))
    write(folder / "b.jsonl", json.dumps({"id": "x", "text": "petróleo"}))
    index = Index.create(tmp_path / "index")
    report = index.sync(folder)
    assert (report.added, report.skipped) == (1, 1)
    assert "b.jsonl" in str(report.problems[0])
    (folder / "a.jsonl").unlink()
    assert changes(index.sync(folder)) == (1, 0, 1, 0)
    assert found(index, "petróleo") == ["x"]


def test_records_that_could_not_be_read_are_reported_at_every_run(tmp_path: Path) -> None:
    write(tmp_path / "docs" / "a.jsonl", '{"id": "x", "text": "gas"}\n{broken\n{"id": "y", "text": "luz"}')
    index = Index.create(tmp_path / "index")
    first, second = index.sync(tmp_path / "docs"), index.sync(tmp_path / "docs")
    assert (changes(first), first.skipped) == ((2, 0, 0, 0), 1)
    assert first.problems[0].line == 2
    assert (changes(second), second.skipped) == ((0, 0, 0, 2), 1)
    assert "1 of its records" in str(second.problems[0])


def test_a_single_file_can_be_indexed(tmp_path: Path, folder: Path) -> None:
    index = Index.create(tmp_path / "single")
    assert changes(index.sync(folder / "uno.txt")) == (1, 0, 0, 0)
    assert found(index, "gas") == ["uno"]


def test_the_lexicon_is_exact_after_adds_updates_and_removals(index: Index, folder: Path) -> None:
    write(folder / "uno.txt", "Uno\n\nHabla del GAS, del Gas y del gas; Toqaev habla.")
    (folder / "dos.txt").unlink()
    index.sync(folder)
    assert lexicon_is_exact(index)
    counter = FormCounter()
    documents = DocumentAnalyzer(Analyzer(), counter)
    for name in ("uno.txt", "sub/tres.txt"):
        documents.analyze(texts_of(index.document(name)))
    forms = {form.form: form for form in lexicon_changes(counter.drain(), documents.analyzer)}
    assert index.stats().forms == len(forms)
    assert (forms["habla"].documents, forms["habla"].occurrences, forms["habla"].capitals) == (2, 3, 2)
    assert (forms["gas"].documents, forms["gas"].occurrences, forms["gas"].capitals) == (1, 2, 1)
    assert forms["toqaev"].capital_share == 1.0


def test_what_was_removed_leaves_the_store_when_no_query_can_meet_it_any_more(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("searchidx.store.documents.GRACE_S", -1)
    (folder / "dos.txt").unlink()
    index.sync(folder)
    with sqlite3.connect(index.stats().location / "store.sqlite") as store:
        assert store.execute("SELECT count(*) FROM documents").fetchone() == (2,)
        assert store.execute("SELECT count(*) FROM paragraphs").fetchone() == (2,)
    store.close()


def test_readers_see_the_new_state_by_themselves(index: Index, folder: Path) -> None:
    with Index.open(index.stats().location) as reader:
        assert found(reader, "hidrógeno") == []
        write(folder / "cuatro.txt", "Cuatro\n\nHabla del hidrógeno.")
        index.sync(folder)
        assert found(reader, "hidrógeno") == ["cuatro"]
        index.repair()
        assert found(reader, "hidrógeno") == ["cuatro"]
        assert reader.stats().generation == 2


def test_a_word_that_was_asked_for_is_looked_up_anew_when_the_corpus_changes(index: Index, folder: Path) -> None:
    with Index.open(index.stats().location) as reader:
        for query in ("Tokáyev", "recibio"):
            assert found(reader, query) == found(reader, query) == []
        write(folder / "uno.txt", "Uno\n\nEl señor Toqaev recibió el gas.")
        index.sync(folder)
        for query in ("Tokáyev", "recibio"):
            assert found(reader, query) == ["uno"]
        assert reader.search("Tokáyev").expansions[0].forms == ("toqaev",)
        (folder / "uno.txt").unlink()
        index.sync(folder)
        assert reader.search("Tokáyev").expansions == ()


def test_there_is_one_writer_at_a_time_and_it_is_named(index: Index, folder: Path) -> None:
    location = Location(index.stats().location)
    with writer_lock(location.lock, wait=False):
        with pytest.raises(IndexLockedError, match=str(os.getpid())):
            index.sync(folder)
        assert found(index, "gas") == ["uno"]
    assert changes(index.sync(folder)) == (0, 0, 0, 3)


def test_progress_goes_from_nothing_to_everything(tmp_path: Path, folder: Path) -> None:
    reports: list[Progress] = []
    Index.create(tmp_path / "new").sync(folder, on_progress=reports.append)
    size = sum(path.stat().st_size for path in folder.rglob("*.txt"))
    assert (reports[-1].done, reports[-1].total, reports[-1].documents) == (size, size, 3)
    assert [each.done for each in reports] == sorted(each.done for each in reports)


def test_a_change_of_the_analyzer_builds_the_index_anew(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Analyzer, "fingerprint", lambda _: "another")
    index.sync(folder)
    assert read_manifest(Location(index.stats().location)).analyzer == "another"
    assert index.stats().generation == 2
    assert found(index, "gas") == ["uno"]
    assert index.check().problems == ()
    assert [path.name for path in index.stats().location.glob("gen-*")] == ["gen-0002"]


def test_hidden_metadata_can_be_searched_and_shown(make_index: MakeIndex) -> None:
    index = make_index(
        {"a.jsonl": json.dumps({"id": "x", "text": "Nada", "seccion": "Deportes", "url": "https://e.es"})}
    )
    document = index.document("x")
    assert (dict(document.metadata), document.url) == ({"seccion": "Deportes"}, "https://e.es")
