"""Which terms does a text give? The whole chain, once, for indexing, queries and highlighting alike.

    text → tokenizer → canonical form → fold → folded
                                      → Snowball → fold → stem
                                      → accented, when folding changed it

Each distinct folded form goes through the chain once and is then looked up. Whole documents are read by
`document_analyzer`.
"""

from __future__ import annotations

import unicodedata
import zlib
from typing import NamedTuple

from searchidx.analysis.folding import fold
from searchidx.analysis.languages.es.stemming import (
    stem,
    stemmer_version,
)
from searchidx.analysis.tokenizer import canonical_form, token_texts

MAX_TERM = 64
"""Code points of a term; a longer token is cut."""

_CACHE_SIZE = 300_000  # folded forms: all of a million paragraphs of laws, about 90 MB

_VERSION = 1  # raise it when a change in the code could change a term that the sample below does not show

_SAMPLE = (
    "El Estado recibió a los jueces, luz y luces, índices; cantábamos. EE. UU., EE.UU., EE UU y O.N.U. "
    "El 12.11.2025, 30.000 y 30 000, 1,5 %, 0.500, 1.º, ruso-kazaja, pingüino, año, AÑO, Łódź, coope\u00adración, "
    "n\u0303u, \ufb01nanzas, ½ m², Токаев, \u0e19\u0e49\u0e33, " + "x" * 70
)


class Word(NamedTuple):
    """What one folded form becomes."""

    form: str  # lower case, accents kept, at most MAX_TERM code points
    folded: str  # the folded form
    stem: str  # the folded stem

    @property
    def accented(self) -> bool:
        """Whether the form bears a diacritic other than the tilde of ñ."""
        return self.form != self.folded


class _Words(dict[str, Word]):
    """Surface form → Word, filled on demand; emptied when full, since a stream of text never ends."""

    def __missing__(self, token_text: str) -> Word:
        if len(self) >= _CACHE_SIZE:
            self.clear()
        word = word_of(canonical_form(token_text)[:MAX_TERM])
        self[token_text] = word
        return word


def word_of(form: str) -> Word:
    """The word whose form this is."""
    return Word(form, fold(form)[:MAX_TERM], stem(form)[:MAX_TERM])


class Analyzer:
    """Spanish analysis; one object may serve many threads."""

    def __init__(self) -> None:
        self._words = _Words()

    def word(self, token_text: str) -> Word:
        """The terms of one token as it stands in a text."""
        return self._words[token_text]

    def words(self, text: str) -> list[Word]:
        """The words of a text in order; their index is their position."""
        return [*map(self._words.__getitem__, token_texts(text))]

    def __reduce__(self) -> tuple[type[Analyzer], tuple[()]]:
        """Another process fills caches of its own."""
        return Analyzer, ()

    def fingerprint(self) -> str:
        """Changes when the same text could give other terms: then the index must be built anew."""
        from searchidx.analysis.names.similarity import NAMES_VERSION  # only a writer asks

        versions = (_VERSION, NAMES_VERSION, unicodedata.unidata_version, stemmer_version())
        told = repr((versions, self.words(_SAMPLE)))
        return f"{zlib.crc32(told.encode('utf-8', 'surrogatepass')):08x}"
