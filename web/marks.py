"""How do a text's matches come into a template? As HTML that is escaped already."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from searchidx.highlight import snippet_html, to_html
from searchidx.model import Range, Snippet


def marked(text: str, ranges: Sequence[Range]) -> Markup:
    """A text with each range in `<mark>`."""
    return Markup(to_html(text, ranges))  # noqa: S704 - to_html escapes before it marks


def snippet_marked(snippet: Snippet) -> Markup:
    """A snippet with its matches in `<mark>`, and an ellipsis where its paragraph goes on."""
    return Markup(snippet_html(snippet))  # noqa: S704 - as above
