"""Times of `searchidx index` and `searchidx query` as whole processes: `python -m tests.benchmarks.cold_start`."""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.timing_support import print_runs, times_of

SEEDS = Path(__file__).parents[2] / "seeds"
SEARCHIDX = Path(sys.executable).with_name("searchidx")
RUNS = 10


def main() -> None:
    """Measure on the five articles."""
    print(f"Python {platform.python_version()}, {platform.machine()}, {RUNS} runs each")
    with tempfile.TemporaryDirectory() as folder:
        new = [f"{folder}/{number}" for number in range(RUNS)]
        same = [new[0]] * RUNS
        print_runs("searchidx index seeds/, new index", times_of(_index, new))
        print_runs("searchidx index seeds/, nothing changed", times_of(_index, same))
        print_runs("searchidx query reunión", times_of(_query, same))
        print_runs("python -c pass, for comparison", times_of(_run, [(sys.executable, "-c", "pass")] * RUNS))


def _index(location: str) -> None:
    _run((str(SEARCHIDX), "index", "--index", location, str(SEEDS)))


def _query(location: str) -> None:
    _run((str(SEARCHIDX), "query", "--index", location, "reunión"))


def _run(command: tuple[str, ...]) -> None:
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
