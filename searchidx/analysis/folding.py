"""Which letters count as the same? Fold: lower case, no diacritics, but ñ stays a letter."""

from __future__ import annotations

import unicodedata

_ATOMIC_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t", "ı": "i"}
    | {"þ": "th", "ß": "ss", "æ": "ae", "œ": "oe"}
)
"""Latin letters that a Spanish keyboard lacks and that Unicode does not decompose."""

_SPANISH_LETTERS = str.maketrans("áéíóúü", "aeiouu")


def fold(word: str) -> str:
    """The letters of `word` without case, diacritics and compatibility forms; n with tilde stays ñ.

    >>> fold("Pingüino"), fold("AÑO"), fold("Łódź")
    ('pinguino', 'año', 'lodz')
    """
    lowered = word.lower()
    # Words with no letters but Spanish ones are ready here: ten times as fast as what follows.
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
    """The letters and marks that a character is made of; one made of signs too (½) stays whole."""
    parts = unicodedata.normalize("NFKD", character)
    return parts if all(part.isalnum() or unicodedata.combining(part) for part in parts) else character


def _is_diacritic(character: str) -> bool:
    """Accents, and the vowel points of Hebrew and Arabic, which their readers leave out.

    By canonical combining class (Unicode, table of values): 200 and above are marks around a letter,
    10 to 35 fixed points. HighlightTerms that make another letter (Indic, Thai, Japanese) lie between.
    """
    combining = unicodedata.combining(character)
    return combining >= 200 or 10 <= combining <= 35
