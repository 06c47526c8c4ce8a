"""Does searching go on, without an error and without losing documents, while somebody writes?"""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from searchidx.index import Index

from .test_crash import SYNC

DOCUMENTS = 60


def write_all(folder: Path, word: str) -> None:
    folder.mkdir(exist_ok=True)
    for number in range(DOCUMENTS):
        text = f"Documento {number}\n\nHabla de la ley {number}.\n\nHabla de {word} y de la luz."
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("threads", [1, 4])
def test_queries_are_answered_while_another_process_changes_every_document(tmp_path: Path, threads: int) -> None:
    folder, location = tmp_path / "docs", tmp_path / "index"
    write_all(folder, "gas")
    with Index.create(location) as index:
        index.sync(folder)
        write_all(folder, "petróleo")
        writer = subprocess.Popen([sys.executable, "-c", SYNC, str(location), str(folder), "300"])
        totals: list[int] = []
        errors: list[Exception] = []

        def ask() -> None:
            while writer.poll() is None:
                try:
                    results = index.search("ley luz", per_page=50)
                    totals.append(results.total)
                    assert all(hit.snippets and hit.title for hit in results.hits)
                except Exception as error:
                    errors.append(error)
                    return

        asking = [threading.Thread(target=ask) for _ in range(threads)]
        for thread in asking:
            thread.start()
        for thread in asking:
            thread.join()
        assert writer.wait() == 0
        assert errors == []
        assert set(totals) == {DOCUMENTS}
        assert index.search("petróleo").total == DOCUMENTS
        assert index.search("gas").total == 0


def test_queries_are_answered_while_generations_are_swapped(tmp_path: Path) -> None:
    folder = tmp_path / "docs"
    write_all(folder, "gas")
    with Index.create(tmp_path / "index") as index, Index.open(tmp_path / "index") as reader:
        index.sync(folder)
        done = threading.Event()
        problems: list[object] = []

        def ask() -> None:
            while not done.is_set():
                try:
                    total = reader.search("gas").total
                    problems.extend([total] if total != DOCUMENTS else [])
                except Exception as error:
                    problems.append(error)
                    return

        asking = [threading.Thread(target=ask) for _ in range(3)]
        for thread in asking:
            thread.start()
        for _ in range(4):
            index.repair()
        done.set()
        for thread in asking:
            thread.join()
        assert problems == []
        assert reader.stats().generation == 5
