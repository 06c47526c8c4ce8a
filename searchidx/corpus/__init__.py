"""Which documents does a folder hold?

`scan` names the files that can be read, `read` gives the documents of one, `content_hash` tells whether
it has changed. Nothing here knows of an index.
"""

from searchidx.corpus.documents import PartlyReadError
from searchidx.corpus.files import SourceFile, content_hash
from searchidx.corpus.folder import READABLE, UnreadableError, scan
from searchidx.corpus.formats.registry import (
    Reading,
    read,
)

__all__ = [
    "READABLE",
    "PartlyReadError",
    "Reading",
    "SourceFile",
    "UnreadableError",
    "content_hash",
    "read",
    "scan",
]
