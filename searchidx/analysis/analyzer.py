"""The analyzer: the one chain from a text to its terms, for indexing, queries and highlighting alike.

    text → tokens → canonical form → fold → folded
                                   → stems
                                   → the form itself as `accented`, when folding changed it

Each distinct token goes through the chain once and is then looked up. `document_analyzer` analyses whole
documents.
"""

from __future__ import annotations

import unicodedata
import zlib
from typing import NamedTuple

from searchidx.analysis.folding import fold
from searchidx.analysis.languages.es.spanish import SPANISH
from searchidx.analysis.languages.language import Language

MAX_TERM = 64
"""Code points of a term; a longer one is cut."""

_CACHE_SIZE = 300_000  # distinct tokens: all of a million paragraphs of laws, about 90 MB

_VERSION = 1  # raise it when a change in the code could change a term that the sample below does not show

_SAMPLE = (
    "El Estado recibió a los jueces, luz y luces, índices; cantábamos. EE. UU., EE.UU., EE UU y O.N.U. "
    "El 12.11.2025, 30.000 y 30 000, 1,5 %, 0.500, 1.º, ruso-kazaja, pingüino, año, AÑO, Łódź, coope\u00adración, "
    "n\u0303u, \ufb01nanzas, ½ m², Токаев, \u0e19\u0e49\u0e33, " + "x" * 70
)


class Word(NamedTuple):
    """The terms of one token, each at most MAX_TERM code points long."""

    lower: str  # its canonical form: lower case, accents kept
    folded: str
    stems: tuple[str, ...]  # the terms of `Language.stems`, the main one first

    @property
    def accented(self) -> bool:
        """Whether the word has a diacritic other than the tilde of ñ."""
        return self.lower != self.folded


class _Words(dict[str, Word]):
    """Token → Word, filled on demand, and emptied when full, because a stream of text never ends."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, token: str) -> Word:
        if len(self) >= _CACHE_SIZE:
            self.clear()
        word = _word(self._language.canonical_form(token)[:MAX_TERM], self._language)
        self[token] = word
        return word


def _word(lower: str, language: Language) -> Word:
    return Word(lower, fold(lower)[:MAX_TERM], tuple([stem[:MAX_TERM] for stem in language.stems(lower)]))


class Analyzer:
    """The analysis of texts in one language; one object may serve many threads."""

    def __init__(self, language: Language = SPANISH) -> None:
        self.language = language
        self._words = _Words(language)
        self._token_texts = language.token_texts

    def word(self, token: str) -> Word:
        """The terms of one token as it stands in a text."""
        return self._words[token]

    def words(self, text: str) -> list[Word]:
        """The words of a text in order; the index of a word is its position."""
        return [*map(self._words.__getitem__, self._token_texts(text))]

    def word_of_form(self, lower: str) -> Word:
        """The word whose canonical form is known; not cached."""
        return _word(lower, self.language)

    def __reduce__(self) -> tuple[type[Analyzer], tuple[Language]]:
        """Pickles the language alone; the other process fills a cache of its own."""
        return Analyzer, (self.language,)

    def fingerprint(self) -> str:
        """Eight hexadecimal digits that change when the same text could give other terms.

        An index with another fingerprint must be built anew.
        """
        from searchidx.analysis.names.similarity import NAMES_VERSION  # only a writer needs it

        language = (self.language.code, self.language.version)
        versions = (_VERSION, NAMES_VERSION, unicodedata.unidata_version, *language)
        sample = [tuple(word) for word in self.words(_SAMPLE)]
        return f"{zlib.crc32(repr((versions, sample)).encode('utf-8', 'surrogatepass')):08x}"
