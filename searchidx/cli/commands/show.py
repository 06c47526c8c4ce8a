"""`searchidx show`: what does a document, or one of its paragraphs, say?"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from searchidx import DocumentNotFoundError, MatchedDocument
from searchidx.cli.options import color_option, index_option, language_option, subcommand
from searchidx.cli.output.messages import LANGUAGES

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
def command(index: str, name: str, query: str, as_json: bool, color: str, lang: str) -> None:
    """Print a document or one of its paragraphs.

    DOC is the id that `searchidx query` prints with each result.
    """
    from searchidx import Index  # `--help` need not wait for the engine

    with Index.open(index) as opened:
        matched = _find(opened, name, query)
    if as_json:
        _print_json(matched)
    else:
        _print_text(matched, color, lang)


def _find(index: Index, name: str, query: str) -> MatchedDocument:
    """A document, or a document of one paragraph; an id that itself looks like a paragraph's goes first."""
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
    from searchidx import document_json  # only JSON needs it
    from searchidx.cli.output.json import to_json
    from web.routes import document_path

    click.echo(to_json(document_json(matched, document_path)))


def _print_text(matched: MatchedDocument, color: str, lang: str) -> None:
    from searchidx.cli.output.rendering import (
        Page,
        document_lines,
    )
    from searchidx.cli.output.terminal import (
        palette,
        terminal_width,
    )

    page = Page(terminal_width(), palette(color), LANGUAGES[lang])
    click.echo("\n".join(document_lines(matched, page)), color=page.looks.color)
