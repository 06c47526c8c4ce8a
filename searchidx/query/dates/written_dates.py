"""Which days does a date mean that is written in words: *noviembre de 2025*, *la semana pasada*, *3 days ago*?

The names and the counting back are dateparser's work, imported (0.2 s) when the first such date is asked for. Of
Spanish it reads *hace 2 semanas*, but neither *semana pasada* nor *hace dos semanas* nor *últimos 7 días*: these
are put into words that it knows. Its answer is one moment and the period meant, which here becomes days.
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

_MOST = 60
"""Characters of a date in words; the longest that people write have half as many."""

_readable = re.compile(r"(?=.*[^\W\d_]{3})[^\W_][\w\s.,ºª°/-]*\Z")
_REWRITTEN = [
    (r"\A(?:(?:el|la|los|las|the)\s+)+(?!day before)", ""),
    (r"\b(?:antes\s+de\s+ayer|antier)\b", "anteayer"),
    (r"(?<=[0-9])\.?[ºª°]", ""),
    (r"\bprimero(?=\s+de\b)", "1"),
    (rf"\A({UNIT}|{WEEKDAY}|{MONTH})\s+(?:pasad[oa]|anterior)\Z", r"last \1"),
    (rf"\A(?:pasad[oa]|previous)\s+({UNIT}|{WEEKDAY}|{MONTH})\Z", r"last \1"),
]
"""What dateparser does not know → what it does, or what is read below."""

_LATEST = rf"(?:[uú]ltim[oa]s?|past|last(?=\s+[0-9]))\s+(?:([0-9]{{1,4}})\s+)?({UNIT})"
_LAST = rf"last\s+(?:({UNIT})|({WEEKDAY})|({MONTH}))"
_COUNTED_BACK = r"hace\s.*|.*\sago"
"""Kept as texts, compiled by `re` when first asked for."""


_SPANISH = dict(
    zip(
        ("day", "days", "week", "weeks", "month", "months", "year", "years"),
        ("día", "días", "semana", "semanas", "mes", "meses", "año", "años"),
        strict=True,
    )
)


def read_written(text: str, today: Callable[[], dt.date], *, as_end: bool) -> Days | None:
    """The days that a date in words means; None when it is none.

    A day without its year is the last such day. What is counted back (*hace dos meses*) is the whole period in
    which one arrives, but the one day as the end of a range.
    """
    if len(text) > _MOST or not _readable.match(text):
        return None
    try:
        return _read(_rewritten(text), today(), as_end)
    except OverflowError:  # over the end of the calendar
        return None


def _rewritten(text: str) -> str:
    text = " ".join(text.lower().split())
    for pattern, known in _REWRITTEN:
        text = re.sub(pattern, known, text)
    return " ".join(COUNTS.get(word, word) for word in text.split())


def _read(text: str, today: dt.date, as_end: bool) -> Days | None:
    if latest := re.fullmatch(_LATEST, text):
        found = _ask(f"hace {latest[1] or 1} {_SPANISH.get(latest[2], latest[2])}", today)
        return (min(found[0] + dt.timedelta(days=1), today), today) if found else None
    last = re.fullmatch(_LAST, text)
    if last:
        unit, weekday, month = last.groups()
        text = f"hace 1 {_SPANISH.get(unit, unit)}" if unit else weekday or month
    found = _ask(text, today)
    if not found:
        return None
    day, period = found
    if as_end and not last and re.fullmatch(_COUNTED_BACK, text):
        return day, day
    if last and last[3] and (day.year, day.month) == (today.year, today.month):
        day = day.replace(year=day.year - 1, day=1)
    return days_of(period, day)


def _ask(text: str, today: dt.date) -> tuple[dt.date, str] | None:
    """What dateparser says: a day and the period that was meant, `day`, `week`, `month` or `year`."""
    from dateparser.date import DateDataParser  # heavy, and few ask for it

    settings = {
        "RELATIVE_BASE": dt.datetime.combine(today, dt.time.min),
        "PREFER_DATES_FROM": "past",
        "DATE_ORDER": "DMY",
    }
    try:
        found = DateDataParser(languages=["es", "en"], settings=settings).get_date_data(text)
    except (ValueError, OverflowError):
        return None
    return (found.date_obj.date(), str(found.period)) if found.date_obj else None
