"""Helpers of the corpus tests: a source file of given bytes, and its documents."""

from __future__ import annotations

from pathlib import Path

from searchidx.corpus import SourceFile, read, scan
from searchidx.errors import CorpusError
from searchidx.model.document import Document


def source(folder: Path, name: str, content: str | bytes) -> SourceFile:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (found,) = scan(path)
    assert isinstance(found, SourceFile)
    return found


def read_all(folder: Path, name: str, content: str | bytes) -> list[Document | CorpusError]:
    return list(read(source(folder, name, content)).documents)


def documents(folder: Path, name: str, content: str | bytes) -> list[Document]:
    return [item for item in read_all(folder, name, content) if isinstance(item, Document)]


def errors(folder: Path, name: str, content: str | bytes) -> list[str]:
    return [str(item) for item in read_all(folder, name, content) if isinstance(item, CorpusError)]


def document(folder: Path, name: str, content: str | bytes) -> Document:
    (found,) = documents(folder, name, content)
    return found


def body(found: Document) -> list[str]:
    return [paragraph.text for paragraph in found.paragraphs]
