"""Source files and their documents.

`scan` lists the readable files of a folder, `read` gives the documents of one file, `file_hash` identifies
the bytes of a file. This package knows nothing of an index.
"""

from searchidx.corpus.documents import FileContent, PartlyReadError
from searchidx.corpus.files import SourceFile, file_hash
from searchidx.corpus.folder import UnreadableError, scan
from searchidx.corpus.formats.registry import READABLE_EXTENSIONS, read

__all__ = [
    "READABLE_EXTENSIONS",
    "FileContent",
    "PartlyReadError",
    "SourceFile",
    "UnreadableError",
    "file_hash",
    "read",
    "scan",
]
