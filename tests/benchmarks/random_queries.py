"""Failures and times of random queries: `python -m tests.benchmarks.random_queries [COUNT]`.

Half of the queries are pieces of the query language side by side, half are real queries with letters changed,
doubled and lost; half search documents, half paragraphs. They search the five articles.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from pathlib import Path

from searchidx.index import Index
from tests.search.test_query_language import QUERIES
from tests.search.test_searcher import PIECES

SEEDS = Path(__file__).parents[2] / "seeds"
LETTERS = 'aeiouñáéíóúbcdfghjklmnpqrstvwxyz0123456789 .,-+*~=^"«»()[]:?\u0301\u00ad\u202eЖ漢😀'


def random_query(rng: random.Random) -> str:
    """A query that a person or a program might send."""
    if rng.random() < 0.5:
        return " ".join(rng.choices(PIECES, k=rng.randint(0, 12)))
    letters = [*rng.choice(QUERIES)[0]]
    for _ in range(rng.randint(0, 6)):
        place = rng.randint(0, len(letters))
        letters[place : place + rng.randint(0, 2)] = rng.choices(LETTERS, k=rng.randint(0, 2))
    return "".join(letters)


def main(count: int) -> None:
    """Search, and print the failures and times."""
    rng = random.Random(2025)
    times: list[tuple[float, str]] = []
    failed: list[str] = []
    with tempfile.TemporaryDirectory() as folder, Index.create(Path(folder) / "index") as index:
        index.sync(SEEDS)
        for number in range(count):
            query = random_query(rng)
            started = time.perf_counter()
            try:
                index.search(query, level="document" if number % 2 else "paragraph")
            except Exception as error:
                failed.append(f"{query!r}: {error!r}")
            times.append((time.perf_counter() - started, query))
    seconds = sorted(each for each, _ in times)
    slowest = max(times)
    print(
        f"{count} queries, {len(failed)} failed; median {statistics.median(seconds) * 1000:.1f} ms, "
        f"p99 {seconds[int(count * 0.99)] * 1000:.1f} ms, slowest {slowest[0] * 1000:.0f} ms: {slowest[1]!r}"
    )
    print("\n".join(failed[:20]))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
