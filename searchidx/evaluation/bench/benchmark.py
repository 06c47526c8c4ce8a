"""One run of the benchmark: measures an index as it is, and systems on a sample of its documents.

The index is only read. All files are written to a temporary folder, which is removed however the run ends.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from searchidx import MAX_QUERY_LENGTH
from searchidx.errors import SearchidxError
from searchidx.evaluation.bench.comparison import OnStep, SystemRun, index_all, search_all
from searchidx.evaluation.bench.corpus_file import Corpus, write_corpus
from searchidx.evaluation.bench.machine import this_machine
from searchidx.evaluation.bench.measured_process import MeasuringError, Mode, python_command
from searchidx.evaluation.bench.queries import QuerySet, read_queries, sample_queries
from searchidx.evaluation.bench.report import ColdStart, Report, Settings, SystemFigures
from searchidx.evaluation.bench.sqlite_fts5 import SQLITE_VERSION
from searchidx.evaluation.bench.systems import SYSTEMS
from searchidx.model.document import LEVELS, Level
from searchidx.runtime.files import size_below
from searchidx.store.documents import Documents
from searchidx.store.manifest import location_of, read_manifest
from searchidx.store.store import Store

_COLD_STARTS = 5
_GROWTH_SIZES = 5  # points of a plot, each twice as large as the one before
_DISK_PER_SYSTEM = 4  # multiple of the text; the most that was measured
_DISK_FOR_CORPUS = 1.5
_LIBRARIES = ("tantivy", "whoosh-reloaded")


class NothingToMeasureError(SearchidxError):
    """The index has no document."""


class NoQueryError(SearchidxError):
    """No query can be sampled, because the index has no suitable word, and none was given."""


class DiskSpaceError(SearchidxError):
    """The disk of the temporary folder has less space than the run needs; sizes are in bytes."""

    def __init__(self, folder: Path, free: float, needed: float) -> None:
        super().__init__(f"{folder} has {free / 1e6:,.0f} MB free, and this needs about {needed / 1e6:,.0f} MB")


@dataclass(frozen=True, slots=True)
class BenchmarkOptions:
    """What a run measures, and how often."""

    count: int  # queries to sample; 0 for none
    queries: Path | None  # a file of queries
    repeat: int  # of each query and of each indexing
    seed: int  # of the random samples
    levels: tuple[Level, ...] = LEVELS
    documents: int = 1000  # largest size of the sample
    compare: bool = False  # measure all systems, not searchidx with the engine of the index only
    without: tuple[str, ...] = ()  # systems that are not compared
    growth: bool = False  # measure at several sizes of the sample, for a plot


class Benchmark:
    """One run on one index."""

    def __init__(self, index: str, options: BenchmarkOptions, on_step: OnStep) -> None:
        """IndexStateError when there is no index."""
        self._location = location_of(index)
        self._engine = read_manifest(self._location).engine
        self._options = options
        self._on_step = on_step
        self._left_out = dict.fromkeys(options.without, "left out on request") if options.compare else {}

    def run(self) -> Report:
        """The report of the run.

        NothingToMeasureError for an empty index, NoQueryError for an index without words, CorpusError for a file
        without queries, DiskSpaceError when the disk is too full.
        """
        with Store.open(self._location.store, writable=False) as store:
            return self._run(store)

    def _run(self, store: Store) -> Report:
        options, documents = self._options, store.documents
        machine = this_machine(_LIBRARIES, {"SQLite": SQLITE_VERSION})
        corpus = Corpus(*documents.counts(), documents.text_bytes())
        if not corpus.documents:
            raise NothingToMeasureError("the index holds no document; there is nothing to measure")
        query_sets = self._query_sets(store)
        modes = [Mode(level, highlight) for level in options.levels for highlight in (True, False)]
        rows = self._sample(documents)
        with tempfile.TemporaryDirectory(prefix="searchidx-bench-") as temporary:
            folder = Path(temporary)
            self._check_disk_space(folder, corpus.text_bytes * len(rows) / corpus.documents)
            own = self._measure_own(folder, query_sets, modes)
            sampled = self._measure_sample(folder / "sample", documents, rows, query_sets, modes)
            growth = self._measure_growth(folder / "growth", documents, rows, query_sets) if options.growth else ()
            disk_used = size_below(folder)
        queries = {each.kind: each.queries for each in query_sets}
        return Report(
            index=str(self._location.folder),
            corpus=corpus,
            machine=machine,
            settings=Settings(options.seed, options.repeat, queries, options.levels),
            own=own,
            cold_start=self._measure_cold_start([query for each in query_sets for query in each.queries]),
            sampled=sampled,
            left_out=self._left_out,
            growth=growth,
            disk_used_bytes=disk_used,
        )

    def _query_sets(self, store: Store) -> list[QuerySet]:
        options = self._options
        query_sets = sample_queries(store, options.count, options.seed) if options.count else []
        if options.queries is not None:
            query_sets.append(read_queries(options.queries))
        if not query_sets:
            raise NoQueryError("the index has no word to make a query of")
        return query_sets

    def _sample(self, documents: Documents) -> list[int]:
        """The rows of the sampled documents in random order, so that every beginning of it is a sample too."""
        rows = documents.rows()
        rng = random.Random(self._options.seed)
        return rng.sample(rows, min(len(rows), self._options.documents))

    def _systems(self) -> Sequence[str]:
        return SYSTEMS if self._options.compare else (self._engine,)

    def _check_disk_space(self, folder: Path, text_bytes: float) -> None:
        """Report the space that the run needs; DiskSpaceError when less is free."""
        growth_factor = 3 if self._options.growth else 1  # all sizes together take less than two more samples
        need = growth_factor * text_bytes * (_DISK_FOR_CORPUS + _DISK_PER_SYSTEM * len(self._systems()))
        free = shutil.disk_usage(folder).free
        if need > free:
            raise DiskSpaceError(folder.parent, free, need)
        self._on_step(f"Working in {folder.parent}, with about {max(1, need / 1e6):,.0f} MB for a while")

    def _measure_own(self, folder: Path, query_sets: Sequence[QuerySet], modes: Sequence[Mode]) -> SystemFigures:
        """The figures of the user's index; MeasuringError when it cannot be searched."""
        run = SystemRun(self._engine, self._location.folder, folder / "own.log")
        search_all([run], query_sets, modes, self._options.repeat, self._on_step)
        if run.failure:
            raise MeasuringError(run.failure)
        return run.figures()

    def _measure_sample(
        self,
        folder: Path,
        documents: Documents,
        rows: Sequence[int],
        query_sets: Sequence[QuerySet],
        modes: Sequence[Mode],
    ) -> tuple[SystemFigures, ...]:
        """The figures of every system that indexes the sample, and with `compare` also searches it."""
        runs = self._indexed_runs(folder, documents, rows, self._options.repeat)
        if self._options.compare:
            search_all(runs, query_sets, modes, self._options.repeat, self._on_step)
        return self._figures(runs)

    def _measure_growth(
        self, folder: Path, documents: Documents, rows: Sequence[int], query_sets: Sequence[QuerySet]
    ) -> tuple[SystemFigures, ...]:
        """The figures of every system at several sizes of the corpus; with highlighting, at the first level."""
        sizes = sorted({max(1, len(rows) >> halvings) for halvings in range(_GROWTH_SIZES)})
        runs = [
            run
            for size in sizes
            for run in self._indexed_runs(folder / str(size), documents, rows[:size], repeat=1)
        ]
        modes = [Mode(self._options.levels[0], highlight=True)]
        search_all(runs, query_sets, modes, self._options.repeat, self._on_step)
        return self._figures(runs)

    def _indexed_runs(
        self, folder: Path, documents: Documents, rows: Sequence[int], repeat: int
    ) -> list[SystemRun]:
        """Every system with its index of these documents; a system that fails goes into `left_out`."""
        folder.mkdir(parents=True)
        corpus_file = write_corpus(documents, sorted(rows), folder / "corpus.jsonl")
        runs = [
            SystemRun(name, folder / name, folder / f"{name}.log", corpus_file)
            for name in self._systems()
            if name not in self._left_out
        ]
        index_all(runs, repeat, self._on_step)
        self._leave_out_failed(runs)
        return [run for run in runs if not run.failure]

    def _figures(self, runs: Sequence[SystemRun]) -> tuple[SystemFigures, ...]:
        """The figures of the systems that did everything; the others go into `left_out`."""
        self._leave_out_failed(runs)
        return tuple(run.figures() for run in runs if not run.failure)

    def _leave_out_failed(self, runs: Sequence[SystemRun]) -> None:
        self._left_out |= {run.system: run.failure for run in runs if run.failure}

    def _measure_cold_start(self, queries: Sequence[str]) -> ColdStart:
        """Times of whole processes, each with another query where there are several."""
        seconds = []
        for number in range(_COLD_STARTS):
            self._on_step(f"Cold start {number + 1} of {_COLD_STARTS}")
            query = queries[number * len(queries) // _COLD_STARTS][:MAX_QUERY_LENGTH].replace("\0", " ")
            arguments = ("query", "--json", "--index", str(self._location.folder), "--", query)
            command = python_command("from searchidx.cli import main; main()", *arguments)
            started = time.perf_counter()
            # The exit code is 1 when nothing is found. No shell reads the query.
            subprocess.run(command, capture_output=True, check=False)
            seconds.append(time.perf_counter() - started)
        return ColdStart(tuple(seconds))
