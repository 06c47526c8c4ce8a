"""The filters and functions of the templates: labels, numbers, dates, highlighted text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from babel.dates import format_skeleton
from flask import Flask
from flask_babel import format_date, get_locale, lazy_gettext
from jinja2 import StrictUndefined
from markupsafe import Markup

from searchidx import FIELDS, METADATA_FIELDS, Range, Snippet, format_number, snippet_html, strip_controls, to_html
from web.i18n import language, language_links, language_parameter
from web.urls import api_root, document_href, link_host, search_href, search_path

_PERIOD_LABELS = {
    "year": lazy_gettext("Año"),
    "month": lazy_gettext("Mes"),
    "from": lazy_gettext("Desde"),
    "to": lazy_gettext("Hasta"),
}


def set_up_templates(app: Flask) -> None:
    """Make the application's templates strict, strip control characters from what they show, and add functions."""
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.finalize = _without_controls
    environment.filters |= {
        "marked": marked,
        "snippet_marked": _snippet_marked,
        "long_date": long_date,
        "number": number,
        "link_host": link_host,
    }
    environment.globals |= {
        "api_root": api_root,
        "document_href": document_href,
        "language": language,
        "language_links": language_links,
        "language_parameter": language_parameter,
        "metadata_fields": METADATA_FIELDS,
        "search_href": search_href,
        "search_path": search_path,
    }


def _without_controls(value: object) -> object:
    """A text without controls and bidi controls, escaped HTML staying escaped HTML; any other value as it is."""
    return strip_controls(value) if isinstance(value, str) else value


def field_label(name: str) -> str:
    """The label of a field, a period or a bound of the date."""
    field = FIELDS.get(name)
    if field is None:
        return str(_PERIOD_LABELS[name])
    return field.label if language() == "es" else field.label_en


def number(value: int) -> str:
    """The number in the notation of the page's language."""
    return format_number(value, language())


def long_date(date: dt.date) -> str:
    """`12 de noviembre de 2025`, `November 12, 2025`."""
    return str(format_date(date, "long"))


def month_name(month: str) -> str:
    """`noviembre`, `November` for `2025-11`."""
    return str(format_date(_first_day(month), "LLLL"))


def period_name(period: str) -> str:
    """`noviembre de 2025`, `November 2025` for the month `2025-11`; a year as it is."""
    return format_skeleton("yMMMM", _first_day(period), locale=get_locale()) if "-" in period else period


def _first_day(month: str) -> dt.date:
    year, month_number = month.split("-")
    return dt.date(int(year), int(month_number), 1)


def marked(text: str, ranges: Sequence[Range]) -> Markup:
    """A text as HTML with each range in `<mark>`."""
    return Markup(to_html(text, ranges))  # noqa: S704 - to_html escapes before it marks


def _snippet_marked(snippet: Snippet) -> Markup:
    """A snippet as HTML with its matches in `<mark>`, and an ellipsis where its paragraph goes on."""
    return Markup(snippet_html(snippet))  # noqa: S704 - as above
