"""All engines rank alike: a corpus that outgrows one engine must not change its answers with the next."""

from __future__ import annotations

import random
import re
import statistics
from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

import pytest

from searchidx.engines.registry import ENGINES
from searchidx.errors import EngineMissingError
from searchidx.evaluation.bench.queries import sample_queries
from searchidx.index import Index
from searchidx.model.document import (
    LEVELS,
    Level,
)
from searchidx.store.store import Store
from tests.index_support import SEEDS
from tests.laws_support import laws

TOP = 10
WANTED = 9
_LOOKED_AT = 100  # hits in which those of the other engine are looked for
_SAME = 1e-6  # relative difference of two scores that are a tie

Ranking = Mapping[str, float]
"""Id → score, best first."""


def write_news(folder: Path, documents: int) -> Path:
    """Documents of sentences of the five articles, mixed anew."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt"))]
    sentences = [each for text in texts for each in re.split(r"(?<=\.)\s+", text) if len(each) > 40]
    chance = random.Random(5)
    folder.mkdir()
    for number in range(documents):
        lengths = [chance.randint(1, 5) for _ in range(chance.randint(1, 6))]
        paragraphs = [" ".join(chance.sample(sentences, length)) for length in lengths]
        (folder / f"{number:03}.txt").write_text("\n\n".join(paragraphs), encoding="utf-8")
    return folder


def write_laws(folder: Path, documents: int) -> Path:
    """Laws, as many as are wanted."""
    folder.mkdir()
    path = folder / "laws.jsonl"
    path.write_text("".join(laws(documents)), encoding="utf-8")
    return path


def indexes(corpus: Path, folder: Path) -> Iterator[Index]:
    """The corpus in an index of every engine that is installed."""
    for engine in ENGINES:
        try:
            index = Index.create(folder / engine, engine=engine)
        except EngineMissingError:
            continue
        index.sync(corpus)
        yield index


def ranking(index: Index, query: str, level: Level) -> Ranking:
    hits = index.search(query, level=level, per_page=_LOOKED_AT, highlight=False).hits
    return {hit.id: hit.score for hit in hits}


def cut(scores: Ranking) -> tuple[set[str], set[str]]:
    """Those that are surely among the first ten, and those whose score ties with the tenth."""
    last = list(scores.values())[:TOP][-1]
    sure = {each for each, score in scores.items() if score > last * (1 + _SAME)}
    return sure, {each for each, score in scores.items() if score >= last * (1 - _SAME)} - sure


def agreement(one: Ranking, other: Ranking) -> float:
    """On how many of the first ten two rankings agree, whichever of those that tie at the cut each of them shows;
    of shorter rankings, in the same measure."""
    length = min(TOP, max(len(one), len(other)))
    if not (one and other):
        return 0.0 if length else float(TOP)
    sure, tied = cut(one)
    fine = set.union(*cut(other))
    agreed = len(sure & fine) + min(length - len(sure), len(tied & fine))
    return TOP * agreed / length


def assert_agree(corpus: Path, folder: Path, count: int) -> None:
    """All engines agree on nine of the first ten on average, over all queries and over those with more to rank."""
    tried = list(indexes(corpus, folder))
    with Store.open(tried[0].stats().location / "store.sqlite", writable=False) as store:
        queries = [query for each in sample_queries(store, count, seed=4) for query in each.queries]
    assert len(queries) >= 0.75 * count
    for one, other in combinations(tried, 2):
        for level in LEVELS:
            found = [(ranking(one, query, level), ranking(other, query, level)) for query in queries]
            agreed = [agreement(*pair) for pair in found]
            choosing = [each for each, pair in zip(agreed, found, strict=True) if len(pair[0]) > TOP]
            assert len(choosing) >= 0.2 * count
            assert min(statistics.mean(agreed), statistics.mean(choosing)) >= WANTED, level


def test_engines_agree_on_nine_of_the_first_ten(tmp_path: Path) -> None:
    assert_agree(write_news(tmp_path / "docs", 200), tmp_path, 100)


@pytest.mark.slow
def test_engines_agree_on_nine_of_the_first_ten_of_a_thousand_laws(tmp_path: Path) -> None:
    assert_agree(write_laws(tmp_path / "docs", 1_000), tmp_path, 200)


def test_agreement_counts_what_both_show_and_takes_no_offence_at_ties() -> None:
    first = {f"{number}": float(20 - number) for number in range(12)}
    assert agreement(first, first) == TOP
    assert agreement(first, {**{key: first[key] for key in first if key != "0"}, "0": 1.0}) == WANTED
    tied = dict.fromkeys("abcdefghijklmno", 1.0)
    assert agreement(tied, dict(reversed(list(tied.items())))) == TOP
    assert agreement({"a": 2.0, "b": 1.0}, {"a": 1.0, "c": 0.5}) == TOP / 2
    assert agreement({}, {}) == TOP
    assert agreement({"a": 1.0}, {}) == 0
