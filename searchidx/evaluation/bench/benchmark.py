"""What does one run of the benchmark do? Measures an index as it is, and systems on a sample of its corpus.

The index is only read. All that is written stands in a temporary folder, which is gone at the end however that
comes.
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

from searchidx.errors import SearchidxError
from searchidx.evaluation.bench.comparison import (
    Contestant,
    OnStep,
    Way,
    answer_all,
    index_all,
)
from searchidx.evaluation.bench.corpus_file import (
    Corpus,
    write_corpus,
)
from searchidx.evaluation.bench.machine import this_machine
from searchidx.evaluation.bench.measured_process import (
    MeasuringError,
    python,
)
from searchidx.evaluation.bench.queries import (
    QuerySet,
    read_queries,
    sample_queries,
)
from searchidx.evaluation.bench.report import (
    ColdStart,
    Report,
    Settings,
    SystemFigures,
)
from searchidx.evaluation.bench.sqlite_fts5 import SQLITE_VERSION
from searchidx.evaluation.bench.systems import SYSTEMS
from searchidx.model.document import (
    LEVELS,
    Level,
)
from searchidx.runtime.files import size_below
from searchidx.store.documents import Documents
from searchidx.store.manifest import (
    location_of,
    read_manifest,
)
from searchidx.store.store import Store

_COLD_STARTS = 5
_LONGEST_ARGUMENT = 512  # code points; what searchidx reads of a query
_SIZES = 5  # points of a plot, each twice as large as the one before
_DISK_PER_SYSTEM = 4  # times the text, at the most that was seen
_DISK_FOR_CORPUS = 1.5
_LIBRARIES = ("tantivy", "whoosh-reloaded")


class NothingToMeasureError(SearchidxError):
    """An index without documents, or without a word that could be asked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run is asked for."""

    count: int  # queries to sample; 0 for none
    queries: Path | None  # a file of queries
    repeat: int  # of each query and of each indexing
    seed: int
    levels: tuple[Level, ...] = LEVELS
    documents: int = 1000  # of the sample, at most
    compare: bool = False
    without: tuple[str, ...] = ()  # systems that are not compared
    growth: bool = False


class Benchmark:
    """One run on one index."""

    def __init__(self, index: str, wanted: Wanted, on_step: OnStep) -> None:
        """IndexStateError when there is no index."""
        self._location = location_of(index)
        self._engine = read_manifest(self._location).engine
        self._wanted = wanted
        self._on_step = on_step
        self._left_out = dict.fromkeys(wanted.without, "as --without says") if wanted.compare else {}

    def run(self) -> Report:
        """Measure. NothingToMeasureError for an empty index, CorpusError for a file of queries that has none."""
        with Store.open(self._location.store, writable=False) as store:
            return self._run(store)

    def _run(self, store: Store) -> Report:
        wanted, reader = self._wanted, store.documents
        machine = this_machine(_LIBRARIES, {"SQLite": SQLITE_VERSION})
        corpus = Corpus(*reader.counts(), reader.text_bytes())
        if not corpus.documents:
            raise NothingToMeasureError("the index holds no document; there is nothing to measure")
        sets = self._queries(store)
        ways = [(level, highlight) for level in wanted.levels for highlight in (True, False)]
        rows = self._sample(reader)
        with tempfile.TemporaryDirectory(prefix="searchidx-bench-") as temporary:
            folder = Path(temporary)
            self._expect_room(folder, corpus.text_bytes * len(rows) / corpus.documents)
            own = self._own(folder, sets, ways)
            sampled = self._sampled(folder / "sample", reader, rows, sets, ways)
            growth = self._growth(folder / "growth", reader, rows, sets) if wanted.growth else ()
            used = size_below(folder)
        return Report(
            index=str(self._location.folder),
            corpus=corpus,
            machine=machine,
            settings=Settings(
                wanted.seed, wanted.repeat, {each.kind: each.queries for each in sets}, wanted.levels
            ),
            own=own,
            cold_start=self._cold_start([query for each in sets for query in each.queries]),
            sampled=sampled,
            left_out=self._left_out,
            growth=growth,
            disk_used_bytes=used,
        )

    def _queries(self, store: Store) -> list[QuerySet]:
        wanted = self._wanted
        sets = sample_queries(store, wanted.count, wanted.seed) if wanted.count else []
        if wanted.queries is not None:
            sets.append(read_queries(wanted.queries))
        if not sets:
            raise NothingToMeasureError("the index has no word to ask for; give queries with --queries")
        return sets

    def _sample(self, reader: Documents) -> list[int]:
        """The rows of the sample in random order, so that its beginnings are samples too."""
        rows = reader.rows()
        chance = random.Random(self._wanted.seed)  # noqa: S311 - nobody's secret
        return chance.sample(rows, min(len(rows), self._wanted.documents))

    def _systems(self) -> Sequence[str]:
        return SYSTEMS if self._wanted.compare else (self._engine,)

    def _expect_room(self, folder: Path, text_bytes: float) -> None:
        """Say what room is needed; SearchidxError when there is less."""
        growing = 3 if self._wanted.growth else 1  # all sizes together are less than two more samples
        need = growing * text_bytes * (_DISK_FOR_CORPUS + _DISK_PER_SYSTEM * len(self._systems()))
        free = shutil.disk_usage(folder).free
        if need > free:
            raise SearchidxError(
                f"{folder.parent} has {free / 1e6:,.0f} MB free, and this needs about {need / 1e6:,.0f} MB; "
                "name another folder in TMPDIR, or fewer documents with --documents"
            )
        self._on_step(f"Working in {folder.parent}, with about {max(1, need / 1e6):,.0f} MB for a while")

    def _own(self, folder: Path, sets: Sequence[QuerySet], ways: Sequence[Way]) -> SystemFigures:
        own = Contestant(self._engine, self._location.folder, folder / "own.log")
        answer_all([own], sets, ways, self._wanted.repeat, self._on_step)
        if own.failure:
            raise MeasuringError(own.failure)
        return own.figures()

    def _sampled(
        self,
        folder: Path,
        reader: Documents,
        rows: Sequence[int],
        sets: Sequence[QuerySet],
        ways: Sequence[Way],
    ) -> tuple[SystemFigures, ...]:
        contestants = self._indexed(folder, reader, rows, self._wanted.repeat)
        if self._wanted.compare:
            answer_all(contestants, sets, ways, self._wanted.repeat, self._on_step)
        return self._figures(contestants)

    def _growth(
        self, folder: Path, reader: Documents, rows: Sequence[int], sets: Sequence[QuerySet]
    ) -> tuple[SystemFigures, ...]:
        """The same systems at several sizes, all asked in turn; with highlighting, at the first level."""
        sizes = sorted({max(1, len(rows) >> halved) for halved in range(_SIZES)})
        contestants = [
            contestant
            for size in sizes
            for contestant in self._indexed(folder / str(size), reader, rows[:size], repeat=1)
        ]
        answer_all(contestants, sets, [(self._wanted.levels[0], True)], self._wanted.repeat, self._on_step)
        return self._figures(contestants)

    def _indexed(self, folder: Path, reader: Documents, rows: Sequence[int], repeat: int) -> list[Contestant]:
        """Every system with an index of these documents; those that have none are told in `left_out`."""
        folder.mkdir(parents=True)
        path = folder / "corpus.jsonl"
        source = (path, write_corpus(reader, sorted(rows), path))
        all_of_them = [
            Contestant(name, folder / name, folder / f"{name}.log", source)
            for name in self._systems()
            if name not in self._left_out
        ]
        index_all(all_of_them, repeat, self._on_step)
        self._figures(all_of_them)
        return [each for each in all_of_them if not each.failure]

    def _figures(self, contestants: Sequence[Contestant]) -> tuple[SystemFigures, ...]:
        """The figures of those that did all; the others are told in `left_out`."""
        self._left_out |= {each.system: each.failure for each in contestants if each.failure}
        return tuple(each.figures() for each in contestants if not each.failure)

    def _cold_start(self, queries: Sequence[str]) -> ColdStart:
        """Whole processes, each with another query where there are several."""
        seconds = []
        for number in range(_COLD_STARTS):
            self._on_step(f"Starting afresh, {number + 1} of {_COLD_STARTS}")
            query = queries[number * len(queries) // _COLD_STARTS][:_LONGEST_ARGUMENT].replace("\0", " ")
            options = ("query", "--json", "--index", str(self._location.folder), "--", query)
            command = python("from searchidx.cli import main; main()", *options)
            began = time.perf_counter()
            # It ends with 1 when it finds nothing. No shell reads the query.
            subprocess.run(command, capture_output=True, check=False)  # noqa: S603
            seconds.append(time.perf_counter() - began)
        return ColdStart(tuple(seconds))
