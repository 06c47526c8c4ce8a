"""Graphemes: the letters or groups of letters that write one sound, in any of the languages that spell names.

The graphemes *sch, sh, š* are of one class of sounds. Words of other scripts are transliterated to Latin letters
first. Graphemes, never single letters, are compared and make up the key of a name.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby

_GRAPHEMES_OF_CLASS = {
    "a": "a",
    "e": "e ë ə ä ee",
    "i": "i ï ı y",
    "o": "o ö oo oh",
    "u": "u ü ŭ ou uu uh",
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
"""Class of sounds → the graphemes that write it; a grapheme of two classes belongs to the first."""

CLASS_OF: dict[str, str] = {}  # of each grapheme
for _class, _graphemes in _GRAPHEMES_OF_CLASS.items():
    for _grapheme in _graphemes.split():
        CLASS_OF.setdefault(_grapheme, _class)

VOWELS = frozenset("aeiou")
"""The classes of vowels. j, a glide in some languages and a consonant in others, is not among them."""

_LETTERS_OF_GRAPHEME = (
    "š:šśŝ ş:şș ž:žżź č:čćĉ ñ:ñńňņ ç:ç ț:țţ ř:ř ğ:ğ ï:ïĭ y:ýÿȳ ı:ı ë:ëě ə:ə ä:äæ ö:öőø ü:üű ŭ:ŭ "
    "oe:œ l:ł đ:đð th:þ ss:ß h:ħ t:ŧ"
)
"""Letters with a diacritic that marks a sound, after the grapheme that they are read as."""


class _Letters(dict[int, str]):
    """Code point → its Latin letters in lower case, for `str.translate`, which looks code points up one by one.

    Filled on demand.
    """

    def __missing__(self, code: int) -> str:
        self[code] = letters = _in_latin(chr(code))
        return letters


_LETTERS = _Letters(
    (ord(letter), grapheme)
    for grapheme, letters in (each.split(":") for each in _LETTERS_OF_GRAPHEME.split(" "))
    for letter in letters
)


def _in_latin(character: str) -> str:
    base = unicodedata.normalize("NFKD", character)
    if not base[0].isascii() and base[0].isalpha():
        from anyascii import anyascii  # few corpora need its tables

        base = anyascii(character).lower()
    return "".join(letter for letter in base if "a" <= letter <= "z")


def latin_letters(form: str) -> str:
    """The form in Latin letters and lower case, with those diacritics that mark a sound.

    >>> latin_letters("Tokáyev"), latin_letters("Токаев"), latin_letters("Çeliński")
    ('tokayev', 'tokaev', 'çeliñski')
    """
    if form.isascii() and form.isalpha():
        return form.lower()
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", form).lower())
    return composed.translate(_LETTERS)


def _pattern() -> re.Pattern[str]:
    """One branch for each first letter, so that a letter without longer graphemes costs one attempt."""
    only_before_front_vowels = "u(?=[eiy])"
    not_before_vowels = "h(?![aeiouyäöüëə])"
    branches = []
    for first, group in groupby(sorted(CLASS_OF), key=lambda grapheme: grapheme[0]):
        tails = sorted((each[1:] for each in group if len(each) > 1), key=lambda tail: (-len(tail), tail))
        tails = [only_before_front_vowels if first + tail in ("gu", "qu") else tail for tail in tails]
        tails = [not_before_vowels if first + tail in ("oh", "uh") else tail for tail in tails]
        branches.append(f"{first}(?:{'|'.join(tails)})?" if tails else first)
    return re.compile("|".join(branches))


_GRAPHEME = _pattern()


def graphemes(letters: str) -> list[str]:
    """The graphemes of a word of `latin_letters`, in order.

    >>> graphemes("tschaikowsky")
    ['tsch', 'a', 'i', 'k', 'o', 'w', 's', 'k', 'y']
    """
    return _GRAPHEME.findall(letters)
