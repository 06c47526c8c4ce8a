"""Markdown files: the fields from the front matter, the title and the paragraphs without their markup."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from searchidx.corpus.documents import FileContent, single_document
from searchidx.corpus.fields import SourceFields, read_fields
from searchidx.corpus.files import SourceFile, read_bytes
from searchidx.corpus.formats.html_blocks import paragraphs_of_fragment
from searchidx.corpus.news.articles import article_from_paragraphs
from searchidx.corpus.text.characters import clean, clean_line
from searchidx.corpus.text.encodings import decode

if TYPE_CHECKING:
    from markdown_it.token import Token

_FRONT_MATTER = re.compile(r"---[ \t]*\n(?P<yaml>.*?\n?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_MAX_FRONT_MATTER = 1 << 16  # characters
_BREAKS = frozenset(("softbreak", "hardbreak"))


def read(file: SourceFile) -> FileContent:
    """The one document of a Markdown file (CommonMark with tables).

    Raises `CorpusError` when the file cannot be read, is binary, or holds no text.
    """
    decoded = decode(read_bytes(file), file.relative)
    page = _parse(clean(decoded.text), file.relative)
    return single_document(file, decoded, article_from_paragraphs(page.paragraphs, page.fields), page.unread)


@dataclass(frozen=True, slots=True)
class _Page:
    """A parsed Markdown file."""

    fields: SourceFields
    paragraphs: list[str]
    unread: str  # which part could not be read, and why; "" when all of it was


def _parse(text: str, name: str) -> _Page:
    """The fields and the paragraphs of cleaned Markdown.

    The first heading of level 1 is the title, unless the front matter gives another. A front matter that is not
    valid YAML is left out and reported; the body is read all the same.
    """
    front_matter, body = _split_front_matter(text)
    fields, unread = SourceFields(), ""
    if front_matter is not None:
        try:
            fields = _parse_front_matter(front_matter)
        except ValueError as error:
            unread = f"its front matter was left out: {error}"
    heading, paragraphs = _parse_body(body, name)
    if heading and fields.title and heading.casefold() != fields.title.casefold():
        paragraphs.insert(0, heading)
    if not fields.title:
        fields = replace(fields, title=heading)
    if not paragraphs and fields.title:
        paragraphs = [fields.title]
    return _Page(fields, paragraphs, unread)


def _split_front_matter(text: str) -> tuple[str | None, str]:
    """The YAML between the first two rules, None when there is none, and the text after it."""
    match = _FRONT_MATTER.match(text.lstrip("\n")[:_MAX_FRONT_MATTER]) if "---" in text[:100] else None
    if match is None or not re.search(r"^[^\s#-][^\n]*:", match["yaml"], re.MULTILINE):
        return None, text  # the line is a horizontal rule, not the start of a front matter
    return match["yaml"], text.lstrip("\n")[match.end() :]


def _parse_front_matter(front_matter: str) -> SourceFields:
    """The fields of a front matter. Raises `ValueError` with a reason when it is not valid."""
    import yaml  # 15 ms that only a front matter needs

    class Loader(yaml.BaseLoader):  # reads scalars as strings: a date may not exist, and "no" is not false
        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            if self.check_event(yaml.AliasEvent):
                raise yaml.YAMLError("references are not read")  # a few of them can expand without bound
            return super().compose_node(parent, index)

    try:
        values = yaml.load(front_matter, Loader)  # noqa: S506 - this loader makes only strings, lists and dicts
    except yaml.YAMLError as error:
        reason = getattr(error, "problem", None) or str(error)
        mark = getattr(error, "problem_mark", None)
        place = f" in line {mark.line + 2}" if mark else ""
        raise ValueError(f"{clean_line(reason)}{place}") from error
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    if not isinstance(values, dict):
        raise ValueError("it is not a list of keys and values")
    return read_fields((str(key), value) for key, value in values.items() if value not in ("~", "null"))


def _parse_body(text: str, name: str) -> tuple[str, list[str]]:
    """The first heading of level 1 ("" when there is none), and all other paragraphs."""
    from markdown_it import MarkdownIt  # 60 ms that only Markdown needs

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    heading = ""
    paragraphs: list[str] = []
    for tag, paragraph in _blocks(tokens, name):
        if tag == "h1" and not heading:
            heading = paragraph
        elif paragraph:
            paragraphs.append(paragraph)
    return heading, paragraphs


def _blocks(tokens: Sequence[Token], name: str) -> Iterator[tuple[str, str]]:
    """The HTML tag and the text of each block; a row of a table is one block."""
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
                content = clean_line(_inline_text(token.children or ()))
                if row is None:
                    yield tag, content
                else:
                    row.append(content)
            case "fence" | "code_block":
                yield "pre", clean_line(token.content)
            case "html_block":
                for paragraph in paragraphs_of_fragment(token.content, name):
                    yield "html", paragraph
            case _:
                tag = token.tag


def _inline_text(tokens: Sequence[Token]) -> str:
    """The text of inline tokens: words, code and descriptions of images, without markup."""
    parts: list[str] = []
    for token in tokens:
        if token.type in _BREAKS or (token.type == "html_inline" and token.content.startswith("<br")):
            parts.append(" ")
        elif token.type == "image":
            parts.append(_inline_text(token.children or ()))
        elif token.type != "html_inline":
            parts.append(token.content)
    return "".join(parts)
