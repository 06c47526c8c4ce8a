"""How do several systems run the same race at once? Turn by turn, so that whatever disturbs one disturbs all.

Each repetition gives every system its turn before the next begins, and each begins with another system.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from searchidx.evaluation.bench.corpus_file import Corpus
from searchidx.evaluation.bench.latency import Latency
from searchidx.evaluation.bench.measured_process import (
    Measured,
    MeasuringError,
)
from searchidx.evaluation.bench.queries import QuerySet
from searchidx.evaluation.bench.report import (
    ALL,
    Indexing,
    QueryTimes,
    SystemFigures,
)
from searchidx.model.document import Level
from searchidx.runtime.files import size_below
from searchidx.store.manifest import location_of

Task = TypeVar("Task")
Runner = TypeVar("Runner")

OnStep = Callable[[str], None]
"""Told what is being done now."""

Way = tuple[Level, bool]
"""A level, and whether matches are highlighted."""


@dataclass(slots=True)
class Contestant:
    """One system with the index that it answers from."""

    system: str
    folder: Path
    log: Path  # what its process says on stderr
    source: tuple[Path, Corpus] | None = None  # the file that it indexes; None: its index is there already
    seconds: list[float] = field(default_factory=list)
    peaks: list[int] = field(default_factory=list)
    answers: dict[tuple[str, Way], list[tuple[float, int]]] = field(default_factory=dict)  # (ms, total) each
    resident_bytes: int | None = None
    failure: str = ""

    def figures(self) -> SystemFigures:
        """What came out."""
        indexing = None
        if self.source is not None:
            indexing = Indexing(self.source[1], tuple(self.seconds), max(self.peaks, default=None))
        return SystemFigures(
            self.system, disk_bytes(self.folder), indexing, tuple(self._times()), self.resident_bytes
        )

    def _times(self) -> Iterator[QueryTimes]:
        together: dict[Way, list[tuple[float, int]]] = {}
        for (_, way), answers in self.answers.items():
            together.setdefault(way, []).extend(answers)
        merged = {(ALL, way): answers for way, answers in together.items()}
        for (kind, (level, highlight)), answers in [*self.answers.items(), *merged.items()]:
            nothing = sum(not total for _, total in answers) / len(answers)
            yield QueryTimes(kind, level, highlight, Latency.of([ms for ms, _ in answers]), nothing)


def disk_bytes(folder: Path) -> dict[str, int]:
    """The files of an index: of searchidx store and engine apart, of others all together."""
    location = location_of(folder)
    if not location.store.exists():
        return {"index": size_below(folder)}
    engine = sum(size_below(generation) for generation in location.generations())
    return {"store": size_below(folder) - engine, "engine": engine}


def index_all(contestants: Sequence[Contestant], repeat: int, on_step: OnStep) -> None:
    """Let each index its corpus `repeat` times, in fresh processes; the last index stays.

    One that fails says why in `failure` and takes no further part.
    """
    for number, contestant in _turns(contestants, range(repeat)):
        assert contestant.source is not None
        if contestant.failure:
            continue
        path, corpus = contestant.source
        size = f"{corpus.documents:,} documents"
        on_step(f"Indexing {size} with {contestant.system}, {number + 1} of {repeat}")
        shutil.rmtree(contestant.folder, ignore_errors=True)
        contestant.folder.mkdir(parents=True)
        try:
            with closing(Measured(contestant.system, contestant.log)) as process:
                seconds, peak = process.index(path, contestant.folder)
        except MeasuringError as error:
            contestant.failure = str(error)
            continue
        contestant.seconds.append(seconds)
        contestant.peaks += [] if peak is None else [peak]


def answer_all(
    contestants: Sequence[Contestant],
    sets: Sequence[QuerySet],
    ways: Sequence[Way],
    repeat: int,
    on_step: OnStep,
) -> None:
    """Let each answer all queries in all ways, `repeat` times, each in one fresh process that stays open.

    Before the first turn each answers one query of every kind that is not counted. One that fails says why in
    `failure` and takes no further part.
    """
    count = sum(len(each.queries) for each in sets)
    with ExitStack() as stack:
        races = [
            _Race(each, stack.enter_context(closing(Measured(each.system, each.log)))) for each in contestants
        ]
        for race in races:
            race.begin(sets, ways)
        for number in range(repeat):
            on_step(f"Asking {count:,} queries, {number + 1} of {repeat}")
            tasks = [(each, way) for each in sets for way in ways]
            for (asked, way), race in _turns(races, tasks):
                race.ask(asked, way)
        for race in races:
            race.contestant.resident_bytes = race.process.resident_bytes()


@dataclass(frozen=True, slots=True)
class _Race:
    """A contestant and the process in which it answers."""

    contestant: Contestant
    process: Measured

    def begin(self, sets: Sequence[QuerySet], ways: Sequence[Way]) -> None:
        """Open its index, and answer what is not counted."""
        with self._failing():
            self.process.open(self.contestant.folder)
        for way in ways:
            self._answers([each.queries[0] for each in sets], way)

    def ask(self, asked: QuerySet, way: Way) -> None:
        """Answer the queries of one kind, and note the times."""
        if answers := self._answers(asked.queries, way):
            self.contestant.answers.setdefault((asked.kind, way), []).extend(answers)

    def _answers(self, queries: Sequence[str], way: Way) -> list[tuple[float, int]]:
        with self._failing():
            if not self.contestant.failure:
                times, totals = self.process.answer(queries, *way)
                return list(zip(times, totals, strict=True))
        return []

    @contextmanager
    def _failing(self) -> Iterator[None]:
        try:
            yield
        except MeasuringError as error:
            self.contestant.failure = str(error)


def _turns(runners: Sequence[Runner], tasks: Iterable[Task]) -> Iterator[tuple[Task, Runner]]:
    """Every runner's turn at each of the tasks; each task begins with the next one."""
    for number, task in enumerate(tasks):
        first = number % max(1, len(runners))
        for runner in [*runners[first:], *runners[:first]]:
            yield task, runner
