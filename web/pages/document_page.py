"""The page of a document: its paragraphs with what a query marks in them, its citation and its record."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from flask import render_template
from flask_babel import gettext
from markupsafe import Markup

from searchidx import Document, MatchedDocument, Results
from web.pages.templating import field_label, long_date, marked
from web.urls import document_url, link_host


def document_page(matched: MatchedDocument, similar: Results, query: str) -> str:
    """The HTML of the page; `similar` are documents on the same matter."""
    document = matched.document
    paragraphs = zip(document.paragraphs, matched.ranges, strict=True)
    return render_template(
        "document.html",
        document=document,
        title=marked(document.title, matched.title_ranges),
        paragraphs=list(_numbered_paragraphs(matched)),
        matching=[paragraph.number for paragraph, ranges in paragraphs if ranges],
        match_count=sum(len(ranges) for ranges in matched.ranges),
        similar=similar.hits,
        query=query.strip(),
        record=_record(document),
        citation=citation(document),
    )


def _numbered_paragraphs(matched: MatchedDocument) -> Iterator[tuple[int, Markup]]:
    """The number and the text of each paragraph; the matches are numbered through all of them from `m1`."""
    match_number = 0
    for paragraph, ranges in zip(matched.document.paragraphs, matched.ranges, strict=True):
        # The text's own "<mark>" is escaped already: what still reads so is a match.
        before, *pieces = marked(paragraph.text, ranges).split("<mark>")
        numbered = [
            Markup('<mark id="m{}">').format(at) + piece for at, piece in enumerate(pieces, match_number + 1)
        ]
        match_number += len(pieces)
        yield paragraph.number, Markup("").join([before, *numbered])


def _record(document: Document) -> list[tuple[str, str]]:
    """Labels and values of what the heading of the page does not show."""
    own_id = document.id if document.id != document.path else ""
    known = (
        (gettext("Identificador"), own_id),
        (field_label("path"), document.path),
        (field_label("language"), document.language),
    )
    return [(label, value) for label, value in (*known, *document.metadata.items()) if value]


def citation(document: Document) -> str:
    """One line that names a document: author, title, source and date, address, and the day when it was read.

    The address is where the document was published if that is known, otherwise its page on this site.
    """
    title = gettext("«%(title)s»", title=document.title) if document.title else document.id
    origin = ", ".join(filter(None, (document.source, document.place)))
    date = long_date(document.date) if document.date else gettext("sin fecha")
    address = document.url if link_host(document.url) else document_url(document.id, external=True)
    read = gettext("consultado el %(day)s", day=long_date(dt.datetime.now(dt.UTC).date()))
    parts = (document.author, title, origin, date, address)
    return f"{'. '.join(part.rstrip('.') for part in parts if part)} ({read})."
