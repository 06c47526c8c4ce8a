"""Dates and ranges of dates: the values of `fecha:`, `desde:` and `hasta:`.

A date is ISO 8601 in one of three widths (`2025-11-12`, `2025-11`, `2025`), in figures with the day first
(`12/11/2025`; with the month first where only that gives a date), or in words (`written_dates`). A range is two
dates with `a`, `al`, `hasta`, `to`, a dash between spaces or `..` between them; `*` is an open end, and so is a
missing date before or after `..`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from searchidx.query.dates.patterns import (
    DAY_AND_MONTH,
    DAY_NAMES,
    MONTH,
    PHRASE,
)
from searchidx.query.dates.periods import (
    Days,
    days_of_numbers,
)
from searchidx.query.dates.written_dates import read_written

_ISO = r"[0-9]{4}(?:-[0-9]{1,2}(?:-[0-9]{1,2})?)?"
_FIGURES = r"[0-9]{1,4}([/.-])(?:[0-9]{1,2}(?:\1[0-9]{1,4})?|[0-9]{4})"
_BETWEEN = r"\s*\.\.\s*|\s+(?:al?|hasta|to|[-–—])\s+"

_iso = re.compile(rf"{_ISO}\Z")
_figures = re.compile(rf"{_FIGURES}\Z")
_between = re.compile(_BETWEEN, re.IGNORECASE)
_article = re.compile(r"el\s+", re.IGNORECASE)
_from = re.compile(r"(?:del?|desde|from)\s+(?:el\s+)?", re.IGNORECASE)

_OPEN = ("", "*")
_Today = Callable[[], dt.date]


@dataclass(frozen=True, slots=True)
class TypedDateRange:
    """Days from `first` to `last`, both included; None is an open end, at one side at most."""

    first: dt.date | None
    last: dt.date | None
    swapped: bool = False  # it was written with the later end first


@cache
def _unquoted() -> re.Pattern[str]:
    """A date alone or at one end of a range; compiled for the first query with a date, since few have one."""
    return re.compile(
        rf"(?:{PHRASE}|[0-9]+(?:[/.-][0-9]+){{1,2}}|[0-9]{{4}}|(?P<day>[0-9]{{1,2}})|{MONTH}|{DAY_NAMES}|\*)(?!\w)",
        re.IGNORECASE,
    )


def unquoted_end(text: str, start: int) -> int:
    """The end of a range or of a date of several words that begins at `start`; `start` when there is none.

    These may stand after a field without brackets or quotes.
    """
    first = _unquoted().match(text, start)
    if not first:
        return start
    between = _between.match(text, first.end())
    if between:
        article = _article.match(text, between.end())
        last = _unquoted().match(text, article.end() if article else between.end())
        if last and not last["day"]:
            return last.end()
        if ".." in between[0] and " " in first[0]:
            return first.end() + len(between[0].rstrip())
    return first.end() if " " in first[0] else start


def read_dates(field: str, value: str, today: _Today = dt.date.today) -> TypedDateRange | None:
    """The range that a value means in a date field, None when the value cannot be read.

    In `since` a date means its first day and later, in `until` its last day and earlier. A range means the same in
    all three fields. `today` is called only when the value depends on it.
    """
    value = value.strip()
    ends = _between.split(value)
    if len(ends) == 2:
        return _range(_from.sub("", ends[0], count=1), ends[1], today)
    days = _days(value, today, as_end=field != "date") if len(ends) == 1 else None
    if days is None:
        return None
    return TypedDateRange(None if field == "until" else days[0], None if field == "since" else days[1])


def _range(start: str, end: str, today: _Today) -> TypedDateRange | None:
    left = None if start in _OPEN else _days(_completed(start, end), today, as_end=True)
    right = None if end in _OPEN else _days(end, today, as_end=True)
    misread = (left is None and start not in _OPEN) or (right is None and end not in _OPEN)
    if misread or (left is None and right is None):
        return None
    if left is not None and right is not None and left[0] > right[1]:
        return TypedDateRange(right[0], left[1], swapped=True)
    return TypedDateRange(left[0] if left else None, right[1] if right else None)


def _completed(start: str, end: str) -> str:
    """The start of a range with the month or year of its end: *3 a 5 de mayo de 2025*, *enero a marzo de 2025*."""
    if re.fullmatch("[0-9]{1,2}", start):
        return re.sub(r"\A(?:el\s+)?[0-9]{1,2}(?=\D)", start, end, flags=re.IGNORECASE)
    year = re.search(r"\s([0-9]{4})\Z", end)
    if year and re.fullmatch(rf"{MONTH}|{DAY_AND_MONTH}", start, re.IGNORECASE):
        return f"{start} {year[1]}"
    return start


def _days(text: str, today: _Today, *, as_end: bool) -> Days | None:
    """First and last day of a date in figures or words; None when the text is no date."""
    if _iso.match(text):
        return days_of_numbers([int(part) for part in text.split("-")])
    figures = _figures.match(text)
    if not figures:
        return read_written(text, today, as_end=as_end)
    parts = text.split(figures[1])
    numbers = [int(part) for part in parts]
    if len(parts[0]) == 4:
        return days_of_numbers(numbers)
    if len(parts) == 2:
        return days_of_numbers(numbers[::-1]) if len(parts[1]) == 4 else None
    day, month, year = numbers
    year += 2000 if len(parts[2]) == 2 else 0
    return days_of_numbers([year, month, day]) or days_of_numbers([year, day, month])
