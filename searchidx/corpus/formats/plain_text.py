"""Plain text files."""

from __future__ import annotations

from searchidx.corpus.documents import FileContent, single_document
from searchidx.corpus.fields import SourceFields
from searchidx.corpus.files import SourceFile, read_bytes
from searchidx.corpus.news.articles import article_from_text
from searchidx.corpus.text.characters import clean
from searchidx.corpus.text.encodings import decode


def read(file: SourceFile) -> FileContent:
    """The one document of a plain text file.

    Raises `CorpusError` when the file cannot be read, is binary, or holds no text.
    """
    decoded = decode(read_bytes(file), file.relative)
    return single_document(file, decoded, article_from_text(clean(decoded.text), SourceFields()))
