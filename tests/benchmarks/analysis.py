"""Speed of analysis on one core, on the corpus of laws: `python -m tests.benchmarks.analysis [DOCUMENTS]`."""

from __future__ import annotations

import json
import platform
import statistics
import sys

from _pytest.outcomes import Skipped

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import DocumentAnalyzer, FormCounter
from tests.benchmarks.timing_support import print_runs, timed
from tests.laws_support import laws

RUNS = 5


def main(documents: int) -> None:
    """Analyse every paragraph for all fields, with a cold cache in each run."""
    texts = [json.loads(line)["text"].split("\n\n") for line in laws(documents)]
    megabytes = sum(len(paragraph.encode()) for text in texts for paragraph in text) / 1e6

    def analyze_all() -> None:
        analyzer = DocumentAnalyzer(Analyzer(), FormCounter())
        for text in texts:
            analyzer.analyze(text)

    seconds = [timed(analyze_all) for _ in range(RUNS)]
    print(f"Python {platform.python_version()}, {platform.machine()}, {RUNS} runs")
    print_runs(f"analysis of {megabytes:.1f} MB, cold cache", seconds)
    print(f"{'':<44} {megabytes / statistics.median(seconds):.1f} MB/s")


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 3_000)
    except Skipped as skipped:  # the machine has no corpus of laws
        print(skipped)
