"""Periods of the calendar as days: weeks, months, years."""

from __future__ import annotations

import datetime as dt
import re

Days = tuple[dt.date, dt.date]
"""First and last day, both included."""

_period = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?\Z")


def days_of(period: str, day: dt.date) -> Days:
    """The days of the `week` (from Monday), `month` or `year` of a day; for any other period, the day itself.

    Raises OverflowError for a week that reaches beyond the end of the calendar.
    """
    match period:
        case "week":
            monday = day - dt.timedelta(days=day.weekday())
            return monday, monday + dt.timedelta(days=6)
        case "month":
            return day.replace(day=1), _last_of_month(day)
        case "year":
            return day.replace(month=1, day=1), day.replace(month=12, day=31)
        case _:
            return day, day


def days_of_numbers(numbers: list[int]) -> Days | None:
    """The days of `[year]`, `[year, month]` or `[year, month, day]`; None when the calendar has no such period."""
    year, month, day = numbers + [1] * (3 - len(numbers))
    try:
        first = dt.date(year, month, day)
    except ValueError:
        return None
    period = {1: "year", 2: "month", 3: "day"}[len(numbers)]
    return days_of(period, first)


def period_days(text: str) -> Days | None:
    """The days of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; None for any other text and for dates not in the calendar."""
    return days_of_numbers([int(part) for part in text.split("-")]) if _period.match(text) else None


def _last_of_month(day: dt.date) -> dt.date:
    """The last day of a month; trying its four lengths costs less than importing `calendar`."""
    for last in (31, 30, 29):
        try:
            return day.replace(day=last)
        except ValueError:
            continue
    return day.replace(day=28)
