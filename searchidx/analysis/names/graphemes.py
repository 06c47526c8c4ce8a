"""Of which written sounds is a name made, whatever the language that spelt it?

A unit is what one tradition writes for one sound: *sch, sh, š* are units of one class. Words of other
scripts are written in Latin letters first. The units, never the single letters, are compared and make the key.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

_UNITS_OF_CLASS = {
    "a": "a",
    "e": "e ë ə ä ee",
    "i": "i ï ı y",
    "o": "o ö oo",
    "u": "u ü ŭ ou uu",
    "j": "j",
    "b": "b bb",
    "v": "v vv w ww",
    "f": "f ff ph",
    "p": "p pp",
    "d": "d dd đ dh",
    "t": "t tt th dt",
    "k": "k kk q qu c cc ck",
    "g": "g gg gh gu ğ",
    "h": "h kh",
    "l": "l ll",
    "m": "m mm",
    "n": "n nn ñ",
    "r": "r rr rh ř",
    "s": "s ss z zz ç",
    "S": "š ş sh sch sj",
    "Z": "ž zh zj zs rz dž dzh dsch dj sz",
    "C": "č tč tš cz ch tch tsh tsch tzsch tj tsj tx cs tç",
    "T": "ț ts tz",
    "X": "x ks xs",
    "#": "šč şç shch sch sjtj stj schch chtch xtx stx szcz szcs stsj sjtsj schtsch chtsch",
}
"""Class of sounds → the units that write it; a unit of two classes belongs to the first."""

CLASS_OF: dict[str, str] = {}
for _class, _units in _UNITS_OF_CLASS.items():
    for _unit in _units.split():
        CLASS_OF.setdefault(_unit, _class)

VOWELS = frozenset("aeiou")
"""The classes of vowels; j, a glide in some traditions and a consonant in others, is by itself."""

_LETTERS_OF_UNIT = (
    "š:šśŝ ş:şș ž:žżź č:čćĉ ñ:ñńňņ ç:ç ț:țţ ř:ř ğ:ğ ï:ïĭ y:ýÿȳ ı:ı ë:ëě ə:ə ä:äæ ö:öőø ü:üű ŭ:ŭ "
    "oe:œ l:ł đ:đð th:þ ss:ß h:ħ t:ŧ"
)
"""The letters with a mark that tells a sound, each kind after the unit that it is read as."""


class _Letters(dict[int, str]):
    """Code point → its Latin letters in lower case, for `str.translate`; filled on demand."""

    def __missing__(self, code: int) -> str:
        self[code] = letters = _in_latin(chr(code))
        return letters


_LETTERS = _Letters(
    (ord(letter), unit)
    for unit, letters in (kind.split(":") for kind in _LETTERS_OF_UNIT.split(" "))
    for letter in letters
)


def _in_latin(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)
    if not base[0].isascii() and base[0].isalpha():
        from anyascii import anyascii  # few corpora need its tables

        base = anyascii(character).lower()
    return "".join(letter for letter in base if "a" <= letter <= "z")


def latin_letters(form: str) -> str:
    """The form in lower-case Latin letters; of the diacritics those are kept that tell a sound.

    >>> latin_letters("Tokáyev"), latin_letters("Токаев"), latin_letters("Çeliński")
    ('tokayev', 'tokaev', 'çeliñski')
    """
    if form.isascii() and form.isalpha():
        return form.lower()
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", form).lower())
    return composed.translate(_LETTERS)


def _pattern() -> re.Pattern[str]:
    """One branch for each first letter, so that a letter without longer units costs one look."""
    only_before_front_vowels = "u(?=[eiy])"
    branches = []
    for first, units in groupby(sorted(CLASS_OF), key=lambda unit: unit[0]):
        rests = sorted((unit[1:] for unit in units if len(unit) > 1), key=lambda rest: (-len(rest), rest))
        rests = [only_before_front_vowels if first + rest in ("gu", "qu") else rest for rest in rests]
        branches.append(f"{first}(?:{'|'.join(rests)})?" if rests else first)
    return re.compile("|".join(branches))


_UNIT = _pattern()


def units_of(letters: str) -> list[str]:
    """The units of a word of Latin letters, in order.

    >>> units_of("tschaikowsky")
    ['tsch', 'a', 'i', 'k', 'o', 'w', 's', 'k', 'y']
    """
    return _UNIT.findall(letters)
