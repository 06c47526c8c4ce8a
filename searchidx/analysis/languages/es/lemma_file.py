"""The file of lemmas: folded form → its readings, and lemma → its relatives.

A trie that is mapped into memory, so that it opens in a tenth of a millisecond and processes share it
(https://github.com/pytries/marisa-trie). `lemma_building` writes it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from marisa_trie import BytesTrie

LEMMA_FILE = Path(__file__).with_name("lemmas.marisa")

_ACUTE = "áéíóú"

_RELATIVES = "="  # before a lemma, in the key of its relatives
_SECONDARY = 0x80
_VERB = 0x40
_CUT = 0x3F


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the words that a form may be a form of."""

    lemma: str  # in lower case, with its accents
    accent: int = 0  # in the form: 1 + the position of its acute accent; 0 without one
    is_verb: bool = False
    is_secondary: bool = False  # another word is the usual reading of the form


@dataclass(frozen=True, slots=True)
class Relatives:
    """What a lemma has in common with other words."""

    root: str  # the word that names its family; the lemma itself when it is not derived
    has_derived: bool = False  # other words are derived from it
    has_homographs: bool = False  # it is a secondary reading of some form


class LemmaFile:
    """A file of lemmas, open for reading. May serve many threads."""

    def __init__(self, path: Path = LEMMA_FILE) -> None:
        self._trie = BytesTrie()
        self._trie.mmap(str(path))

    def readings(self, folded: str) -> list[Reading]:
        """The readings of every form that folds to these letters; none when the dictionary lacks them."""
        values = self._trie.get(folded)
        return [_decoded(folded, value) for value in values] if values else []

    def relatives(self, lemma: str) -> Relatives:
        """The relatives of a lemma; none of one that the dictionary lacks."""
        values = self._trie.get(_RELATIVES + lemma)
        if not values:
            return Relatives(lemma)
        reading = _decoded(lemma, values[0])
        return Relatives(reading.lemma, reading.is_verb, reading.is_secondary)


def write_lemma_file(
    path: Path, readings: Iterable[tuple[str, Reading]], relatives: Iterable[tuple[str, Relatives]]
) -> None:
    """Write (folded form, reading) and (lemma, relatives)."""
    items = [(folded, _encoded(folded, reading)) for folded, reading in readings]
    for lemma, each in relatives:
        # The two flags of a reading stand for those of the relatives.
        reading = Reading(each.root, is_verb=each.has_derived, is_secondary=each.has_homographs)
        items.append((_RELATIVES + lemma, _encoded(lemma, reading)))
    BytesTrie(sorted(items)).save(str(path))


def _encoded(form: str, reading: Reading) -> bytes:
    """Accent, flags with the number of letters to cut from the form, and what to add."""
    lemma = reading.lemma
    kept = next((n for n in range(min(len(form), len(lemma)), 0, -1) if form[:n] == lemma[:n]), 0)
    flags = _SECONDARY * reading.is_secondary | _VERB * reading.is_verb | (len(form) - kept)
    return bytes((reading.accent, flags)) + lemma[kept:].encode()


def _decoded(form: str, value: bytes) -> Reading:
    flags = value[1]
    lemma = form[: len(form) - (flags & _CUT)] + value[2:].decode()
    return Reading(lemma, value[0], bool(flags & _VERB), bool(flags & _SECONDARY))


def accent_of(form: str) -> int:
    """1 + the position of the acute accent in a form; 0 without one."""
    return next((index + 1 for index, letter in enumerate(form) if letter in _ACUTE), 0)


@cache
def lemma_file() -> LemmaFile:
    """The file that comes with the package."""
    return LemmaFile()
