"""Searching while another process writes, or while the index is rebuilt."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from searchidx.engines.registry import ENGINES
from searchidx.index import Index
from tests.indexing.test_crash import start

DOCUMENTS = 60


def write_all(folder: Path, word: str) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(DOCUMENTS):
        text = f"Documento {number}\n\nHabla de la ley {number}.\n\nHabla de {word} y de la luz."
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("threads", [1, 4])
def test_queries_are_answered_while_another_process_changes_every_document(
    tmp_path: Path, threads: int, engine: str
) -> None:
    folder, location = tmp_path / "docs", tmp_path / "index"
    write_all(folder, "gas")
    with Index.create(location, engine=engine) as index:
        index.sync(folder)
        write_all(folder, "petróleo")
        writer = start(location, folder, 300, engine)
        totals: list[int] = []
        errors: list[Exception] = []

        def search() -> None:
            while writer.poll() is None:
                try:
                    results = index.search("ley luz", per_page=50)
                    totals.append(results.total)
                    assert all(hit.snippets and hit.title for hit in results.hits)
                except Exception as error:
                    errors.append(error)
                    return

        searching = [threading.Thread(target=search) for _ in range(threads)]
        for thread in searching:
            thread.start()
        for thread in searching:
            thread.join()
        assert writer.wait() == 0
        assert errors == []
        assert set(totals) == {DOCUMENTS}
        assert index.search("petróleo").total == DOCUMENTS
        assert index.search("gas").total == 0


def test_queries_are_answered_while_generations_are_swapped_and_engines_too(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    write_all(folder, "gas")
    with Index.create(tmp_path / "index") as index, Index.open(tmp_path / "index") as reader:
        index.sync(folder)
        done = threading.Event()
        problems: list[object] = []

        def search() -> None:
            while not done.is_set():
                try:
                    total = reader.search("gas").total
                    problems.extend([total] if total != DOCUMENTS else [])
                except Exception as error:
                    problems.append(error)
                    return

        searching = [threading.Thread(target=search) for _ in range(3)]
        for thread in searching:
            thread.start()
        for engine in ("whoosh", "tantivy", "tantivy", "whoosh"):
            index.rebuild(engine=engine)
        done.set()
        for thread in searching:
            thread.join()
        assert problems == []
        assert reader.stats().generation == 5
