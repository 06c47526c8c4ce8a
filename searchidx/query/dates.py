"""Which days does the value of `fecha:`, `desde:` or `hasta:` stand for?

A date is ISO 8601 in one of three widths (`2025-11-12`, `2025-11`, `2025`) and stands for all its
days. A range is two dates with `a`, `al`, `hasta`, `to` or `..` between them; `*` is an open end, and so
is nothing beside `..`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date as Date  # noqa: N812 - as in searchidx.model

_DATE = r"[0-9]{4}(?:-[0-9]{1,2}(?:-[0-9]{1,2})?)?"
_BETWEEN = r"\s*\.\.\s*|\s+(?:al?|hasta|to)\s+"

RANGE_PATTERN = rf"(?:{_DATE}|\*)(?:{_BETWEEN})(?:{_DATE}|\*)"
"""A range that may stand without brackets (`fecha:2025-11-01 a 2025-11-30`); case-blind."""

_date = re.compile(rf"{_DATE}\Z")
_between = re.compile(_BETWEEN, re.IGNORECASE)

_OPEN = ("", "*")
_Days = tuple[Date, Date]


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `first` to `last`, both included; None is an open end, never at both."""

    first: Date | None
    last: Date | None
    swapped: bool = False  # it was written with the later end first


def read_dates(field: str, value: str) -> DateRange | None:
    """The days that a value means in a date field, None when it cannot be read.

    One date means in `since` its first day and later, in `until` its last day and earlier. A range is
    the same range in all three fields.
    """
    ends = _between.split(value.strip())
    if len(ends) == 2:
        return _range(ends)
    days = _days(value.strip()) if len(ends) == 1 else None
    if days is None:
        return None
    return DateRange(None if field == "until" else days[0], None if field == "since" else days[1])


def _range(ends: list[str]) -> DateRange | None:
    left, right = (None if end in _OPEN else _days(end) for end in ends)
    misread = any(days is None and end not in _OPEN for days, end in zip((left, right), ends, strict=True))
    if misread or (left is None and right is None):
        return None
    if left is not None and right is not None and left[0] > right[1]:
        return DateRange(right[0], left[1], swapped=True)
    return DateRange(left[0] if left else None, right[1] if right else None)


def _days(text: str) -> _Days | None:
    """First and last day of a date in one of the three widths."""
    if not _date.match(text):
        return None
    parts = [int(part) for part in text.split("-")]
    try:
        match parts:
            case [year, month, day]:
                return Date(year, month, day), Date(year, month, day)
            case [year, month]:
                return Date(year, month, 1), _last_day(year, month)
            case _:
                return Date(parts[0], 1, 1), Date(parts[0], 12, 31)
    except ValueError:
        return None


def _last_day(year: int, month: int) -> Date:
    """The last day of a month, by its only four lengths: importing `calendar` costs more than this."""
    for day in (31, 30, 29):
        try:
            return Date(year, month, day)
        except ValueError:
            continue
    return Date(year, month, 28)
