"""How is a document quoted? Author, title, source and date, address and the day on which it was read."""

from __future__ import annotations

import datetime as dt

from flask_babel import gettext

from searchidx import Document
from web.pages.formatting import long_date
from web.routes import document_path
from web.urls import (
    absolute_url,
    outside_link,
)


def citation(document: Document) -> str:
    """One line that names a document, by its published address where it has one, else by that on this site."""
    named = gettext("«%(title)s»", title=document.title) if document.title else document.id
    origin = ", ".join(filter(None, (document.source, document.place)))
    dated = long_date(document.date) if document.date else gettext("sin fecha")
    address = document.url if outside_link(document.url) else absolute_url(document_path(document.id))
    read = gettext("consultado el %(day)s", day=long_date(dt.datetime.now(dt.UTC).date()))
    parts = (document.author, named, origin, dated, address)
    return f"{'. '.join(part.rstrip('.') for part in parts if part)} ({read})."
