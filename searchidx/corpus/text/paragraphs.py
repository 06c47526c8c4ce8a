"""Where do the paragraphs of a plain text begin and end?

Three habits occur: paragraphs parted by blank lines with a line end after each few dozen characters
(hard-wrapped), paragraphs of one long line each, and lines that are meant as lines (verse, lists).
Only in the first does a single line end stand for a space. It is told by the trace that wrapping
leaves: each line is so long that the next word would not have fitted.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from searchidx.corpus.text.characters import has_odd_spaces

_WIDTHS = range(55, 121)
"""Of hard-wrapped lines, in characters. Verse seldom reaches the lower end: an alexandrine has about 45."""

_ENDS = (".", "!", "?", "…", ":", ";", ".»", ".”", '."', "?»", "!»", "?”", "!”", ".)")
_ITEM = re.compile(r"(?:[-*•·–—]|\(?\w{1,3}[.)])\s")
_SPLIT_WORD = re.compile(r"[^\W\d_]+-$")
_WORD = re.compile(r"[^\W\d_]+")
_LONGEST_PART = 40  # characters of a split word on one line

_Line = tuple[str, int]
"""A line without the white space around it, and how much stood before it."""


def split_paragraphs(text: str) -> list[str]:
    r"""The paragraphs of a cleaned text, in order, none empty, white space in them collapsed.

    A text without single line ends, as most databases hold, is split in one pass.
    """
    blocks = text.split("\n\n")
    if any("\n" in block.strip("\n") for block in blocks):
        paragraphs = _from_lines(text)
    else:
        paragraphs = [block.strip() for block in blocks]
    if has_odd_spaces(text):
        paragraphs = [" ".join(paragraph.split()) for paragraph in paragraphs]
    return [paragraph for paragraph in paragraphs if paragraph]


def is_hard_wrapped(text: str) -> bool:
    """Whether single line ends in a cleaned text stand for spaces."""
    return _wrap_width(_blocks(text)) > 0


def _from_lines(text: str) -> list[str]:
    blocks = _blocks(text)
    width = _wrap_width(blocks)
    if not width:
        return [line for block in blocks for line, _ in block]
    words = Counter(_WORD.findall(text))
    return [paragraph for block in blocks for paragraph in _join(block, width, words)]


def _blocks(text: str) -> list[list[_Line]]:
    """Runs of lines that no blank line parts."""
    blocks: list[list[_Line]] = [[]]
    for raw in text.split("\n"):
        line = raw.strip()
        if line:
            blocks[-1].append((line, len(raw) - len(raw.lstrip())))
        elif blocks[-1]:
            blocks.append([])
    return blocks


def _wrap_width(blocks: list[list[_Line]]) -> int:
    """The width at which the lines were wrapped, in characters; 0 when they were not.

    Nine of ten lines are no longer than the width (a long address may stick out), nearly every line that
    ends amid a sentence is full, and such lines are the greater part.
    """
    joints = [(one[0], two[0]) for block in blocks for one, two in pairwise(block)]
    if not joints:
        return 0
    lengths = sorted(len(line) for block in blocks if len(block) > 1 for line, _ in block)
    width = lengths[(len(lengths) * 9 - 1) // 10]
    if width not in _WIDTHS:
        return 0
    running = [joint for joint in joints if _runs_on(*joint)]
    full = [joint for joint in running if _is_full(*joint, width)]
    return width if 2 * len(running) >= len(joints) and len(full) >= 0.75 * len(running) else 0


def _runs_on(line: str, following: str) -> bool:
    """Whether a sentence goes on from one line to the next."""
    return not line.endswith(_ENDS) and (following[0].islower() or (line.isupper() and following.isupper()))


def _is_full(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word would not have fitted on this line."""
    return len(line) + 1 + len(following.split(None, 1)[0]) > width


def _join(block: list[_Line], width: int, words: Counter[str]) -> list[str]:
    """The paragraphs of one block of hard-wrapped lines."""
    paragraphs = [[line for line, _ in block[:1]]]
    for (line, indent), (following, next_indent) in pairwise(block):
        starts = _ITEM.match(following) or next_indent > indent + 1
        if starts or not (_runs_on(line, following) or _is_full(line, following, width)):
            paragraphs.append([following])
        elif _is_split_word(line, following, words):
            paragraphs[-1][-1] = paragraphs[-1][-1][:-1]
            paragraphs[-1].append(following)
        else:
            between = "" if line[-1] == "-" and line[-2:-1].isalpha() else " "
            paragraphs[-1].append(between + following)
    return ["".join(parts) for parts in paragraphs]


def _is_split_word(line: str, following: str, words: Counter[str]) -> bool:
    """Whether the hyphen at the end of a line is there only because the line ended.

    Where each part is a word of this text elsewhere too, and the whole is not (*ruso-kazaja*), the
    hyphen is more likely the word's own.
    """
    head = _SPLIT_WORD.search(line[-_LONGEST_PART:])
    tail = _WORD.match(following[:_LONGEST_PART])
    if head is None or tail is None or not tail.group()[0].islower():
        return False
    one, two = head.group()[:-1], tail.group()
    return words[one + two] > 0 or words[one] < 2 or words[two] < 2
