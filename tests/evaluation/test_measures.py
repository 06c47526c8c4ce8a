"""Measures of rankings: worked examples, and the values of ir-measures on random runs."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path

import pytest

from searchidx.evaluation.relevance.measures import MEASURES, evaluate, evaluate_run, mean_name, means
from searchidx.evaluation.relevance.runs import (
    DEPTH,
    ScoredDocument,
    rank_by_score,
    read_run,
    without_ties,
    write_run,
)

_NO_IR_MEASURES = "no ir-measures: pip install 'searchidx[dev]'"
_REFERENCE_NAMES = {name: name for name in MEASURES} | {"recall@100": "R@100"}
"""Name of a measure → its name in ir-measures."""

Scores = Mapping[str, Mapping[str, float]]
JudgedGrades = Mapping[str, Mapping[str, int]]


def values_of(ranking: str, grades: Mapping[str, int]) -> Mapping[str, float]:
    """The measures of a ranking of documents with names of one letter."""
    found = evaluate([ScoredDocument(name, 0.0) for name in ranking], grades)
    return {name: round(value, 4) for name, value in found.items()}


def test_a_perfect_ranking_has_full_marks() -> None:
    values = values_of("ab", {"a": 2, "b": 1, "c": 0})
    assert values == {"nDCG@10": 1, "RR@10": 1, "P@5": 0.4, "P@10": 0.2, "recall@100": 1, "AP": 1}


def test_a_worked_example() -> None:
    values = values_of("xbxa", {"a": 2, "b": 1, "c": 1})
    dcg, ideal = 1 / 1.58496 + 2 / 2.32193, 2 + 1 / 1.58496 + 1 / 2
    assert values["nDCG@10"] == pytest.approx(dcg / ideal, abs=1e-4)
    assert values["RR@10"] == 0.5
    assert values["P@5"] == 0.4
    assert values["recall@100"] == pytest.approx(2 / 3, abs=1e-4)
    assert values["AP"] == pytest.approx((1 / 2 + 2 / 4) / 3, abs=1e-4)


@pytest.mark.parametrize("grades", [{"a": 0}, {"a": -1, "b": -2}])
def test_without_relevant_documents_every_measure_is_0(grades: Mapping[str, int]) -> None:
    assert set(values_of("ab", grades).values()) == {0}


def test_a_negative_grade_counts_like_none() -> None:
    assert values_of("ab", {"a": -1, "b": 1}) == values_of("ab", {"a": 0, "b": 1}) == values_of("ab", {"b": 1})


def test_reciprocal_rank_sees_ten_documents() -> None:
    assert values_of("xxxxxxxxxa", {"a": 1})["RR@10"] == 0.1
    assert values_of("xxxxxxxxxxa", {"a": 1})["RR@10"] == 0


def test_a_topic_that_the_run_lacks_counts_as_0() -> None:
    values = evaluate_run({"1": [ScoredDocument("a", 1.0)]}, {"1": {"a": 1}, "2": {"a": 1}}, ["1", "2"])
    assert means(values)["RR@10"] == 0.5


def random_collection(rng: random.Random) -> tuple[JudgedGrades, Scores]:
    """Qrels and scores of 30 topics, with ties; some topics have no results or no relevant documents."""
    documents = [f"d{number}" for number in range(150)] + ["ñandú", "Zeta", "𝄞"]
    qrels, scores = {}, {}
    for topic in map(str, range(30)):
        judged = rng.sample(documents, rng.randint(1, 60))
        highest = rng.choice([0, 1, 1, 3])
        qrels[topic] = {document: rng.randint(0, highest) for document in judged}
        if rng.random() < 0.9:
            levels = rng.choice([3, 20, 10_000])
            found = rng.sample(documents, rng.randint(1, DEPTH))
            scores[topic] = {document: rng.randint(1, levels) / 7 for document in found}
    return qrels, scores


@pytest.mark.parametrize("seed", range(20))
def test_the_values_are_those_of_ir_measures(seed: int) -> None:
    ir_measures = pytest.importorskip("ir_measures", reason=_NO_IR_MEASURES)
    qrels, scores = random_collection(random.Random(seed))
    run = {topic: rank_by_score(of_topic) for topic, of_topic in scores.items()}
    # RR@10 of ir-measures breaks ties unlike trec_eval and all its other measures; its RR does not.
    reference_names = {**_REFERENCE_NAMES, "RR@10": "RR"}
    names = {ir_measures.parse_measure(reference_names[name]): name for name in MEASURES}
    values = evaluate_run(run, qrels, list(qrels))
    for metric in ir_measures.iter_calc(list(names), qrels, scores):
        name = names[metric.measure]
        expected = 0 if name == "RR@10" and metric.value < 0.1 else metric.value
        assert values[metric.query_id][name] == pytest.approx(expected, abs=5e-5), (metric.query_id, name)


@pytest.mark.parametrize("seed", range(5))
def test_the_means_of_a_written_run_are_those_of_ir_measures(seed: int, tmp_path: Path) -> None:
    ir_measures = pytest.importorskip("ir_measures", reason=_NO_IR_MEASURES)
    qrels, scores = random_collection(random.Random(seed))
    run = {topic: without_ties(rank_by_score(of_topic)) for topic, of_topic in scores.items()}
    write_run(run, tmp_path / "written.run")
    measures = {name: ir_measures.parse_measure(_REFERENCE_NAMES[name]) for name in MEASURES}
    written = ir_measures.read_trec_run(str(tmp_path / "written.run"))
    expected = ir_measures.calc_aggregate(list(measures.values()), qrels, written)
    found = means(evaluate_run(run, qrels, list(qrels)))
    assert found == pytest.approx({name: expected[measure] for name, measure in measures.items()}, abs=5e-5)


def test_the_order_of_a_run_file_is_that_of_its_scores(tmp_path: Path) -> None:
    file = tmp_path / "a.run"
    file.write_text("1 Q0 a 1 0.5 x\n1 Q0 b 2 0.5 x\n1 Q0 c 3 1e0 x\n", encoding="utf-8")
    assert [document.id for document in read_run(file)["1"]] == ["c", "b", "a"]


def test_names_of_means() -> None:
    assert [mean_name(name) for name in MEASURES] == ["nDCG@10", "MRR@10", "P@5", "P@10", "recall@100", "MAP"]
