"""Which words are forms of one word? Snowball's Spanish stemmer on what was written, then fold.

Stemming before folding keeps *recibió* with *recibir*: of 45 such pairs folding first joins 23, stemming
first 38. Snowball: https://snowballstem.org/algorithms/spanish/stemmer.html (through PyStemmer's C library
when it is installed, with the same output).
"""

from __future__ import annotations

import sys
import zlib
from pathlib import Path
from threading import Lock

import snowballstemmer

from searchidx.analysis.folding import fold

_STEMMER = snowballstemmer.stemmer("spanish")
if hasattr(_STEMMER, "maxCacheSize"):
    _STEMMER.maxCacheSize = 0  # the analyzer remembers words; keeping PyStemmer's own cache takes half of its time
_ONE_AT_A_TIME = Lock()  # a stemmer keeps the word it works on in itself


def stem(form: str) -> str:
    """The folded stem of a word in lower case with its accents.

    Snowball parts the plurals in -ces from their singular (*luces* gives luc, *luz* luz). A final z of the
    word becomes c in the stem, which joins all of them and never touches *índices* and *índice*.

    >>> stem("reuniones"), stem("luz"), stem("luces")
    ('reunion', 'luc', 'luc')
    """
    with _ONE_AT_A_TIME:
        stemmed: str = _STEMMER.stemWord(form)
    if form.endswith("z") and len(form) > 2 and stemmed.endswith("z"):
        stemmed = stemmed[:-1] + "c"
    return fold(stemmed)


def stemmer_version() -> str:
    """Which Snowball stems here: PyStemmer tells its release, the pure library is known by its source."""
    module = sys.modules[type(_STEMMER).__module__]
    if hasattr(module, "version"):
        return f"PyStemmer {module.version()}"
    return f"source {zlib.crc32(Path(module.__file__ or '').read_bytes()):08x}"
