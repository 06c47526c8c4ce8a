"""How do results and documents look on a terminal? Lines of text; nothing here writes them.

     1  Title, wrapped
        source · date · place · id
        ¶3  A snippet, wrapped, with its matches marked
        ¶9  …

Everything that comes from a document passes through `harmless`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from searchidx import Document, Hit, MatchedDocument, QueryWarning, Results, Snippet
from searchidx.cli.output.messages import Messages
from searchidx.cli.output.terminal import (
    Palette,
    cells,
    harmless,
    marked_lines,
)

_CARET_LEAD = 30  # columns of a long query kept before the place that a warning points to


@dataclass(frozen=True, slots=True)
class Page:
    """What is written on: so many columns, in these looks and this language."""

    width: int
    looks: Palette
    words: Messages


def results_lines(results: Results, page: Page) -> Iterator[str]:
    """The hits of one page, numbered through all pages, a blank line between two."""
    first = (results.page - 1) * results.per_page + 1
    margin = max(4, len(str(first + len(results.hits) - 1)) + 3)
    for number, hit in enumerate(results.hits, first):
        if number > first:
            yield ""
        yield from _hit_lines(number, hit, margin, page)


def _hit_lines(number: int, hit: Hit, margin: int, page: Page) -> Iterator[str]:
    indent = " " * margin
    label = f"{number:>{margin - 2}}  "
    title, ranges = (hit.title, hit.title_ranges) if hit.title else (page.words.untitled, ())
    for line in marked_lines(title, ranges, page.width - margin, page.looks, strong=True):
        yield label + line
        label = indent
    facts = (hit.source, hit.date.isoformat() if hit.date else "", hit.place)
    yield from (indent + line for line in _facts_lines(facts, hit.id, page.width - margin, page.looks))
    hanging = _hanging(snippet.paragraph for snippet in hit.snippets)
    for snippet in hit.snippets:
        yield from (indent + line for line in _snippet_lines(snippet, hanging, page.width - margin, page))
    # At paragraph level each of them is a hit of its own.
    if hit.parts:
        told = f"{hit.score:.2f} = " + " + ".join(f"{part.text} {part.score:.2f}" for part in hit.parts)
        yield from (indent + line for line in _facts_lines((), told, page.width, page.looks))
    more = hit.paragraphs_matched - len(hit.snippets) if hit.id == hit.document_id else 0
    if more > 0:
        template = page.words.more_paragraph if more == 1 else page.words.more_paragraphs
        yield indent + page.looks.faint(template.format(count=page.words.number(more)))


def _facts_lines(facts: Sequence[str], name: str, width: int, looks: Palette) -> Iterator[str]:
    """What is known of a document, and its id: on one line where it fits, and never broken, so as to be copied."""
    told = " · ".join(harmless(fact) for fact in facts if fact)
    name = harmless(name)
    whole = f"{told} · {name}" if told else name
    if cells(whole) <= width or not told:
        yield looks.faint(whole)
    else:
        yield from (looks.faint(line) for line in marked_lines(told, (), width, looks))
        yield looks.faint(name)


def _hanging(numbers: Iterable[int]) -> int:
    """The columns that the numbers of paragraphs take, so that their texts stand below one another."""
    return len(f"¶{max(numbers, default=0)}") + 2


def _snippet_lines(snippet: Snippet, hanging: int, width: int, page: Page) -> Iterator[str]:
    ends = "… " * snippet.cut_before, " …" * snippet.cut_after
    text = marked_lines(snippet.text, snippet.ranges, width - hanging, page.looks, before=ends[0], after=ends[1])
    yield from _numbered(snippet.paragraph, text, hanging, page.looks)


def _numbered(paragraph: int, lines: Iterable[str], hanging: int, looks: Palette) -> Iterator[str]:
    mark = f"¶{paragraph}"
    label = looks.faint(mark) + " " * (hanging - len(mark))
    for line in lines:
        yield label + line
        label = " " * hanging


def document_lines(matched: MatchedDocument, page: Page) -> Iterator[str]:
    """A document with its numbered paragraphs."""
    yield from _head_lines(matched, page)
    hanging = _hanging(each.number for each in matched.document.paragraphs)
    for each, ranges in zip(matched.document.paragraphs, matched.ranges, strict=True):
        yield ""
        text = marked_lines(each.text, ranges, page.width - hanging, page.looks)
        yield from _numbered(each.number, text, hanging, page.looks)


def _head_lines(matched: MatchedDocument, page: Page) -> Iterator[str]:
    document, looks = matched.document, page.looks
    title = document.title or page.words.untitled
    ranges = matched.title_ranges if document.title else ()
    yield from marked_lines(title, ranges, page.width, looks, strong=True)
    derived = page.words.derived if document.title_is_derived and document.title else ""
    date = document.date.isoformat() if document.date else ""
    facts = (document.source, date, document.place, document.author, derived)
    yield from _facts_lines(facts, document.id, page.width, looks)
    for line in _further_facts(document):
        yield looks.faint(harmless(line))


def _further_facts(document: Document) -> Iterator[str]:
    if document.url:
        yield document.url
    if document.path and document.path != document.id:
        yield document.path
    for name, value in document.metadata.items():
        yield f"{name}: {value}"


def warning_lines(query: str, warning: QueryWarning, page: Page) -> Iterator[str]:
    """A warning, and the query with a caret under the place that it means."""
    yield from marked_lines(page.words.of(warning), (), page.width, page.looks)
    before, meant = harmless(query[: warning.start]), harmless(query[warning.start : warning.end])
    if cells(before) > _CARET_LEAD:
        before = "…" + before[-_CARET_LEAD:]
    room = page.width - 4
    line = _cut(before + meant + harmless(query[warning.end :]), room)
    carets = min(max(1, cells(meant)), max(1, room - cells(before)))
    yield f"    {line}"
    yield f"    {' ' * cells(before)}{'^' * carets}"


def _cut(text: str, width: int) -> str:
    """The beginning of a text that fits into `width` columns, with an ellipsis where it goes on."""
    if cells(text) <= width:
        return text
    while cells(text) > width - 1:
        text = text[:-1]
    return text + "…"


def footer(results: Results, words: Messages) -> str:
    """How many there are, which of them were shown, and how to see more."""
    ms = words.number(results.took_ms, 1)
    if results.total == len(results.hits):
        return words.footer.format(results=words.count(results), ms=ms)
    first = (results.page - 1) * results.per_page + 1
    shown = {"first": words.number(first), "last": words.number(first + len(results.hits) - 1)}
    told = words.page.format(results=words.count(results), ms=ms, **shown)
    return told + (words.next_page.format(page=results.next_page) if results.next_page else "")
