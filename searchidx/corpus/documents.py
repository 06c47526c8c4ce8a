"""How do a file, what is known beside its text, and its paragraphs make a document?"""

from __future__ import annotations

from searchidx.corpus.files import SourceFile
from searchidx.corpus.news.articles import Article
from searchidx.errors import CorpusError
from searchidx.model.document import (
    Document,
    number_paragraphs,
)

DEFAULT_LANGUAGE = "es"


class PartlyReadError(CorpusError):
    """A document was read, but something in its file was lost; `reason` says what."""


def as_document(file: SourceFile, article: Article, line: int | None = None) -> Document:
    """The document of an article; its id is the record's own, else the file's path (and `line`).

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
