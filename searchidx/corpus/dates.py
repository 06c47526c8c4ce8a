"""Calendar dates as source files write them."""

from __future__ import annotations

import datetime as dt
import re

from searchidx.analysis.languages.months import MONTH_NUMBERS, MONTH_PATTERN

_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)(?:[T ].*)?"),
    re.compile(r"(?P<year>\d{4})/(?P<month>\d\d?)/(?P<day>\d\d?)(?: .*)?"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T.*)?"),
    re.compile(r"(?P<day>\d\d?)(?P<separator>[-/.])(?P<month>\d\d?)(?P=separator)(?P<year>\d{4})(?: .*)?"),
    re.compile(
        rf"(?:\w+,? )?(?P<day>\d\d?)[º°.]? (?:de )?(?P<name>{MONTH_PATTERN})\.?,?"
        r" (?:del? )?(?P<year>\d{4})(?:\W.*)?",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:\w+,? )?(?P<name>{MONTH_PATTERN})\.? (?P<day>\d\d?),? (?P<year>\d{{4}})(?:\W.*)?", re.IGNORECASE
    ),
)


def parse_date(text: str) -> dt.date | None:
    """The date at the start of the text; None when the text does not start with a date.

    The date is ISO 8601, day/month/year, or written in words. A timestamp gives the date as it is written: it is
    not moved to another time zone. A month without a day is not a date.
    """
    text = text.strip()
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            parts = match.groupdict()
            month = MONTH_NUMBERS[parts["name"].lower()] if "name" in parts else int(parts["month"])
            return calendar_date(int(parts["year"]), month, int(parts["day"]))
    return None


def calendar_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None when the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
