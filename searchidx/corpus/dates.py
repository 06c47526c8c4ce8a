"""Which calendar date does a text name?"""

from __future__ import annotations

import datetime as dt
import re

_MONTH_NAMES = (
    ("ene", "enero", "jan", "january"),
    ("feb", "febrero", "february"),
    ("mar", "marzo", "march"),
    ("abr", "abril", "apr", "april"),
    ("may", "mayo"),
    ("jun", "junio", "june"),
    ("jul", "julio", "july"),
    ("ago", "agosto", "aug", "august"),
    ("sep", "sept", "set", "septiembre", "setiembre", "september"),
    ("oct", "octubre", "october"),
    ("nov", "noviembre", "november"),
    ("dic", "diciembre", "dec", "december"),
)
MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names}
"""Month names and abbreviations, Spanish and English, in lower case, to 1-12."""

MONTH_PATTERN = "|".join(sorted(MONTHS, key=len, reverse=True))

_FORMS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)(?:[T ].*)?"),
    re.compile(r"(?P<year>\d{4})/(?P<month>\d\d?)/(?P<day>\d\d?)(?: .*)?"),
    re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:T.*)?"),
    re.compile(r"(?P<day>\d\d?)(?P<stop>[-/.])(?P<month>\d\d?)(?P=stop)(?P<year>\d{4})(?: .*)?"),
    re.compile(
        r"(?:\w+,? )?(?P<day>\d\d?)[º°.]? (?:de )?(?P<name>MONTH)\.?,? (?:del? )?(?P<year>\d{4})(?:\W.*)?".replace(
            "MONTH", MONTH_PATTERN
        ),
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:\w+,? )?(?P<name>{MONTH_PATTERN})\.? (?P<day>\d\d?),? (?P<year>\d{{4}})(?:\W.*)?", re.IGNORECASE
    ),
)


def parse_date(text: str) -> dt.date | None:
    """The date that the text begins with, None when it is none.

    ISO 8601, day/month/year, or in words. Of an instant, the date as written: it is not moved to another
    time zone. A month without a day is no date.
    """
    text = text.strip()
    for form in _FORMS:
        match = form.fullmatch(text)
        if match:
            parts = match.groupdict()
            month = MONTHS[parts["name"].lower()] if "name" in parts else int(parts["month"])
            return calendar_date(int(parts["year"]), month, int(parts["day"]))
    return None


def calendar_date(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None when the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
