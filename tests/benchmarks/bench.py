"""What does this machine need? Medians of repeated runs; `python -m tests.benchmarks.bench`, or `make bench`.

Analysis is measured on the corpus of laws where there is one; cold starts are whole processes on `seeds/`.
"""

from __future__ import annotations

import json
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from _pytest.outcomes import Skipped

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import DocumentAnalyzer, FormCounter
from tests.laws_support import laws

SEEDS = Path(__file__).parents[2] / "seeds"
RUNS = 10


def median_s(action: Callable[[], object], runs: int = RUNS) -> tuple[float, float, float]:
    """Minimum, median and maximum of `runs` runs, in seconds."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        action()
        times.append(time.perf_counter() - began)
    return min(times), statistics.median(times), max(times)


def told(name: str, times: tuple[float, float, float]) -> None:
    low, middle, high = (f"{value * 1000:.0f}" for value in times)
    print(f"{name:<44} median {middle:>5} ms   (min {low}, max {high})")


def analysis(documents: int = 3_000) -> None:
    """All three views of every paragraph, on one core."""
    texts = [json.loads(line)["text"].split("\n\n") for line in laws(documents)]
    megabytes = sum(len(paragraph.encode()) for text in texts for paragraph in text) / 1e6

    def run() -> None:
        analyzer = DocumentAnalyzer(Analyzer(), FormCounter())
        for text in texts:
            analyzer.analyze(text)

    times = median_s(run, runs=5)
    told(f"analysis of {megabytes:.1f} MB, cold cache", times)
    print(f"{'':<44} {megabytes / times[1]:.1f} MB/s")


def command(*arguments: str) -> Callable[[], object]:
    return lambda: subprocess.run([*SEARCHIDX, *arguments], check=True, capture_output=True)


SEARCHIDX = [str(Path(sys.executable).with_name("searchidx"))]


def cold_starts() -> None:
    """`searchidx index seeds/` into a new index, and `searchidx query`, as whole processes."""
    with tempfile.TemporaryDirectory() as folder:
        locations = iter(f"{folder}/{number}" for number in range(RUNS))
        told(
            "searchidx index seeds/, new index",
            median_s(lambda: command("index", "--index", next(locations), str(SEEDS))()),  # noqa: PLW0108 - anew
        )
        location = f"{folder}/0"
        told(
            "searchidx index seeds/, nothing changed", median_s(command("index", "--index", location, str(SEEDS)))
        )
        told("searchidx query reunión", median_s(command("query", "--index", location, "reunión")))
        told(
            "python -c pass, for comparison",
            median_s(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True)),
        )


if __name__ == "__main__":
    print(f"Python {platform.python_version()}, {platform.machine()}, {RUNS} runs each")
    cold_starts()
    try:
        analysis()
    except Skipped as skipped:
        print(skipped)
