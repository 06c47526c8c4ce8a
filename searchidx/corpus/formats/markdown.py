"""What does a Markdown file say without its markup? Title, front matter, paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from searchidx.corpus.fields import Fields, read_fields
from searchidx.corpus.formats.html import paragraphs_of_fragment
from searchidx.corpus.text.characters import one_line

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MAX_FRONT_MATTER = 1 << 16  # characters
_BREAKS = frozenset(("softbreak", "hardbreak"))


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown file, read."""

    fields: Fields
    paragraphs: list[str]
    lost: str  # what could not be read of it, "" when all was


def read_markdown(text: str, name: str) -> Page:
    """The fields and the paragraphs of cleaned Markdown (CommonMark with tables).

    A first heading of level 1 is the title, unless the front matter gives another. A front matter that is
    not valid YAML does not cost the body: it is left out and said to be lost.
    """
    front, body = _split_front_matter(text)
    fields, lost = Fields(), ""
    if front is not None:
        try:
            fields = _read_front_matter(front)
        except ValueError as error:
            lost = f"its front matter was left out: {error}"
    title, paragraphs = _read_body(body, name)
    if title and fields.title and title.casefold() != fields.title.casefold():
        paragraphs.insert(0, title)
    if not fields.title:
        fields = replace(fields, title=title)
    return Page(fields, paragraphs or list(filter(None, [fields.title])), lost)


def _split_front_matter(text: str) -> tuple[str | None, str]:
    match = _FRONT_MATTER.match(text.lstrip("\n")[:_MAX_FRONT_MATTER]) if "---" in text[:100] else None
    if match is None or not re.search(r"^[^\s#-][^\n]*:", match["yaml"], re.MULTILINE):
        return None, text  # the line is a rule, not the head of a front matter
    return match["yaml"], text.lstrip("\n")[match.end() :]


def _read_front_matter(front: str) -> Fields:
    """Raises `ValueError` with a reason."""
    import yaml  # 15 ms

    class Loader(yaml.BaseLoader):  # plain strings only: no dates that do not exist, no "no" that is false
        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("references are not read")  # they can grow without bound
            return super().compose_node(parent, index)

    try:
        values = yaml.load(front, Loader)  # noqa: S506 - a safe one: it makes strings, lists and dicts
    except yaml.YAMLError as error:
        reason = getattr(error, "problem", None) or str(error)
        mark = getattr(error, "problem_mark", None)
        place = f" in line {mark.line + 2}" if mark else ""
        raise ValueError(f"{one_line(reason)}{place}") from error
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    if not isinstance(values, dict):
        raise ValueError("it is not a list of keys and values")
    return read_fields((str(key), value) for key, value in values.items() if value not in ("~", "null"))


def _read_body(text: str, name: str) -> tuple[str, list[str]]:
    """The first heading of level 1, and all other paragraphs."""
    from markdown_it import MarkdownIt  # 60 ms

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    title = ""
    paragraphs: list[str] = []
    for level, paragraph in _blocks(tokens, name):
        if level == "h1" and not title:
            title = paragraph
        elif paragraph:
            paragraphs.append(paragraph)
    return title, paragraphs


def _blocks(tokens: Sequence[Token], name: str) -> Iterator[tuple[str, str]]:
    """The text of each block, with the tag that holds it; a row of a table is one block."""
    row: list[str] | None = None
    tag = ""
    for token in tokens:
        match token.type:
            case "tr_open":
                row = []
            case "tr_close":
                yield "tr", " ".join(row or ())
                row = None
            case "inline":
                content = one_line(_inline(token.children or ()))
                if row is None:
                    yield tag, content
                else:
                    row.append(content)
            case "fence" | "code_block":
                yield "pre", one_line(token.content)
            case "html_block":
                for paragraph in paragraphs_of_fragment(token.content, name):
                    yield "html", paragraph
            case _:
                tag = token.tag


def _inline(tokens: Sequence[Token]) -> str:
    """What is read of an inline run: texts, code, and what pictures show, but no markup."""
    parts = []
    for token in tokens:
        if token.type in _BREAKS or (token.type == "html_inline" and token.content.startswith("<br")):
            parts.append(" ")
        elif token.type == "image":
            parts.append(_inline(token.children or ()))
        elif token.type != "html_inline":
            parts.append(token.content)
    return "".join(parts)
