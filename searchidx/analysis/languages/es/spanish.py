"""Spanish as a `Language`: stems, stop words and usual accents; tokens and typos have modules of their own."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock

import snowballstemmer

from searchidx.analysis.folding import fold
from searchidx.analysis.languages.es import tokenizer
from searchidx.analysis.languages.language import Language
from searchidx.runtime.files import data_lines

_STEMMER = snowballstemmer.stemmer("spanish")
if hasattr(_STEMMER, "maxCacheSize"):
    _STEMMER.maxCacheSize = 0  # the analyzer caches words; PyStemmer's own cache takes half of the stemmer's time
_STEMMER_LOCK = Lock()  # a stemmer object holds the word that it works on

_USUAL_ACCENTS = (
    ("abamos", "ábamos"),
    ("iamos", "íamos"),
    ("ian", "ían"),
    ("ran", "rán"),
    ("on", "ón"),
    ("es", "és"),
    ("io", "ió"),
    ("ia", "ía"),
    ("ra", "rá"),
)
"""Endings as people type them without an accent, and as they are usually written: verbs (cantábamos, recibió,
tenía, hablará) and nouns (reunión, interés)."""


class Spanish:
    """Implements `Language`."""

    code = "es"
    # Static methods, because the indexing loop calls them for every new word.
    token_texts = staticmethod(tokenizer.token_texts)
    canonical_form = staticmethod(tokenizer.canonical_form)
    is_token = staticmethod(tokenizer.is_token)
    is_abbreviation = staticmethod(tokenizer.is_abbreviation)
    depends_on_neighbours = staticmethod(tokenizer.depends_on_neighbours)
    spans_white_space = staticmethod(tokenizer.spans_white_space)

    @property
    def version(self) -> str:
        """See `Language.version`: a number to raise for changes here, the abbreviations, and the stemmer."""
        abbreviations = zlib.crc32(repr(tokenizer.ABBREVIATIONS).encode())
        return f"2 {abbreviations:08x} {_stemmer_version()}"

    @property
    def stop_words(self) -> frozenset[str]:
        """See `Language.stop_words`."""
        return _stop_words()

    @staticmethod
    def stem(lower: str) -> str:
        """The folded stem of a form in lower case that has its accents: Snowball, then fold.

        Stemming before folding keeps *recibió* with *recibir*: of 45 such pairs, folding first joins 23 and
        stemming first joins 38. Snowball separates plurals in -ces from their singular (*luces* gives luc, *luz*
        gives luz). A final z of the word becomes c in the stem, which joins all of them and never touches
        *índices* and *índice*.

        Snowball: https://snowballstem.org/algorithms/spanish/stemmer.html (through PyStemmer's C library when it
        is installed, with the same output).

        >>> SPANISH.stem("reuniones"), SPANISH.stem("luz"), SPANISH.stem("luces")
        ('reunion', 'luc', 'luc')
        """
        with _STEMMER_LOCK:
            stemmed: str = _STEMMER.stemWord(lower)
        if lower.endswith("z") and len(lower) > 2 and stemmed.endswith("z"):
            stemmed = stemmed[:-1] + "c"
        return fold(stemmed)

    @staticmethod
    def accented_forms(folded: str) -> Sequence[str]:
        """See `Language.accented_forms`: the word with the accent that its ending usually bears.

        >>> SPANISH.accented_forms("reunion"), SPANISH.accented_forms("recibio")
        (['reunión'], ['recibió'])
        """
        return [
            folded.removesuffix(plain) + accented for plain, accented in _USUAL_ACCENTS if folded.endswith(plain)
        ]

    @staticmethod
    def typo_cost(typed: str, meant: str) -> float:
        """See `Language.typo_cost`."""
        from searchidx.analysis.languages.es.typo_cost import cost  # only corrections need it

        return cost(typed, meant)

    @staticmethod
    def sound(folded: str) -> str:
        """See `Language.sound`."""
        from searchidx.analysis.languages.es.typo_cost import sound  # only corrections need it

        return sound(folded)


SPANISH: Language = Spanish()


@cache
def _stop_words() -> frozenset[str]:
    """The words of `stop_words.txt`, folded.

    The list is our own: articles, clitics, prepositions, conjunctions, auxiliaries. It has no content word:
    *estado, sentido, sin, contra, no* are not in it.
    """
    lines = data_lines(Path(__file__).with_name("stop_words.txt"))
    return frozenset(fold(word) for _, line in lines for word in line.split())


def _stemmer_version() -> str:
    """The release of PyStemmer, or a checksum of the source of the pure-Python stemmer."""
    module = sys.modules[type(_STEMMER).__module__]
    if hasattr(module, "version"):
        return f"PyStemmer {module.version()}"
    return f"source {zlib.crc32(Path(module.__file__ or '').read_bytes()):08x}"
