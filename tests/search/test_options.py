"""Search options: one record for Python, given whole or as keywords."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest

from searchidx.errors import QueryError, UnknownFieldError
from searchidx.index import Index
from searchidx.model.results import Results
from searchidx.search.options import MAX_PER_PAGE, SearchKeywords, SearchOptions

OPTIONS = SearchOptions(level="paragraph", per_page=3, sort="-date", facets=("source",), variants=False)


def without_time(results: Results) -> Results:
    return replace(results, took_ms=0.0)


def test_the_keywords_are_the_fields_of_the_options() -> None:
    assert set(SearchKeywords.__annotations__) == {each.name for each in fields(SearchOptions)}
    types = {each.name: each.type for each in fields(SearchOptions)}
    assert {name: hint.__forward_arg__ for name, hint in SearchKeywords.__annotations__.items()} == types


def test_options_and_keywords_give_the_same_results(seeds: Index) -> None:
    by_options = seeds.search("Rusia gas", OPTIONS)
    by_keywords = seeds.search(
        "Rusia gas", level="paragraph", per_page=3, sort="-date", facets=("source",), variants=False
    )
    by_both = seeds.search("Rusia gas", replace(OPTIONS, per_page=7, sort="date"), per_page=3, sort="-date")
    assert without_time(by_options) == without_time(by_keywords) == without_time(by_both)
    assert len(by_options.hits) == 3


def test_no_options_are_the_default_options(seeds: Index) -> None:
    assert without_time(seeds.search("gas")) == without_time(seeds.search("gas", SearchOptions()))


def test_an_unknown_keyword_is_an_error(seeds: Index) -> None:
    with pytest.raises(TypeError, match="colour"):
        seeds.search("gas", colour="red")  # type: ignore[call-arg]


@pytest.mark.parametrize(
    ("options", "parameter"),
    [
        (SearchOptions(page=0), "page"),
        (SearchOptions(per_page=0), "per_page"),
        (SearchOptions(per_page=MAX_PER_PAGE + 1), "per_page"),
        (SearchOptions(page=101, per_page=100), "page"),
        (SearchOptions(level="word"), "level"),  # type: ignore[arg-type]
        (SearchOptions(sort="size"), "sort"),  # type: ignore[arg-type]
        (SearchOptions(filters={"year": ["25"]}), "year"),
    ],
)
def test_an_option_out_of_range_is_refused_by_name(options: SearchOptions, parameter: str) -> None:
    with pytest.raises(QueryError) as refused:
        options.check()
    assert refused.value.parameter == parameter


@pytest.mark.parametrize(
    "options", [SearchOptions(filters={"colour": ["red"]}), SearchOptions(facets=("colour",))]
)
def test_an_unknown_field_is_refused(options: SearchOptions) -> None:
    with pytest.raises(UnknownFieldError, match="colour"):
        options.check()
