"""Filters by value and date, and facets that ignore the filter of their own field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from searchidx.errors import QueryError, UnknownFieldError
from searchidx.index import Index
from searchidx.model.results import Results
from searchidx.query.dates.periods import period_days

FACETS = ("source", "place", "year", "month")

RECORDS = [
    {"id": "a", "text": "gas", "source": "EFE", "place": "Moscú", "date": "2025-11-12"},
    {"id": "b", "text": "gas", "source": "EFE", "place": "Astaná", "date": "2025-10-01"},
    {"id": "c", "text": "gas", "source": "Tass", "place": "Moscú", "date": "2024-11-30"},
    {"id": "d", "text": "gas", "source": "Tass", "place": "Astaná", "date": "2023-02-28"},
    {"id": "e", "text": "gas", "source": "Año", "place": "Moscú"},
    {"id": "f", "text": "petróleo", "source": "Tass", "place": "Lima", "date": "2025-11-12"},
]


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    folder = tmp_path_factory.mktemp("dated")
    path: Path = folder / "made.jsonl"
    path.write_text("\n".join(map(json.dumps, RECORDS)), encoding="utf-8")
    with Index.create(folder / "index") as index:
        index.sync(path)
        yield index


def ids(results: Results) -> str:
    return "".join(sorted(hit.id for hit in results.hits))


def counts(results: Results, facet: str) -> dict[str, int]:
    return {each.value: each.count for each in results.facets[facet]}


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"year": ["2025"]}, "ab"),
        ({"year": ["2025", "2023"]}, "abd"),
        ({"month": ["2025-11"]}, "a"),
        ({"month": ["2025-11", "2024-11"]}, "ac"),
        ({"year": ["2025"], "month": ["2025-11"]}, "a"),
        ({"year": ["2025", "2023"], "month": ["2025-11"]}, "ad"),
        ({"year": ["2025"], "source": ["Tass"]}, ""),
        ({"year": []}, ""),
        ({"source": []}, ""),
        ({"year": ["1999"]}, ""),
    ],
)
def test_years_and_months_are_one_field_of_which_any_value_passes(
    dated: Index, filters: dict[str, list[str]], expected: str
) -> None:
    assert ids(dated.search("gas", filters=filters)) == expected


def test_since_and_until_are_both_included(dated: Index) -> None:
    assert ids(dated.search("gas", since=date(2025, 10, 1), until=date(2025, 11, 12))) == "ab"
    assert ids(dated.search("gas", since=date(2025, 10, 2))) == "a"
    assert ids(dated.search("gas", until=date(2024, 11, 29))) == "d"
    assert ids(dated.search("gas")) == "abcde"


def test_paragraphs_are_narrowed_too(dated: Index) -> None:
    results = dated.search("gas", level="paragraph", filters={"year": ["2025"]}, facets=FACETS)

    assert sorted(hit.id for hit in results.hits) == ["a#p1", "b#p1"]
    assert counts(results, "year") == {"2025": 2, "2024": 1, "2023": 1}


def test_a_facet_does_not_feel_its_own_filter_but_the_others_do(dated: Index) -> None:
    results = dated.search("gas", filters={"source": ["EFE"]}, facets=FACETS)

    assert results.total == 2
    assert counts(results, "source") == {"EFE": 2, "Tass": 2, "Año": 1}
    assert counts(results, "place") == {"Moscú": 1, "Astaná": 1}
    assert counts(results, "year") == {"2025": 2}


def test_with_two_filters_each_facet_feels_the_other_one(dated: Index) -> None:
    results = dated.search("gas", filters={"source": ["EFE"], "place": ["Moscú"]}, facets=FACETS)

    assert counts(results, "source") == {"EFE": 1, "Tass": 1, "Año": 1}
    assert counts(results, "place") == {"Moscú": 1, "Astaná": 1}
    assert counts(results, "month") == {"2025-11": 1}


def test_year_and_month_do_not_feel_one_another(dated: Index) -> None:
    results = dated.search("gas", filters={"month": ["2025-11"]}, facets=FACETS)

    assert counts(results, "year") == {"2025": 2, "2024": 1, "2023": 1}
    assert counts(results, "month") == {"2025-11": 1, "2025-10": 1, "2024-11": 1, "2023-02": 1}
    assert counts(results, "source") == {"EFE": 1}


def test_every_facet_feels_since_and_until(dated: Index) -> None:
    results = dated.search("gas", since=date(2024, 1, 1), filters={"year": ["2025"]}, facets=FACETS)

    assert counts(results, "year") == {"2025": 2, "2024": 1}


def test_counts_come_even_when_the_filters_leave_nothing(dated: Index) -> None:
    results = dated.search("gas", filters={"source": ["nadie"]}, facets=("source", "place"))

    assert (results.total, counts(results, "place")) == (0, {})
    assert counts(results, "source") == {"EFE": 2, "Tass": 2, "Año": 1}


def test_the_counts_are_of_the_words_that_were_searched(dated: Index) -> None:
    # No document has both words, so any of them does; the counts must be of that search.
    results = dated.search("gas petróleo", filters={"source": ["EFE"]}, facets=("source",))

    assert (results.match, counts(results, "source")) == ("any", {"Tass": 3, "EFE": 2, "Año": 1})


def test_facets_come_in_the_order_of_the_options(dated: Index) -> None:
    names = ("month", "source", "year")

    assert tuple(dated.search("gas", filters={"source": ["EFE"]}, facets=names).facets) == names


@pytest.mark.parametrize(
    ("filters", "parameter"),
    [
        ({"year": ["2025-11"]}, "year"),
        ({"year": ["25"]}, "year"),
        ({"year": ["0000"]}, "year"),
        ({"year": ["٢٠٢٥"]}, "year"),
        ({"year": ["2025\n"]}, "year"),
        ({"month": ["2025"]}, "month"),
        ({"month": ["2025-13"]}, "month"),
        ({"month": ["2025-1"]}, "month"),
        ({"month": [""]}, "month"),
    ],
)
def test_what_is_no_year_or_month_is_refused(dated: Index, filters: dict[str, list[str]], parameter: str) -> None:
    with pytest.raises(QueryError) as refused:
        dated.search("gas", filters=filters)
    assert refused.value.parameter == parameter


def test_days_that_end_before_they_begin_hold_nothing(dated: Index) -> None:
    results = dated.search("gas", since=date(2025, 11, 12), until=date(2025, 11, 11), facets=FACETS)

    assert (results.total, counts(results, "year")) == (0, {})


def test_a_filter_of_no_field_names_those_that_are(dated: Index) -> None:
    with pytest.raises(UnknownFieldError) as refused:
        dated.search("gas", filters={"day": ["2025-11-12"]})
    assert {"source", "year", "month"} <= set(refused.value.known)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2025", (date(2025, 1, 1), date(2025, 12, 31))),
        ("2024-02", (date(2024, 2, 1), date(2024, 2, 29))),
        ("2025-11-12", (date(2025, 11, 12), date(2025, 11, 12))),
        ("9999-12", (date(9999, 12, 1), date(9999, 12, 31))),
        ("2025-02-30", None),
        ("0000", None),
        ("2025-11-12T00:00", None),
        ("", None),
        ("ayer", None),
    ],
)
def test_a_period_is_a_year_a_month_or_a_day(text: str, days: tuple[date, date] | None) -> None:
    assert period_days(text) == days
