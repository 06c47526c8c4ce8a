"""Where does the first sentence end, and what title can be made of it?"""

from __future__ import annotations

import re

from searchidx.corpus.news.word_lists import abbreviations

TITLE_LENGTH = 100
"""A derived title is cut at the last word end within this many characters."""

_STOP = re.compile(r"(?P<stop>[.!?…]+)[»”’\"')\]]*(?=\s+[«“‘\"'(\[¿¡—–-]*[^\W_a-zá-ý]|$)")
_WORD_BEFORE = re.compile(r"[^\s«“‘\"'(\[¿¡]+$")
_LOOKED_AT = 600  # a first sentence longer than this is cut anyway


def first_sentence(text: str) -> str:
    """The first sentence of a paragraph, with its full stop; all of it when it is one sentence.

    The stop of an abbreviation (*Sr.*, *EE. UU.*) or of an initial (*J. Pérez*) does not end it.
    """
    head = text[:_LOOKED_AT]
    for match in _STOP.finditer(head):
        if match["stop"] != "." or not ends_in_abbreviation(head[: match.end("stop")]):
            return head[: match.end()]
    return head


def ends_in_abbreviation(text: str) -> bool:
    """Whether the full stop at the end of the text belongs to its last word: *Sr.*, *EE.UU.*, *J.*"""
    found = _WORD_BEFORE.search(text[:-1])
    if not text.endswith(".") or found is None:
        return False
    word = found.group()
    is_acronym = "." in word and all(len(part) <= 2 and part.isupper() for part in word.split(".") if part)
    is_initial = len(word) == 1 and word.isupper()
    return is_acronym or is_initial or word.casefold() in abbreviations()


def title_from(text: str) -> str:
    """A title of at most `TITLE_LENGTH` characters, made from the first sentence of a paragraph."""
    sentence = first_sentence(text)
    if len(sentence) > TITLE_LENGTH:
        cut = sentence.rfind(" ", 0, TITLE_LENGTH)
        # A text without spaces (an address, another script) is cut where it must be.
        return sentence[: cut if cut > 0 else TITLE_LENGTH - 1].rstrip(" ,;:.–—-") + "…"
    if sentence.endswith(".") and not sentence.endswith("..") and not ends_in_abbreviation(sentence):
        return sentence[:-1].rstrip() or sentence
    return sentence
