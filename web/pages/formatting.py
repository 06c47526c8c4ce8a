"""How are numbers, dates and names said to a reader, in the language of the page?"""

from __future__ import annotations

import datetime as dt

from babel.dates import format_skeleton
from flask_babel import format_date, format_decimal, get_locale, lazy_gettext

from web.i18n import language

FIELD_LABELS = {
    "source": lazy_gettext("Fuente"),
    "place": lazy_gettext("Lugar"),
    "author": lazy_gettext("Autor"),
    "language": lazy_gettext("Idioma"),
    "date": lazy_gettext("Fecha"),
    "year": lazy_gettext("Año"),
    "month": lazy_gettext("Mes"),
    "from": lazy_gettext("Desde"),
    "to": lazy_gettext("Hasta"),
}


def number(value: int) -> str:
    """English 1,234; Spanish 1234, but 12.345: four digits are not parted (RAE, Ortografía 2010, VIII.2.2.1.1)."""
    return str(value) if language() == "es" and abs(value) < 10_000 else str(format_decimal(value))


def long_date(date: dt.date) -> str:
    """`12 de noviembre de 2025`, `November 12, 2025`."""
    return str(format_date(date, "long"))


def month_name(month: str) -> str:
    """`noviembre de 2025`, `November 2025` for `2025-11`."""
    return format_skeleton("yMMMM", _first_day(month), locale=get_locale())


def month_alone(month: str) -> str:
    """`noviembre`, `November` for `2025-11`."""
    return str(format_date(_first_day(month), "LLLL"))


def period_name(period: str) -> str:
    """A month's name, or a year as it is."""
    return month_name(period) if "-" in period else period


def _first_day(month: str) -> dt.date:
    year, number_of_month = month.split("-")
    return dt.date(int(year), int(number_of_month), 1)
