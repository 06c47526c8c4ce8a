"""Which days a written date means, today being Wednesday 12 November 2025."""

from __future__ import annotations

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchidx.query.ast import to_text
from searchidx.query.dates.date_ranges import (
    TypedDateRange,
    read_dates,
)
from searchidx.query.parsing.parser import parse

TODAY = date(2025, 11, 12)

DATES = [
    ("12/11/2025", "2025-11-12"),
    ("12-11-2025", "2025-11-12"),
    ("12.11.2025", "2025-11-12"),
    ("1/2/2025", "2025-02-01"),
    ("12/11/25", "2025-11-12"),
    ("11/25/2025", "2025-11-25"),
    ("2025/11/12", "2025-11-12"),
    ("11/2025", "[2025-11-01 a 2025-11-30]"),
    ("noviembre de 2025", "[2025-11-01 a 2025-11-30]"),
    ("Noviembre del 2025", "[2025-11-01 a 2025-11-30]"),
    ("nov. 2025", "[2025-11-01 a 2025-11-30]"),
    ("febrero de 2024", "[2024-02-01 a 2024-02-29]"),
    ("setiembre 2025", "[2025-09-01 a 2025-09-30]"),
    ("November 2025", "[2025-11-01 a 2025-11-30]"),
    ("12 de noviembre de 2025", "2025-11-12"),
    ("12 nov 2025", "2025-11-12"),
    ("12-nov-2025", "2025-11-12"),
    ("1º de mayo de 2025", "2025-05-01"),
    ("el 1 de mayo del 2025", "2025-05-01"),
    ("martes, 11 de noviembre de 2025", "2025-11-11"),
    ("November 12, 2025", "2025-11-12"),
    ("12th of November 2025", "2025-11-12"),
    ("12 de noviembre", "2025-11-12"),
    ("13 de noviembre", "2024-11-13"),
    ("noviembre", "[2025-11-01 a 2025-11-30]"),
    ("diciembre", "[2024-12-01 a 2024-12-31]"),
    ("noviembre pasado", "[2024-11-01 a 2024-11-30]"),
    ("hoy", "2025-11-12"),
    ("AYER", "2025-11-11"),
    ("anteayer", "2025-11-10"),
    ("antes de ayer", "2025-11-10"),
    ("yesterday", "2025-11-11"),
    ("the day before yesterday", "2025-11-10"),
    ("lunes", "2025-11-10"),
    ("el lunes pasado", "2025-11-10"),
    ("esta semana", "[2025-11-10 a 2025-11-16]"),
    ("la semana pasada", "[2025-11-03 a 2025-11-09]"),
    ("semana pasada", "[2025-11-03 a 2025-11-09]"),
    ("la pasada semana", "[2025-11-03 a 2025-11-09]"),
    ("last week", "[2025-11-03 a 2025-11-09]"),
    ("este mes", "[2025-11-01 a 2025-11-30]"),
    ("el mes pasado", "[2025-10-01 a 2025-10-31]"),
    ("last month", "[2025-10-01 a 2025-10-31]"),
    ("este año", "[2025-01-01 a 2025-12-31]"),
    ("el año pasado", "[2024-01-01 a 2024-12-31]"),
    ("últimos 7 días", "[2025-11-06 a 2025-11-12]"),
    ("los ultimos siete dias", "[2025-11-06 a 2025-11-12]"),
    ("último mes", "[2025-10-13 a 2025-11-12]"),
    ("last 7 days", "[2025-11-06 a 2025-11-12]"),
    ("past week", "[2025-11-06 a 2025-11-12]"),
    ("hace 3 días", "2025-11-09"),
    ("3 days ago", "2025-11-09"),
    ("hace dos meses", "[2025-09-01 a 2025-09-30]"),
    ("hace un año", "[2024-01-01 a 2024-12-31]"),
    ("3 al 5 de noviembre de 2025", "[2025-11-03 a 2025-11-05]"),
    ("del 3 al 5 de noviembre de 2025", "[2025-11-03 a 2025-11-05]"),
    ("28 de octubre al 5 de noviembre de 2024", "[2024-10-28 a 2024-11-05]"),
    ("enero a marzo de 2024", "[2024-01-01 a 2024-03-31]"),
    ("noviembre de 2025 a enero de 2026", "[2025-11-01 a 2026-01-31]"),
    ("12/11/2025 a 15/11/2025", "[2025-11-12 a 2025-11-15]"),
    ("12.11.2025..15.11.2025", "[2025-11-12 a 2025-11-15]"),
    ("2025-11-01 - 2025-11-05", "[2025-11-01 a 2025-11-05]"),
    ("ayer a hoy", "[2025-11-11 a 2025-11-12]"),
    ("hace un mes hasta hoy", "[2025-10-12 a 2025-11-12]"),
]


@pytest.mark.parametrize(("value", "days"), DATES)
@pytest.mark.parametrize("written", ["fecha:[{}]", 'fecha:"{}"', "fecha:({})"])
def test_a_date_as_people_write_it(value: str, days: str, written: str) -> None:
    parsed = parse(written.format(value), today=lambda: TODAY)
    assert (to_text(parsed.root), parsed.warnings) == (f"fecha:{days}", ())


BARE = [each for each in DATES if not each[0].startswith(("del ", "el 1"))]
"""Without quotes, `del` and `el` before a day may as well belong to the query."""


@pytest.mark.parametrize(("value", "days"), BARE)
def test_a_date_that_is_one_beyond_doubt_needs_no_quotes(value: str, days: str) -> None:
    parsed = parse(f"gas fecha:{value}, Rusia", today=lambda: TODAY)
    assert (to_text(parsed.root), parsed.warnings) == (f"gas fecha:{days} Rusia", ())


@pytest.mark.parametrize(
    ("query", "meaning"),
    [
        ("fecha:ayer gas", "fecha:2025-11-11 gas"),
        ("fecha:ayer a Rusia", "fecha:2025-11-11 a Rusia"),
        ("fecha:2025 a 100 km", "fecha:[2025-01-01 a 2025-12-31] a 100 km"),
        ("fecha:noviembre gas 2025", "fecha:[2025-11-01 a 2025-11-30] gas 2025"),
        ("fecha:mayo marido", "fecha:[2025-05-01 a 2025-05-31] marido"),
        ("desde:noviembre de 2025 hasta:hoy", "desde:2025-11-01 hasta:2025-11-12"),
        ("fecha:hace 2 semanas.. gas", "desde:2025-10-29 gas"),
        ("(fecha:la semana pasada) O paz", "fecha:[2025-11-03 a 2025-11-09] O paz"),
        ("fecha: 12 de noviembre de 2025; paz", "fecha:2025-11-12 paz"),
    ],
)
def test_a_date_without_quotes_ends_where_the_query_goes_on(query: str, meaning: str) -> None:
    parsed = parse(query, today=lambda: TODAY)
    assert (to_text(parsed.root), parsed.warnings) == (meaning, ())


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("noviembre de 2025", date(2025, 11, 1), date(2025, 11, 30)),
        ("la semana pasada", date(2025, 11, 3), date(2025, 11, 9)),
        ("últimos 7 días", date(2025, 11, 6), date(2025, 11, 12)),
        ("hace dos meses", date(2025, 9, 12), date(2025, 9, 12)),
        ("a week ago", date(2025, 11, 5), date(2025, 11, 5)),
        ("12/11/2025", date(2025, 11, 12), date(2025, 11, 12)),
    ],
)
def test_desde_is_from_the_first_day_and_hasta_to_the_last(value: str, first: date, last: date) -> None:
    assert read_dates("since", value, lambda: TODAY) == TypedDateRange(first, None)
    assert read_dates("until", value, lambda: TODAY) == TypedDateRange(None, last)


@pytest.mark.parametrize(
    "value",
    [
        *("Navidad", "a", "12", "14:30", "31/02/2025", "30 de febrero de 2025", "12/2025/11", "1/2-2025"),
        *("hace 9999 años", "últimos 7 perros", "12 de noviembre de 2025 gas", "x" * 500, "9" * 500),
        *("noviembre a perro", "* a *", "3 a perro", "ayer a hoy a mañana", "1.2", "12345/1/1", "ayer " * 90),
    ],
)
def test_what_is_no_date_is_none(value: str) -> None:
    assert read_dates("date", value, lambda: TODAY) is None


def test_a_range_from_late_to_early_is_turned_round() -> None:
    assert read_dates("date", "hoy a ayer", lambda: TODAY) == TypedDateRange(
        date(2025, 11, 11), TODAY, swapped=True
    )


def test_today_is_asked_when_the_query_is_read() -> None:
    days = iter([date(2025, 1, 1), date(2026, 3, 1)])
    assert read_dates("date", "ayer", lambda: next(days)) == TypedDateRange(date(2024, 12, 31), date(2024, 12, 31))
    assert read_dates("date", "ayer", lambda: next(days)) == TypedDateRange(date(2026, 2, 28), date(2026, 2, 28))
    assert parse("fecha:hoy").warnings == ()


def test_the_date_library_is_loaded_only_for_a_date_in_words() -> None:
    code = (
        "import sys; from searchidx.query.parsing.parser import parse\n"
        "for query in ['gas* ^2', 'fecha:2025-11', 'desde:12/11/2025']: parse(query)\n"
        "assert 'dateparser' not in sys.modules\n"
        "parse('fecha:ayer'); assert 'dateparser' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


MONTHS = [
    "enero",
    "febrero",
    "marzo",
    "abril",
    "mayo",
    "junio",
    "julio",
    "agosto",
    "septiembre",
    "octubre",
    "noviembre",
    "diciembre",
]


@given(st.dates(date(1000, 1, 1)))
@settings(deadline=None)
def test_each_day_can_be_written_in_many_ways(day: date) -> None:
    month = MONTHS[day.month - 1]
    written = [
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day:02}.{day.month:02}.{day.year}",
        f"{day.day} de {month} de {day.year}",
        f"{day.day} {month[:3]} {day.year}",
    ]
    assert {read_dates("date", each, lambda: TODAY) for each in written} == {TypedDateRange(day, day)}
    whole = {read_dates("date", each, lambda: TODAY) for each in (f"{day:%Y-%m}", f"{month} de {day.year}")}
    assert len(whole) == 1


PIECES = "de del a al hace último 3 7 días semana pasada mes año 2025 2025-11 noviembre nov. ayer hoy"
PIECES += " .. * / - 12/11 º ago last"


@given(st.one_of(st.text(max_size=70), st.lists(st.sampled_from(PIECES.split())).map(" ".join)), st.dates())
@settings(deadline=None)
def test_any_value_is_read_or_none(value: str, today: date) -> None:
    for field in ("date", "since", "until"):
        days = read_dates(field, value, lambda: today)
        assert days is None or days.first is None or days.last is None or days.first <= days.last
