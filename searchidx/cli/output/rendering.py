"""Results and documents as lines of text for a terminal.

     1  Title, wrapped
        source · date · place · id
        ¶3  A snippet, wrapped, with its matches marked
        ¶9  …

Every text of a document goes through `terminal_text`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from searchidx import (
    METADATA_FIELDS,
    Document,
    Hit,
    MatchedDocument,
    QueryWarning,
    Results,
    Snippet,
    terminal_text,
)
from searchidx.cli.options import Color, Language
from searchidx.cli.output.messages import LANGUAGES, Messages
from searchidx.cli.output.terminal import (
    Palette,
    choose_palette,
    column_count,
    marked_lines,
    terminal_width,
)

_COLUMNS_BEFORE_CARET = 30  # of a long query, kept before the position that a warning points to


@dataclass(frozen=True, slots=True)
class Layout:
    """Width, styles and language of the output."""

    width: int  # columns
    palette: Palette
    messages: Messages


def page_layout(color: Color, language: Language) -> Layout:
    """The layout for this terminal."""
    return Layout(terminal_width(), choose_palette(color), LANGUAGES[language])


def results_lines(results: Results, layout: Layout) -> Iterator[str]:
    """The hits of one page, numbered through all pages, with a blank line between two."""
    first = (results.page - 1) * results.per_page + 1
    margin = max(4, len(str(first + len(results.hits) - 1)) + 3)
    for number, hit in enumerate(results.hits, first):
        if number > first:
            yield ""
        yield from _hit_lines(number, hit, margin, layout)


def _hit_lines(number: int, hit: Hit, margin: int, layout: Layout) -> Iterator[str]:
    palette, width = layout.palette, layout.width - margin
    indent = " " * margin
    label = f"{number:>{margin - 2}}  "
    title, ranges = (hit.title, hit.title_ranges) if hit.title else (layout.messages.untitled, ())
    for line in marked_lines(title, ranges, width, palette, strong=True):
        yield label + line
        label = indent
    facts = (hit.source, hit.date.isoformat() if hit.date else "", hit.place)
    yield from (indent + line for line in _facts_lines(facts, hit.id, width, palette))
    number_width = _number_width(snippet.paragraph for snippet in hit.snippets)
    for snippet in hit.snippets:
        yield from (indent + line for line in _snippet_lines(snippet, number_width, width, palette))
    if hit.parts:
        parts = " + ".join(f"{part.text} {part.score:.2f}" for part in hit.parts)
        score = f"{hit.score:.2f} = {parts}"
        yield from (indent + line for line in _facts_lines((), score, layout.width, palette))
    # At paragraph level every matching paragraph is a hit of its own.
    more = hit.paragraphs_matched - len(hit.snippets) if hit.id == hit.document_id else 0
    if more > 0:
        template = layout.messages.more_paragraph if more == 1 else layout.messages.more_paragraphs
        yield indent + palette.faint(template.format(count=layout.messages.number(more)))


def _facts_lines(facts: Sequence[str], name: str, width: int, palette: Palette) -> Iterator[str]:
    """Facts and a name, on one line where they fit; the name is never broken, so that it can be copied."""
    joined = " · ".join(terminal_text(fact) for fact in facts if fact)
    name = terminal_text(name)
    line = f"{joined} · {name}" if joined else name
    if column_count(line) <= width or not joined:
        yield palette.faint(line)
    else:
        yield from (palette.faint(each) for each in marked_lines(joined, (), width, palette))
        yield palette.faint(name)


def _number_width(paragraphs: Iterable[int]) -> int:
    """The columns of the widest paragraph number with its space, so that the texts are aligned."""
    return len(f"¶{max(paragraphs, default=0)}") + 2


def _snippet_lines(snippet: Snippet, number_width: int, width: int, palette: Palette) -> Iterator[str]:
    before, after = snippet.ellipses
    lines = marked_lines(snippet.text, snippet.ranges, width - number_width, palette, before=before, after=after)
    yield from _numbered(snippet.paragraph, lines, number_width, palette)


def _numbered(paragraph: int, lines: Iterable[str], number_width: int, palette: Palette) -> Iterator[str]:
    number = f"¶{paragraph}"
    label = palette.faint(number) + " " * (number_width - len(number))
    for line in lines:
        yield label + line
        label = " " * number_width


def document_lines(matched: MatchedDocument, layout: Layout) -> Iterator[str]:
    """A document with its facts and numbered paragraphs."""
    yield from _head_lines(matched, layout)
    number_width = _number_width(paragraph.number for paragraph in matched.document.paragraphs)
    for paragraph, ranges in zip(matched.document.paragraphs, matched.ranges, strict=True):
        yield ""
        lines = marked_lines(paragraph.text, ranges, layout.width - number_width, layout.palette)
        yield from _numbered(paragraph.number, lines, number_width, layout.palette)


def _head_lines(matched: MatchedDocument, layout: Layout) -> Iterator[str]:
    document, palette, messages = matched.document, layout.palette, layout.messages
    title = document.title or messages.untitled
    ranges = matched.title_ranges if document.title else ()
    yield from marked_lines(title, ranges, layout.width, palette, strong=True)
    derived = messages.derived_title if document.title_is_derived and document.title else ""
    date = document.date.isoformat() if document.date else ""
    first, *others = (document.keywords.get(name, "") for name in METADATA_FIELDS)
    facts = (first, date, *others, derived)
    yield from _facts_lines(facts, document.id, layout.width, palette)
    for line in _further_facts(document):
        yield palette.faint(terminal_text(line))


def _further_facts(document: Document) -> Iterator[str]:
    if document.url:
        yield document.url
    if document.path and document.path != document.id:
        yield document.path
    for name, value in document.metadata.items():
        yield f"{name}: {value}"


def warning_lines(query: str, warning: QueryWarning, layout: Layout) -> Iterator[str]:
    """A warning, and the query with carets under the part that it means."""
    yield from marked_lines(layout.messages.warning_text(warning), (), layout.width, layout.palette)
    before, marked = terminal_text(query[: warning.start]), terminal_text(query[warning.start : warning.end])
    if column_count(before) > _COLUMNS_BEFORE_CARET:
        before = "…" + before[-_COLUMNS_BEFORE_CARET:]
    width = layout.width - 4
    line = _truncated(before + marked + terminal_text(query[warning.end :]), width)
    carets = min(max(1, column_count(marked)), max(1, width - column_count(before)))
    yield f"    {line}"
    yield f"    {' ' * column_count(before)}{'^' * carets}"


def _truncated(text: str, width: int) -> str:
    """The text if it fits into `width` columns, else its beginning with an ellipsis."""
    if column_count(text) <= width:
        return text
    while column_count(text) > width - 1:
        text = text[:-1]
    return text + "…"


def footer(results: Results, messages: Messages) -> str:
    """The number of results and the time; with several pages also which are shown, and how to get more."""
    ms = messages.number(results.took_ms, 1)
    count = messages.count(results)
    if results.total == len(results.hits):
        return messages.footer.format(results=count, ms=ms)
    first = (results.page - 1) * results.per_page + 1
    last = first + len(results.hits) - 1
    shown = messages.page.format(results=count, ms=ms, first=messages.number(first), last=messages.number(last))
    return shown + (messages.next_page.format(page=results.next_page) if results.next_page else "")
