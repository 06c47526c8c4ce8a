"""How is a document quoted? Author, title, source and date, address and the day on which it was read."""

from __future__ import annotations

from datetime import UTC, datetime

from flask_babel import gettext

from searchidx.as_json import document_url
from searchidx.model import Document
from web.links import absolute_url, outside_link
from web.wording import long_date


def citation(document: Document) -> str:
    """One line that names a document, by its published address where it has one, else by that on this site."""
    named = gettext("«%(title)s»", title=document.title) if document.title else document.id
    origin = ", ".join(filter(None, (document.source, document.place)))
    dated = long_date(document.date) if document.date else gettext("sin fecha")
    address = document.url if outside_link(document.url) else absolute_url(document_url(document.id))
    read = gettext("consultado el %(day)s", day=long_date(datetime.now(UTC).date()))
    parts = (document.author, named, origin, dated, address)
    return f"{'. '.join(part.rstrip('.') for part in parts if part)} ({read})."
