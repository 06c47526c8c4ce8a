"""Which days has a week, a month or a year?"""

from __future__ import annotations

import datetime as dt

Days = tuple[dt.date, dt.date]
"""First and last day, both included."""


def days_of(period: str, day: dt.date) -> Days:
    """The days of the `week` (from Monday), `month` or `year` in which a day is; of any other period, the day.

    A week that reaches over the end of the calendar raises OverflowError.
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
    """The days of a year, a month of it or a day of that month; None when the calendar has none."""
    try:
        first = dt.date(*[*numbers, 1, 1][:3])
    except ValueError:
        return None
    return days_of(("year", "month", "day")[len(numbers) - 1], first)


def _last_of_month(day: dt.date) -> dt.date:
    """The last day of a month, by its only four lengths: importing `calendar` costs more than this."""
    for last in (31, 30, 29):
        try:
            return day.replace(day=last)
        except ValueError:
            continue
    return day.replace(day=28)
