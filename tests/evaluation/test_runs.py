"""Runs keep their order in files, whatever their scores."""

from __future__ import annotations

from array import array
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.evaluation.relevance.runs import (
    DEPTH,
    ScoredDocument,
    UnwritableIdError,
    read_run,
    without_ties,
    write_run,
)


def ranking_of(*scores: float) -> list[ScoredDocument]:
    return [ScoredDocument(f"d{number}", score) for number, score in enumerate(scores)]


@given(st.lists(st.floats(-1e6, 1e6), max_size=DEPTH))
def test_without_ties_each_score_is_lower_than_the_one_before(scores: list[float]) -> None:
    ranking = ranking_of(*sorted(scores, reverse=True))
    changed = without_ties(ranking)
    assert [document.id for document in changed] == [document.id for document in ranking]
    rounded = array("f", [document.score for document in changed])
    assert all(before > after for before, after in pairwise(rounded))


def test_scores_without_ties_stay() -> None:
    ranking = ranking_of(7.3, 2.5, 0.25)
    assert without_ties(ranking) == ranking


def test_ties_come_back_from_a_file_in_their_order(tmp_path: Path) -> None:
    ranking = ranking_of(3.5, 3.5, 3.5, 1.0, 0.0, 0.0)
    write_run({"1": without_ties(ranking)}, tmp_path / "a.run")
    assert [each.id for each in read_run(tmp_path / "a.run")["1"]] == ["d0", "d1", "d2", "d3", "d4", "d5"]


def test_an_id_may_contain_spaces_but_no_tab(tmp_path: Path) -> None:
    file = tmp_path / "a.run"
    write_run({"1": [ScoredDocument("mi carpeta/año 1.txt", 1.5)]}, file)
    assert file.read_text(encoding="utf-8") == "1\tQ0\tmi carpeta/año 1.txt\t1\t1.5\tsearchidx\n"
    assert read_run(file) == {"1": [ScoredDocument("mi carpeta/año 1.txt", 1.5)]}
    with pytest.raises(UnwritableIdError, match="has a tab"):
        write_run({"1": [ScoredDocument("a\tb", 1.5)]}, file)


def test_only_the_best_hundred_of_a_file_count(tmp_path: Path) -> None:
    file = tmp_path / "a.run"
    file.write_text("".join(f"1 Q0 d{rank} {rank} {-rank} x\n" for rank in range(1, 151)), encoding="utf-8")
    ranking = read_run(file)["1"]
    assert (len(ranking), ranking[0].id, ranking[-1].id) == (DEPTH, "d1", "d100")
