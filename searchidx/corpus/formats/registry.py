"""The file formats: which module reads the files of which extension.

How to add a file format:

1. Write a module in this package with a function `read(file: SourceFile) -> FileContent`. A file that is one
   document ends in `documents.single_document`, a file of records goes through `records.RecordConverter`. The
   function raises `CorpusError` when the file as a whole cannot be read, and nothing else.
2. Add the module and its extensions to `_FORMATS`. The scan of folders, the watch, and the test that reads any
   bytes under every extension follow from this table.
3. Import the format's library inside the function that uses it, so that other formats do not pay for it, and
   name the library in `tests/test_layers.py`.
4. Test the format in a module of its own in `tests/corpus/formats/`.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from searchidx.corpus.documents import FileContent
from searchidx.corpus.files import SourceFile
from searchidx.errors import CorpusError

_FORMATS = {
    "plain_text": (".txt", ".text"),
    "markdown": (".md", ".markdown"),
    "html": (".html", ".htm", ".xhtml"),
    "jsonl": (".jsonl", ".ndjson"),
    "delimited": (".csv", ".tsv"),
}
"""Module of this package → extensions of the files that it reads, in lower case."""

_MODULES = {extension: module for module, extensions in _FORMATS.items() for extension in extensions}

READABLE_EXTENSIONS = frozenset(_MODULES)
"""The extensions that `read` knows, in lower case."""


def read(file: SourceFile) -> FileContent:
    """The documents of one file, in the order of the file; its extension decides the format.

    A text, Markdown or HTML file is one document, whose id is its relative path. JSONL, CSV and TSV files hold
    one document a record, and are read in bounded memory except for the ids, which must differ; a record without
    an id has `<relative path>:<line>`. Raises `CorpusError` when the file as a whole cannot be read.
    """
    extension = file.path.suffix.lower()
    module = _MODULES.get(extension)
    if module is None:
        raise CorpusError(file.relative, f"files of the kind {extension!r} cannot be read")
    # A format is imported with its first file: a folder of text files loads no other library.
    read_format: Callable[[SourceFile], FileContent] = import_module(f"{__package__}.{module}").read
    return read_format(file)
