"""`searchidx show`: print a document or one of its paragraphs."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from searchidx import DocumentNotFoundError, MatchedDocument
from searchidx.cli.options import (
    Color,
    Language,
    color_option,
    index_option,
    language_option,
    open_index,
    subcommand,
)
from searchidx.cli.output.terminal import to_json

if TYPE_CHECKING:
    from searchidx import Index

_paragraph_id = re.compile(r"(.+)#p([1-9][0-9]{0,8})", re.DOTALL)


@subcommand(
    "show",
    "searchidx show 001_b6d178efe64e1b6c.txt",
    "searchidx show 001_b6d178efe64e1b6c.txt#p3",
    "searchidx show 001_b6d178efe64e1b6c.txt --query 'petróleo y gas'",
    "searchidx show 001_b6d178efe64e1b6c.txt --json",
)
@click.argument("name", metavar="DOC[#pN]")
@click.option("--query", default="", help="Mark what this query finds.")
@click.option("--json", "as_json", is_flag=True, help="As one JSON object.")
@color_option
@language_option
@index_option
def command(index: str, name: str, query: str, as_json: bool, color: Color, lang: Language) -> None:
    """Print a document or one of its paragraphs.

    DOC is the id that `searchidx query` prints with each result.
    """
    with open_index(index) as opened:
        matched = _find(opened, name, query)
    if as_json:
        _print_json(matched)
    else:
        _print_text(matched, color, lang)


def _find(index: Index, name: str, query: str) -> MatchedDocument:
    """The document with this id; else, for a paragraph's id, its document reduced to that paragraph.

    A document's own id may look like a paragraph's.
    """
    try:
        return index.matched_document(name, query)
    except DocumentNotFoundError:
        parts = _paragraph_id.fullmatch(name)
        if parts is None:
            raise
    matched, number = index.matched_document(parts[1], query), int(parts[2])
    if number > len(matched.document.paragraphs):
        raise DocumentNotFoundError(name)
    one = slice(number - 1, number)
    document = replace(matched.document, paragraphs=matched.document.paragraphs[one])
    return replace(matched, document=document, ranges=matched.ranges[one])


def _print_json(matched: MatchedDocument) -> None:
    from searchidx import document_json  # only --json needs these
    from web.routes import document_path

    click.echo(to_json(document_json(matched, document_path)))


def _print_text(matched: MatchedDocument, color: Color, language: Language) -> None:
    from searchidx.cli.output.rendering import document_lines, page_layout  # --json does not need it

    layout = page_layout(color, language)
    click.echo("\n".join(document_lines(matched, layout)), color=layout.palette.color)
