"""The first sentence of a text, and a title made from it."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from searchidx.runtime.files import data_lines

_MAX_TITLE = 100  # characters; a longer title is cut at the end of a word

_SENTENCE_END = re.compile(r"(?P<stop>[.!?…]+)[»”’\"')\]]*(?=\s+[«“‘\"'(\[¿¡—–-]*[^\W_a-zá-ý]|$)")
_WORD_BEFORE = re.compile(r"[^\s«“‘\"'(\[¿¡]+$")
_MAX_SENTENCE = 600  # characters; a title is cut far before that


def first_sentence(text: str) -> str:
    """The first sentence of a paragraph, with its full stop, at most 600 characters.

    The stop of an abbreviation (*Sr.*, *EE. UU.*) or of an initial (*J. Pérez*) does not end a sentence.
    """
    head = text[:_MAX_SENTENCE]
    for match in _SENTENCE_END.finditer(head):
        if match["stop"] != "." or not ends_in_abbreviation(head[: match.end("stop")]):
            return head[: match.end()]
    return head


def ends_in_abbreviation(text: str) -> bool:
    """Whether the full stop at the end of the text belongs to its last word: *Sr.*, *EE.UU.*, *J.*"""
    match = _WORD_BEFORE.search(text[:-1])
    if not text.endswith(".") or match is None:
        return False
    word = match.group()
    is_acronym = "." in word and all(len(part) <= 2 and part.isupper() for part in word.split(".") if part)
    is_initial = len(word) == 1 and word.isupper()
    return is_acronym or is_initial or word.casefold() in _abbreviations()


def title_from(text: str) -> str:
    """A title of at most 100 characters, made from the first sentence of a paragraph."""
    sentence = first_sentence(text)
    if len(sentence) > _MAX_TITLE:
        cut = sentence.rfind(" ", 0, _MAX_TITLE)
        # A text without spaces (an address, another script) is cut within a word.
        return sentence[: cut if cut > 0 else _MAX_TITLE - 1].rstrip(" ,;:.–—-") + "…"
    if sentence.endswith(".") and not sentence.endswith("..") and not ends_in_abbreviation(sentence):
        return sentence[:-1].rstrip() or sentence
    return sentence


@cache
def _abbreviations() -> frozenset[str]:
    """Abbreviations in lower case, without their last full stop."""
    return frozenset(entry for _, entry in data_lines(Path(__file__).with_name("abbreviations.txt")))
