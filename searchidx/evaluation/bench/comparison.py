"""Several systems measured in turns, so that whatever disturbs one system disturbs all of them.

Each repetition gives every system its turn before the next repetition begins, and begins with another system.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from searchidx.evaluation.bench.corpus_file import CorpusFile
from searchidx.evaluation.bench.measured_process import MeasuredProcess, MeasuringError, Mode, TimedResponse
from searchidx.evaluation.bench.queries import QuerySet
from searchidx.evaluation.bench.report import ALL, Indexing, Latency, QueryTimes, SystemFigures
from searchidx.runtime.files import size_below
from searchidx.store.manifest import location_of

Task = TypeVar("Task")
Runner = TypeVar("Runner")

OnStep = Callable[[str], None]
"""Called with a description of each step when it begins."""


@dataclass(slots=True)
class SystemRun:
    """One system with its index, and what was measured so far."""

    system: str
    folder: Path  # of its index
    log: Path  # the standard error of its process
    corpus_file: CorpusFile | None = None  # to index; None: the index exists already
    seconds: list[float] = field(default_factory=list)  # of each indexing
    peaks: list[int] = field(default_factory=list)  # of memory, in bytes, of each indexing
    responses: dict[tuple[str, Mode], list[TimedResponse]] = field(default_factory=dict)  # kind and mode → all
    resident_bytes: int | None = None
    failure: str = ""  # why it takes no further part

    def figures(self) -> SystemFigures:
        """The figures of all measurements."""
        indexing = None
        if self.corpus_file is not None:
            indexing = Indexing(self.corpus_file.corpus, tuple(self.seconds), max(self.peaks, default=None))
        return SystemFigures(
            self.system, disk_bytes(self.folder), indexing, tuple(self._query_times()), self.resident_bytes
        )

    def _query_times(self) -> Iterator[QueryTimes]:
        """The times of each kind and mode, then of all kinds together in each mode."""
        of_all_kinds: dict[tuple[str, Mode], list[TimedResponse]] = {}
        for (_, mode), responses in self.responses.items():
            of_all_kinds.setdefault((ALL, mode), []).extend(responses)
        for (kind, mode), responses in [*self.responses.items(), *of_all_kinds.items()]:
            latency = Latency.of([response.ms for response in responses])
            found_nothing = sum(not response.total for response in responses) / len(responses)
            yield QueryTimes(kind, mode.level, mode.highlight, latency, found_nothing)


def disk_bytes(folder: Path) -> dict[str, int]:
    """The size of the files of an index: of searchidx by store and engine, of other systems in one number."""
    location = location_of(folder)
    if not location.store.exists():
        return {"index": size_below(folder)}
    engine = sum(size_below(generation) for generation in location.generations())
    return {"store": size_below(folder) - engine, "engine": engine}


def index_all(runs: Sequence[SystemRun], repeat: int, on_step: OnStep) -> None:
    """Let each system index its corpus `repeat` times, each time in a fresh process; the last index stays.

    A system that fails gets its `failure` set and takes no further part.
    """
    for number, run in _turns(runs, range(repeat)):
        assert run.corpus_file is not None
        if run.failure:
            continue
        size = f"{run.corpus_file.corpus.documents:,} documents"
        on_step(f"Indexing {size} with {run.system}, {number + 1} of {repeat}")
        shutil.rmtree(run.folder, ignore_errors=True)
        run.folder.mkdir(parents=True)
        try:
            with closing(MeasuredProcess(run.system, run.log)) as process:
                seconds, peak = process.index(run.corpus_file.path, run.folder)
        except MeasuringError as error:
            run.failure = str(error)
            continue
        run.seconds.append(seconds)
        run.peaks += [] if peak is None else [peak]


def search_all(
    runs: Sequence[SystemRun],
    query_sets: Sequence[QuerySet],
    modes: Sequence[Mode],
    repeat: int,
    on_step: OnStep,
) -> None:
    """Let each system answer all queries in all modes, `repeat` times, in one fresh process that stays open.

    Before that, each answers one query of every kind that is not counted. A system that fails gets its `failure`
    set and takes no further part.
    """
    count = sum(len(each.queries) for each in query_sets)
    with ExitStack() as stack:
        sessions = [
            _SearchSession(run, stack.enter_context(closing(MeasuredProcess(run.system, run.log)))) for run in runs
        ]
        for session in sessions:
            session.open(query_sets, modes)
        for number in range(repeat):
            on_step(f"Searching {count:,} queries, {number + 1} of {repeat}")
            tasks = [(query_set, mode) for query_set in query_sets for mode in modes]
            for (query_set, mode), session in _turns(sessions, tasks):
                session.measure(query_set, mode)
        for session in sessions:
            session.run.resident_bytes = session.process.resident_bytes()


@dataclass(frozen=True, slots=True)
class _SearchSession:
    """A system and the process in which it answers queries."""

    run: SystemRun
    process: MeasuredProcess

    def open(self, query_sets: Sequence[QuerySet], modes: Sequence[Mode]) -> None:
        """Open its index, and answer the first query of every kind without counting it."""
        with self._recorded_failure():
            self.process.open(self.run.folder)
        for mode in modes:
            self._search([each.queries[0] for each in query_sets], mode)

    def measure(self, query_set: QuerySet, mode: Mode) -> None:
        """Answer the queries of one kind and keep their times."""
        if responses := self._search(query_set.queries, mode):
            self.run.responses.setdefault((query_set.kind, mode), []).extend(responses)

    def _search(self, queries: Sequence[str], mode: Mode) -> list[TimedResponse]:
        with self._recorded_failure():
            if not self.run.failure:
                return self.process.search(queries, mode)
        return []

    @contextmanager
    def _recorded_failure(self) -> Iterator[None]:
        try:
            yield
        except MeasuringError as error:
            self.run.failure = str(error)


def _turns(runners: Sequence[Runner], tasks: Iterable[Task]) -> Iterator[tuple[Task, Runner]]:
    """Every pair of a task and a runner, task by task; each task begins with another runner."""
    for number, task in enumerate(tasks):
        first = number % max(1, len(runners))
        for runner in [*runners[first:], *runners[:first]]:
            yield task, runner
