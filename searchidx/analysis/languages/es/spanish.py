"""Spanish as a `Language`: stop words and Snowball; lemmas, tokens and typos have modules of their own."""

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
from searchidx.analysis.languages.es.lemma_file import LEMMA_FILE, accent_of, lemma_file
from searchidx.analysis.languages.es.lemmas import Lemmas
from searchidx.analysis.languages.language import Language, SearchStem
from searchidx.runtime.files import data_lines

_STEMMER = snowballstemmer.stemmer("spanish")
if hasattr(_STEMMER, "maxCacheSize"):
    _STEMMER.maxCacheSize = 0  # the analyzer caches words; PyStemmer's own cache takes half of the stemmer's time
_STEMMER_LOCK = Lock()  # a stemmer object holds the word that it works on

_AUXILIARIES = frozenset({"ser", "haber", "estar", "ir", "dar", "saber"})
"""Verbs whose forms may be stop words; those keep their lemma."""


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
        """See `Language.version`: a number to raise for changes here, the abbreviations, lemmas and stemmer."""
        abbreviations = zlib.crc32(repr(tokenizer.ABBREVIATIONS).encode())
        return f"2 {abbreviations:08x} {_lemma_file_version()} {_stemmer_version()}"

    @property
    def stop_words(self) -> frozenset[str]:
        """See `Language.stop_words`."""
        return _stop_words()

    @staticmethod
    def stems(lower: str) -> tuple[str, ...]:
        """See `Language.stems`.

        >>> SPANISH.stems("reuniones"), SPANISH.stems("vuelo")
        (('reunión', 'reunir*'), ('vuelo', 'volar~', 'volar*'))
        """
        return _lemmas().stems(lower)

    @staticmethod
    def search_stems(lower: str) -> tuple[SearchStem, ...]:
        """See `Language.search_stems`."""
        return _lemmas().search_stems(lower)

    @staticmethod
    def name_stems(lower: str) -> tuple[SearchStem, ...]:
        """See `Language.name_stems`."""
        return _lemmas().name_stems(lower)

    @staticmethod
    def is_known(lower: str) -> bool:
        """See `Language.is_known`."""
        return _lemmas().is_known(lower)

    @staticmethod
    def has_telling_accent(lower: str) -> bool:
        """See `Language.has_telling_accent`."""
        return _lemmas().has_telling_accent(lower)

    @staticmethod
    def plurals(folded: str) -> Sequence[str]:
        """See `Language.plurals`."""
        return [folded + "s"] if folded[-1] in "aeiou" else [folded + "es", folded + "s"]

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
    return frozenset(fold(word) for _, line in _data("stop_words.txt") for word in line.split())


@cache
def _function_words() -> frozenset[str]:
    """Forms, as they are written, that share a term with no other word: no form of an auxiliary is among them."""
    stop_words = (word for _, line in _data("stop_words.txt") for word in line.split())
    more = (word for _, line in _data("function_words.txt") for word in line.split())
    return frozenset(more) | frozenset(word for word in stop_words if not _is_of_auxiliary(word))


def _is_of_auxiliary(word: str) -> bool:
    readings = lemma_file().readings(fold(word))
    return any(each.lemma in _AUXILIARIES and each.accent == accent_of(word) for each in readings)


def _data(name: str) -> list[tuple[int, str]]:
    return data_lines(Path(__file__).with_name(name))


@cache
def _lemmas() -> Lemmas:
    return Lemmas(lemma_file(), _snowball, _function_words())


def _snowball(folded: str) -> str:
    """The stem of Snowball: https://snowballstem.org/algorithms/spanish/stemmer.html

    (Through PyStemmer's C library when it is installed, with the same output.) Snowball separates plurals in -ces
    from their singular (*luces* gives luc, *luz* gives luz): a final z becomes c, which joins them.
    """
    with _STEMMER_LOCK:
        stemmed: str = _STEMMER.stemWord(folded)
    return stemmed[:-1] + "c" if len(stemmed) > 2 and stemmed.endswith("z") else stemmed


def _lemma_file_version() -> str:
    return f"{zlib.crc32(LEMMA_FILE.read_bytes()):08x}"


def _stemmer_version() -> str:
    """The release of PyStemmer, or a checksum of the source of the pure-Python stemmer."""
    module = sys.modules[type(_STEMMER).__module__]
    if hasattr(module, "version"):
        return f"PyStemmer {module.version()}"
    return f"source {zlib.crc32(Path(module.__file__ or '').read_bytes()):08x}"
