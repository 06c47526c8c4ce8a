"""How do a text's matches come into a template? As HTML that is escaped already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from searchidx import Range, Snippet, snippet_html, to_html


def marked(text: str, ranges: Sequence[Range]) -> Markup:
    """A text with each range in `<mark>`."""
    return Markup(to_html(text, ranges))  # noqa: S704 - to_html escapes before it marks


def numbered_marks(texts: Sequence[str], ranges: Sequence[Sequence[Range]]) -> Iterator[Markup]:
    """Texts with each range in `<mark>`, numbered through all of them from `m1`."""
    number = 0
    for text, places in zip(texts, ranges, strict=True):
        # A text's own "<mark>" is escaped by now: what still reads so is ours.
        before, *pieces = to_html(text, places).split("<mark>")
        numbered = [f'<mark id="m{at}">{piece}' for at, piece in enumerate(pieces, number + 1)]
        number += len(pieces)
        yield Markup("".join([before, *numbered]))  # noqa: S704 - as above


def snippet_marked(snippet: Snippet) -> Markup:
    """A snippet with its matches in `<mark>`, and an ellipsis where its paragraph goes on."""
    return Markup(snippet_html(snippet))  # noqa: S704 - as above
