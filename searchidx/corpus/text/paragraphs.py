"""The paragraphs of a plain text.

Plain texts are written in three ways: paragraphs separated by blank lines, with a line end after every few dozen
characters (hard-wrapped); paragraphs of one long line each; and lines that are meant as lines (verse, lists).
Only in hard-wrapped text does a single line end stand for a space. Hard-wrapped text is recognised by the length
of its lines: the first word of the next line would not have fitted.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from searchidx.corpus.text.characters import has_uncollapsed_spaces

_WIDTHS = range(55, 121)
"""Widths of hard-wrapped lines, in characters. Verse is seldom as wide: an alexandrine has about 45."""

_SENTENCE_ENDS = (".", "!", "?", "…", ":", ";", ".»", ".”", '."', "?»", "!»", "?”", "!”", ".)")
_LIST_ITEM = re.compile(r"(?:[-*•·–—]|\(?\w{1,3}[.)])\s")
_WORD_HEAD = re.compile(r"[^\W\d_]+-$")
_WORD = re.compile(r"[^\W\d_]+")
_MAX_WORD_PART = 40  # characters of a split word on one line


class _Line(NamedTuple):
    """A line that is not blank."""

    text: str  # without the white space around it
    indent: int  # characters of white space before the text


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs of a cleaned text, in order, none empty; runs of white space in them are one space.

    A text without single line ends, as most databases hold, is split in one pass.
    """
    blocks = text.split("\n\n")
    if any("\n" in block.strip("\n") for block in blocks):
        paragraphs = _from_lines(text)
    else:
        paragraphs = [block.strip() for block in blocks]
    if has_uncollapsed_spaces(text):
        paragraphs = [" ".join(paragraph.split()) for paragraph in paragraphs]
    return [paragraph for paragraph in paragraphs if paragraph]


def is_hard_wrapped(text: str) -> bool:
    """Whether single line ends in a cleaned text stand for spaces."""
    return _wrap_width(_blocks(text)) > 0


def _from_lines(text: str) -> list[str]:
    blocks = _blocks(text)
    width = _wrap_width(blocks)
    if not width:
        return [line.text for block in blocks for line in block]
    words = Counter(_WORD.findall(text))
    return [paragraph for block in blocks for paragraph in _join_lines(block, width, words)]


def _blocks(text: str) -> list[list[_Line]]:
    """The runs of lines between blank lines; the last may be empty."""
    blocks: list[list[_Line]] = [[]]
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            blocks[-1].append(_Line(stripped, len(raw) - len(raw.lstrip())))
        elif blocks[-1]:
            blocks.append([])
    return blocks


def _wrap_width(blocks: list[list[_Line]]) -> int:
    """The width at which the lines were wrapped, in characters; 0 when they were not.

    Nine of ten lines are no longer than the width (a long address may be longer), most lines continue a sentence
    on the next one, and three of four of these are full.
    """
    pairs = [(line.text, following.text) for block in blocks for line, following in pairwise(block)]
    if not pairs:
        return 0
    lengths = sorted(len(line.text) for block in blocks if len(block) > 1 for line in block)
    width = lengths[(len(lengths) * 9 - 1) // 10]
    if width not in _WIDTHS:
        return 0
    continued = [pair for pair in pairs if _continues(*pair)]
    full = [pair for pair in continued if _is_full(*pair, width)]
    return width if 2 * len(continued) >= len(pairs) and len(full) >= 0.75 * len(continued) else 0


def _continues(line: str, following: str) -> bool:
    """Whether a sentence continues from one line to the next."""
    return not line.endswith(_SENTENCE_ENDS) and (
        following[0].islower() or (line.isupper() and following.isupper())
    )


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this line."""
    return len(line) + 1 + len(following.split(None, 1)[0]) > width


def _join_lines(block: list[_Line], width: int, words: Counter[str]) -> list[str]:
    """The paragraphs of one block of hard-wrapped lines; `words` counts the words of the whole text."""
    paragraphs = [[line.text for line in block[:1]]]
    for (line, indent), (following, next_indent) in pairwise(block):
        starts_paragraph = _LIST_ITEM.match(following) or next_indent > indent + 1
        if starts_paragraph or not (_continues(line, following) or _is_full(line, following, width)):
            paragraphs.append([following])
        elif _is_split_word(line, following, words):
            paragraphs[-1][-1] = paragraphs[-1][-1][:-1]
            paragraphs[-1].append(following)
        else:
            separator = "" if line[-1] == "-" and line[-2:-1].isalpha() else " "
            paragraphs[-1].append(separator + following)
    return ["".join(parts) for parts in paragraphs]


def _is_split_word(line: str, following: str, words: Counter[str]) -> bool:
    """Whether the hyphen at the end of a line only marks a word that was split there.

    Where each part is a word elsewhere in this text, and the whole is not (*ruso-kazaja*), the hyphen more likely
    belongs to the word.
    """
    head = _WORD_HEAD.search(line[-_MAX_WORD_PART:])
    tail = _WORD.match(following[:_MAX_WORD_PART])
    if head is None or tail is None or not tail.group()[0].islower():
        return False
    first, second = head.group()[:-1], tail.group()
    return words[first + second] > 0 or words[first] < 2 or words[second] < 2
