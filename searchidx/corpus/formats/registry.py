"""Which documents does a file hold? One reader a format, chosen by the extension."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from searchidx.corpus.documents import PartlyReadError, as_document
from searchidx.corpus.fields import Fields
from searchidx.corpus.files import SourceFile, read_bytes
from searchidx.corpus.news import articles as newswire
from searchidx.corpus.news.articles import Article
from searchidx.corpus.text.characters import clean
from searchidx.corpus.text.encodings import (
    Decoded,
    decode,
)
from searchidx.errors import CorpusError
from searchidx.model.document import Document

Documents = Iterator[Document | CorpusError]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file gives: its encoding, and its documents one by one.

    A broken record comes as a `CorpusError` with its line, a document of which something was lost is
    followed by a `PartlyReadError`. Reading on may raise `CorpusError`: then the file as a whole failed (it
    vanished, the disk has an error), and documents of it are missing. The file is open only between the
    first document and the last, or `documents.close()`.
    """

    encoding: str  # utf-8, utf-8-sig, utf-16, windows-1252 ...
    documents: Documents


def read(file: SourceFile) -> Reading:
    """The documents of one file, in the order in which they stand.

    A text, Markdown or HTML file is one document, whose id is its relative path. JSONL, CSV and TSV
    files hold one a record, read in bounded memory but for the ids, which must differ; a record without
    an id has `<relative path>:<line>`. Raises `CorpusError` when the file as a whole cannot be read.
    """
    match file.path.suffix.lower():
        case ".txt" | ".text":
            return _read_text(file)
        case ".md" | ".markdown":
            return _read_markdown(file)
        case ".html" | ".htm" | ".xhtml":
            return _read_html(file)
        case ".jsonl" | ".ndjson":
            from searchidx.corpus.formats import jsonl  # each format's library only when it occurs

            return Reading(*jsonl.read_jsonl(file))
        case ".csv" | ".tsv":
            from searchidx.corpus.formats import delimited

            return Reading(*delimited.read_delimited(file))
        case other:
            raise CorpusError(file.relative, f"files of the kind {other!r} cannot be read")


def _read_text(file: SourceFile) -> Reading:
    decoded = decode(read_bytes(file), file.relative)
    return _single(file, decoded, newswire.from_text(clean(decoded.text), Fields()))


def _read_markdown(file: SourceFile) -> Reading:
    from searchidx.corpus.formats import markdown

    decoded = decode(read_bytes(file), file.relative)
    page = markdown.read_markdown(clean(decoded.text), file.relative)
    return _single(file, decoded, newswire.from_paragraphs(page.paragraphs, page.fields), page.lost)


def _read_html(file: SourceFile) -> Reading:
    from searchidx.corpus.formats import html

    data = read_bytes(file)
    decoded = decode(data, file.relative, html.declared_encoding(data))
    fields, paragraphs = html.read_html(clean(decoded.text), file.relative)
    return _single(file, decoded, newswire.from_paragraphs(paragraphs, fields))


def _single(file: SourceFile, decoded: Decoded, article: Article, lost: str = "") -> Reading:
    """The reading of a file that is one document."""
    # Whatever a front matter calls id: a file is known by its path.
    article = replace(article, fields=replace(article.fields, id=""))
    found: list[Document | CorpusError] = [as_document(file, article)]
    if decoded.replaced:
        reason = f"{decoded.replaced} characters are not valid {decoded.encoding} and were replaced"
        found.append(PartlyReadError(file.relative, reason))
    if lost:
        found.append(PartlyReadError(file.relative, lost))
    return Reading(decoded.encoding, iter(found))
