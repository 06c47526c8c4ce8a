"""The documents of one source file, and how a format makes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from searchidx.corpus.files import SourceFile
from searchidx.corpus.news.articles import Article
from searchidx.corpus.text.encodings import DecodedText
from searchidx.errors import CorpusError
from searchidx.model.document import Document, number_paragraphs

DEFAULT_LANGUAGE = "es"

Documents = Iterator[Document | CorpusError]


class PartlyReadError(CorpusError):
    """A document was read, but a part of its file could not be; `reason` says which part."""


@dataclass(frozen=True, slots=True)
class FileContent:
    """The encoding of a file, and its documents one by one.

    A broken record comes as a `CorpusError` with its line. A document that was read only in part is followed by
    a `PartlyReadError`. The iteration raises `CorpusError` when the file fails as a whole (it vanished, the disk
    has an error); documents of it are missing then. The file is open only between the first document and the
    last, or until `documents.close()`.
    """

    encoding: str  # utf-8, utf-8-sig, utf-16, windows-1252 ...
    documents: Documents


def build_document(file: SourceFile, article: Article, line: int | None = None) -> Document:
    """The document of an article; its id is the id of the record, or else the file's path (and `line`).

    Raises `CorpusError` when the article has no paragraphs.
    """
    if not article.paragraphs:
        raise CorpusError(file.relative, "there is no text in it", line)
    fields = article.fields
    return Document(
        id=fields.id or (file.relative if line is None else f"{file.relative}:{line}"),
        title=fields.title,
        title_is_derived=article.title_is_derived,
        paragraphs=number_paragraphs(article.paragraphs),
        language=fields.language or DEFAULT_LANGUAGE,
        date=fields.date,
        keywords=fields.keywords,
        path=file.relative,
        url=fields.url,
        metadata=fields.metadata,
    )


def single_document(file: SourceFile, decoded: DecodedText, article: Article, unread: str = "") -> FileContent:
    """The content of a file that is one document; its id is the file's path, even when the file gives an id.

    `unread` says which part of the file could not be read; "" when all of it was read.
    """
    article = replace(article, fields=replace(article.fields, id=""))
    documents: list[Document | CorpusError] = [build_document(file, article)]
    if decoded.replaced:
        is_one = decoded.replaced == 1
        subject = "1 character is" if is_one else f"{decoded.replaced} characters are"
        reason = f"{subject} not valid {decoded.encoding} and {'was' if is_one else 'were'} replaced"
        documents.append(PartlyReadError(file.relative, reason))
    if unread:
        documents.append(PartlyReadError(file.relative, unread))
    return FileContent(decoded.encoding, iter(documents))
