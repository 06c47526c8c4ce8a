"""Month names and abbreviations, as dates in files and in queries read them."""

from __future__ import annotations

import re

import pytest

from searchidx.analysis.languages.months import MONTH_NUMBERS, MONTH_PATTERN
from searchidx.corpus.dates import parse_date
from searchidx.query.dates.patterns import MONTH

BEGINNINGS = sorted({name[:length] for name in MONTH_NUMBERS for length in range(1, len(name))} - {*MONTH_NUMBERS})


@pytest.mark.parametrize("name", MONTH_NUMBERS)
def test_files_and_queries_read_the_same_names(name: str) -> None:
    for written in (name, name.upper(), f"{name.title()}."):
        assert re.fullmatch(MONTH, written, re.IGNORECASE)
        date = parse_date(f"12 de {written} de 2025")
        assert date is not None
        assert date.month == MONTH_NUMBERS[name]


@pytest.mark.parametrize("written", [*BEGINNINGS, "mayos", "ene..", "1"])
def test_neither_reads_a_part_of_a_name(written: str) -> None:
    assert re.fullmatch(MONTH, written, re.IGNORECASE) is None
    assert parse_date(f"12 de {written} de 2025") is None


def test_a_longer_name_is_tried_before_its_abbreviation() -> None:
    names = MONTH_PATTERN.split("|")
    assert not any(later.startswith(name) for place, name in enumerate(names) for later in names[place + 1 :])
