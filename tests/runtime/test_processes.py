"""Worker processes give the results of one process, in order, and nothing hangs when one of them dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from searchidx.errors import CorpusError, WorkerError
from searchidx.index import Index
from searchidx.indexing import generations, sync, workers
from searchidx.model.reports import SyncReport
from searchidx.runtime.processes import (
    map_ordered,
    worker_count,
)


def halves(number: int) -> Iterator[tuple[int, int]]:
    yield number, 0
    yield number, 1


def fail_at_three(number: int) -> Iterator[int]:
    if number == 3:
        raise CorpusError("a.jsonl", "no such luck", 7)
    yield number


def die_at_three(number: int) -> Iterator[int]:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    yield number


def large(number: int) -> Iterator[bytes]:
    for _ in range(20):
        yield bytes([number]) * 1_000_000


def tell_who_and_much(number: int) -> Iterator[int | bytes]:
    yield os.getpid()
    yield from large(number)


def shout(number: int) -> Iterator[int]:
    sys.stdout.write(f"what a library may print {number}")
    yield number


@pytest.mark.parametrize("processes", [0, 1, 3])
def test_results_come_in_the_order_of_the_tasks(processes: int) -> None:
    expected = [(number, half) for number in range(20) for half in (0, 1)]
    assert list(map_ordered(range(20), halves, processes)) == expected
    assert list(map_ordered([], halves, processes)) == []


@pytest.mark.parametrize("processes", [0, 2])
def test_what_a_task_raises_is_raised_with_all_its_facts_after_what_came_before(processes: int) -> None:
    results = map_ordered(range(10), fail_at_three, processes)
    assert [next(results) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(CorpusError, match="no such luck") as raised:
        next(results)
    assert (raised.value.path, raised.value.line) == ("a.jsonl", 7)


def test_a_process_that_dies_is_told_and_nothing_hangs() -> None:
    with pytest.raises(WorkerError, match="code -9"):
        list(map_ordered(range(10), die_at_three, 2))


def test_whoever_stops_listening_leaves_no_process_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def remembered(*given: Any, **named: Any) -> subprocess.Popen[bytes]:
        started.append(popen(*given, **named))
        return started[-1]

    monkeypatch.setattr("searchidx.runtime.processes.subprocess.Popen", remembered)
    results = map_ordered(range(50), large, 2)
    assert next(results)[0] == 0
    results.close()  # type: ignore[attr-defined]
    assert [process.returncode is not None for process in started] == [True, True]


def test_tasks_are_taken_as_they_are_needed() -> None:
    drawn = []

    def tasks() -> Iterator[int]:
        for number in range(100):
            drawn.append(number)
            yield number

    results = map_ordered(tasks(), halves, 2)
    next(results)
    assert len(drawn) <= 5
    results.close()  # type: ignore[attr-defined]


def test_what_is_printed_does_not_stand_among_the_results() -> None:
    assert list(map_ordered([1, 2], shout, 1)) == [1, 2]


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="processes cannot be stopped here")
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_worker_that_is_stopped_and_goes_on_loses_nothing(
    monkeypatch: pytest.MonkeyPatch, unbuffered: str
) -> None:
    monkeypatch.setenv("PYTHONUNBUFFERED", unbuffered)  # containers often set it
    results = map_ordered([7], tell_who_and_much, 1)
    process = next(results)
    assert isinstance(process, int)
    over = threading.Event()

    def pester() -> None:
        while not over.wait(0.001):
            os.kill(process, signal.SIGSTOP)
            os.kill(process, signal.SIGCONT)

    pestering = threading.Thread(target=pester)
    pestering.start()
    try:
        drawn = list(islice(results, 20))
    finally:
        over.set()
        pestering.join()
    assert drawn == list(large(7))
    assert list(results) == []


def test_there_is_always_one_process_to_use() -> None:
    assert 1 <= worker_count() <= 8


def write_corpus(folder: Path) -> None:
    folder.mkdir()
    for number in range(60):
        text = f"Título {number}\n\nHabla de 30 000 pesos y de la ley {number}.\n\nEE. UU. y el señor Tokáyev."
        (folder / f"{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "a.jsonl").write_text('{"id": "x", "text": "gas"}\n{broken\n{"id": "00.txt", "text": "luz"}')
    (folder / "leer.csv").write_text("título,texto\nUno,petróleo\nDos,\n", encoding="latin-1")
    (folder / "nada.txt").write_text("")


def facts(report: SyncReport) -> tuple[object, ...]:
    problems = sorted(map(str, report.problems))
    return report.added, report.updated, report.removed, report.unchanged, report.skipped, problems


def state(index: Index) -> list[object]:
    queries = ("habla de la ley", '"30000 pesos"', "Toqaev", "gas", "petroleo", "estados unidos")
    found = [sorted(hit.id for hit in index.search(query, per_page=100).hits) for query in queries]
    assert index.check().problems == ()
    return [found, index.stats().forms, index.counts()]


def test_a_folder_read_by_processes_is_the_same_as_one_read_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_corpus(tmp_path / "docs")
    with Index.create(tmp_path / "here") as here, Index.create(tmp_path / "there") as there:
        for _ in range(2):  # the second time everything is known
            reports = [facts(here.sync(tmp_path / "docs"))]
            with monkeypatch.context() as patch:
                patch.setattr(sync, "WORTH_PROCESSES_BYTES", 0)
                patch.setattr(sync, "TASK_BYTES", 500)
                patch.setattr(generations, "WORTH_PROCESSES_DOCUMENTS", 0)
                patch.setattr(generations, "TASK_DOCUMENTS", 7)
                reports.append(facts(there.sync(tmp_path / "docs")))
                there.rebuild()
            assert reports[0] == reports[1]
            assert state(here) == state(there)
            (tmp_path / "docs" / "07.txt").write_text("Siete\n\nAhora habla de gas.", encoding="utf-8")
            (tmp_path / "docs" / "08.txt").unlink(missing_ok=True)


def test_small_packets_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_corpus(tmp_path / "docs")
    with Index.create(tmp_path / "large") as one, Index.create(tmp_path / "small") as other:
        one.sync(tmp_path / "docs")
        monkeypatch.setattr(workers, "PACKET_CHARACTERS", 1)
        monkeypatch.setattr("searchidx.engines.whoosh.engine.WhooshEngine.batch_characters", 1_000)
        other.sync(tmp_path / "docs")
        assert state(one) == state(other)
