"""Dates in words: *noviembre de 2025*, *la semana pasada*, *3 days ago*.

The library dateparser, imported (0.2 s) for the first such date, knows the names and counts back. In Spanish it
reads *hace 2 semanas*, but neither *semana pasada* nor *hace dos semanas* nor *últimos 7 días*: these are
rewritten into words that it knows. It gives one moment and a period, which become the first and the last day here.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from searchidx.query.dates.patterns import (
    COUNTS,
    MONTH,
    UNIT,
    WEEKDAY,
)
from searchidx.query.dates.periods import (
    Days,
    days_of,
)

_MAX_LENGTH = 60
"""Characters of a date in words; the longest that people write have half as many."""

_readable = re.compile(r"(?=.*[^\W\d_]{3})[^\W_][\w\s.,ºª°/-]*\Z")
_REWRITES = [
    (r"\A(?:(?:el|la|los|las|the)\s+)+(?!day before)", ""),
    (r"\b(?:antes\s+de\s+ayer|antier)\b", "anteayer"),
    (r"(?<=[0-9])\.?[ºª°]", ""),
    (r"\bprimero(?=\s+de\b)", "1"),
    (rf"\A({UNIT}|{WEEKDAY}|{MONTH})\s+(?:pasad[oa]|anterior)\Z", r"last \1"),
    (rf"\A(?:pasad[oa]|previous)\s+({UNIT}|{WEEKDAY}|{MONTH})\Z", r"last \1"),
]
"""Expressions that dateparser does not know → expressions that it knows, or that are read below."""

_LAST_PERIODS = rf"(?:[uú]ltim[oa]s?|past|last(?=\s+[0-9]))\s+(?:([0-9]{{1,4}})\s+)?({UNIT})"
_LAST_PERIOD = rf"last\s+(?:({UNIT})|({WEEKDAY})|({MONTH}))"
_COUNTED_BACK = r"hace\s.*|.*\sago"
"""Texts, which `re` compiles when the first date in words is read."""

_SPANISH = dict(
    zip(
        ("day", "days", "week", "weeks", "month", "months", "year", "years"),
        ("día", "días", "semana", "semanas", "mes", "meses", "año", "años"),
        strict=True,
    )
)


def read_written(text: str, today: Callable[[], dt.date], *, as_end: bool) -> Days | None:
    """First and last day of a date in words; None when the text is no date.

    A day without a year is the most recent such day. A date that is counted back (*hace dos meses*) means the
    whole period that is reached; as the end of a range (`as_end`), only the day.
    """
    if len(text) > _MAX_LENGTH or not _readable.match(text):
        return None
    try:
        return _read(_rewrite(text), today(), as_end)
    except OverflowError:  # beyond the end of the calendar
        return None


def _rewrite(text: str) -> str:
    text = " ".join(text.lower().split())
    for pattern, replacement in _REWRITES:
        text = re.sub(pattern, replacement, text)
    return " ".join(COUNTS.get(word, word) for word in text.split())


def _read(text: str, today: dt.date, as_end: bool) -> Days | None:
    if last_periods := re.fullmatch(_LAST_PERIODS, text):
        count, unit = last_periods.groups()
        start = _parse(f"hace {count or 1} {_SPANISH.get(unit, unit)}", today)
        return (min(start[0] + dt.timedelta(days=1), today), today) if start else None
    last = re.fullmatch(_LAST_PERIOD, text)
    if last:
        unit, weekday, month = last.groups()
        text = f"hace 1 {_SPANISH.get(unit, unit)}" if unit else weekday or month
    parsed = _parse(text, today)
    if not parsed:
        return None
    day, period = parsed
    if as_end and not last and re.fullmatch(_COUNTED_BACK, text):
        return day, day
    if last and last[3] and (day.year, day.month) == (today.year, today.month):
        day = day.replace(year=day.year - 1, day=1)
    return days_of(period, day)


def _parse(text: str, today: dt.date) -> tuple[dt.date, str] | None:
    """A day and the period that is meant (`day`, `week`, `month` or `year`), as dateparser reads the text."""
    from dateparser.date import DateDataParser  # 0.2 s, and few queries have a date in words

    settings = {
        "RELATIVE_BASE": dt.datetime.combine(today, dt.time.min),
        "PREFER_DATES_FROM": "past",
        "DATE_ORDER": "DMY",
    }
    try:
        parsed = DateDataParser(languages=["es", "en"], settings=settings).get_date_data(text)
    except (ValueError, OverflowError):
        return None
    return (parsed.date_obj.date(), str(parsed.period)) if parsed.date_obj else None
