"""What may a template say? Its filters and functions, and what no text that it shows can do."""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined

from web.control_characters import harmless
from web.i18n import (
    kept_language,
    language,
    language_links,
)
from web.pages.formatting import (
    long_date,
    number,
)
from web.pages.highlighting import (
    marked,
    numbered_marks,
    snippet_marked,
)
from web.urls import (
    document_href,
    outside_link,
    search_href,
    search_path,
)


def set_up_templates(app: Flask) -> None:
    """Make the application's templates strict and give them what they need."""
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.finalize = harmless
    environment.filters |= {
        "marked": marked,
        "snippet_marked": snippet_marked,
        "long_date": long_date,
        "number": number,
        "outside_link": outside_link,
    }
    environment.globals |= {
        "document_href": document_href,
        "kept_language": kept_language,
        "language": language,
        "language_links": language_links,
        "numbered_marks": numbered_marks,
        "search_href": search_href,
        "search_path": search_path,
    }
