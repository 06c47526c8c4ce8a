"""Folding: a word without case, diacritics and compatibility forms.

Folding is the same for every language, with one exception that Spanish made: ñ stays a letter.
"""

from __future__ import annotations

import unicodedata

_ATOMIC_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i"}
    | {"þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"}
)
"""Latin letters that Unicode does not decompose and that a Spanish keyboard lacks."""

_SPANISH_LETTERS = str.maketrans("áéíóúü", "aeiouu")


def fold(word: str) -> str:
    """The word in lower case without diacritics and compatibility forms; n with tilde stays ñ.

    >>> fold("Pingüino"), fold("AÑO"), fold("Łódź")
    ('pinguino', 'año', 'lodz')
    """
    lowered = word.lower()
    # A word with Spanish letters alone is complete here, ten times as fast as below.
    plain = lowered.translate(_SPANISH_LETTERS)
    if plain.isascii() or plain.replace("ñ", "").isascii():
        return plain
    kept: list[str] = []
    for character in "".join(map(_decomposed, lowered)):
        if character == "\u0303" and kept and kept[-1] == "n":
            kept[-1] = "ñ"
        elif not _is_diacritic(character):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept)).lower().translate(_ATOMIC_LETTERS)


def _decomposed(character: str) -> str:
    """The letters and combining marks of a character; a character with other symbols in it (½) stays whole."""
    parts = unicodedata.normalize("NFKD", character)
    return parts if all(part.isalnum() or unicodedata.combining(part) for part in parts) else character


def _is_diacritic(character: str) -> bool:
    """Whether a character is an accent, or a vowel point of Hebrew or Arabic, which their readers leave out.

    By canonical combining class (Unicode, table of values): classes from 200 are marks around a letter, classes 10
    to 35 are fixed points. Marks that make another letter (Indic, Thai, Japanese) lie between.
    """
    combining = unicodedata.combining(character)
    return combining >= 200 or 10 <= combining <= 35
