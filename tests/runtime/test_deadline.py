"""Does a search stop when its time is over?"""

from __future__ import annotations

from contextlib import ExitStack
from threading import Thread

import pytest

from searchidx.engines.contract import EngineRequest, EngineResult
from searchidx.errors import SearchTimeoutError
from searchidx.index import Index
from searchidx.runtime.deadline import (
    check_time,
    time_limit,
)


def test_a_search_without_time_is_given_up(seeds: Index) -> None:
    with time_limit(0), pytest.raises(SearchTimeoutError) as late:
        seeds.search("Putin")
    assert late.value.seconds == 0


def test_everything_else_that_takes_time_is_given_up_too(seeds: Index) -> None:
    with time_limit(0), pytest.raises(SearchTimeoutError):
        seeds.suggest("kaz")
    with time_limit(0), pytest.raises(SearchTimeoutError):
        seeds.similar("001_b6d178efe64e1b6c.txt")
    with time_limit(0), pytest.raises(SearchTimeoutError):
        seeds.matched_document("001_b6d178efe64e1b6c.txt", "gas")


@pytest.mark.parametrize(("later_call", "explain"), [("best_paragraphs", False), ("scores", True)])
def test_time_is_checked_before_each_later_call_of_the_engine(
    seeds: Index, monkeypatch: pytest.MonkeyPatch, later_call: str, explain: bool
) -> None:
    with seeds._readers._current() as reader, ExitStack() as limits:
        engine_search = reader.engine.search

        def search_past_the_limit(request: EngineRequest) -> EngineResult:
            result = engine_search(request)
            limits.enter_context(time_limit(0))
            return result

        monkeypatch.setattr(reader.engine, "search", search_past_the_limit)
        monkeypatch.setattr(reader.engine, later_call, lambda *_: pytest.fail("the time was over"))
        with time_limit(3600), pytest.raises(SearchTimeoutError):
            seeds.search("Putin", explain=explain)


@pytest.mark.parametrize("seconds", [None, 3600])
def test_a_search_within_its_time_is_answered(seeds: Index, seconds: float | None) -> None:
    with time_limit(seconds):
        assert seeds.search("Putin").total == 5


def test_afterwards_there_is_no_limit(seeds: Index) -> None:
    with pytest.raises(SearchTimeoutError), time_limit(0):
        seeds.search("Putin")
    assert seeds.search("Putin").total == 5


def test_an_inner_limit_ends_with_itself() -> None:
    with time_limit(3600):
        with time_limit(0), pytest.raises(SearchTimeoutError):
            check_time()
        check_time()


def test_a_limit_is_its_own_thread_s() -> None:
    passed: list[bool] = []

    def other() -> None:
        check_time()
        passed.append(True)

    with time_limit(0):
        thread = Thread(target=other)
        thread.start()
        thread.join()
    assert passed == [True]
