"""Text on a terminal: width, colour, line breaks, marked matches, JSON, and sizes.

Control characters are the work of `searchidx.terminal_text` and `searchidx.escape_controls`.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from searchidx import Range, escape_controls, terminal_text
from searchidx.cli.options import Color

MAX_WIDTH = 100
MIN_WIDTH = 24

_word = re.compile(r"[^ ]+")


def terminal_width() -> int:
    """The width of output in columns: that of the terminal, between `MIN_WIDTH` and `MAX_WIDTH`."""
    return max(MIN_WIDTH, min(shutil.get_terminal_size().columns, MAX_WIDTH))


def column_count(text: str) -> int:
    """The columns that a text takes: none for a combining accent, two for a wide ideograph."""
    if text.isascii():
        return len(text)
    return sum(map(_columns_of_char, text))


def _columns_of_char(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


@dataclass(frozen=True, slots=True)
class Palette:
    """The styles of output, as ANSI escape sequences; without `color` every text stays plain."""

    color: bool

    def strong(self, text: str) -> str:
        """The style of a title."""
        return self._styled(text, "1")

    def faint(self, text: str) -> str:
        """The style of facts around the text."""
        return self._styled(text, "2")

    def match(self, text: str, *, within_strong: bool = False) -> str:
        """The style of a match: bold red as in grep, legible on black and on white."""
        return self._styled(text, "1;31", after="\x1b[0;1m" if within_strong else "\x1b[0m")

    def _styled(self, text: str, codes: str, after: str = "\x1b[0m") -> str:
        return f"\x1b[{codes}m{text}{after}" if self.color and text else text


def choose_palette(color: Color) -> Palette:
    """The palette for a value of `--color`.

    `auto` colours on a terminal; NO_COLOR (no-color.org) and FORCE_COLOR (force-color.org) override it.
    """
    if color != "auto":
        return Palette(color == "always")
    if os.environ.get("NO_COLOR"):
        return Palette(False)
    if os.environ.get("FORCE_COLOR"):
        return Palette(True)
    return Palette(sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def marked_lines(
    text: str,
    ranges: Sequence[Range],
    width: int,
    palette: Palette,
    *,
    strong: bool = False,
    before: str = "",
    after: str = "",
) -> list[str]:
    """A text in lines of at most `width` columns, with its matches marked: coloured, else between ‹ and ›.

    `before` and `after` are ellipses around the text; `strong` sets the whole text in bold.
    """
    marked, marked_ranges = _marked(text, ranges, palette.color)
    marked_ranges = [(start + len(before), end + len(before)) for start, end in marked_ranges]
    marked = before + marked + after
    return [_styled_line(marked, line, marked_ranges, palette, strong) for line in wrap(marked, width)]


def _marked(text: str, ranges: Sequence[Range], color: bool) -> tuple[str, list[Range]]:
    """The printable text, with ‹ and › around matches when there is no colour, and the ranges of its matches."""
    opening, closing = ("", "") if color else ("‹", "›")
    pieces, marked_ranges, length, position = [], [], 0, 0
    for start, end in ranges:
        gap, match = terminal_text(text[position:start]), opening + terminal_text(text[start:end]) + closing
        pieces += [gap, match]
        marked_ranges.append((length + len(gap), length + len(gap) + len(match)))
        length += len(gap) + len(match)
        position = end
    return "".join(pieces) + terminal_text(text[position:]), marked_ranges


def wrap(text: str, width: int) -> Iterator[Range]:
    """The lines of a text as ranges of it, broken at spaces; only a word longer than a line is broken inside."""
    start = end = -1
    for word in _word.finditer(text):
        if start >= 0 and column_count(text[start : word.end()]) > width:
            yield start, end
            start = -1
        start, end = (word.start() if start < 0 else start), word.end()
        while (cut := _end_of_line(text, start, width)) < end:
            yield start, cut
            start = cut
    if start >= 0:
        yield start, end


def _end_of_line(text: str, start: int, width: int) -> int:
    """The end of the longest part of `text` from `start` that fits into `width` columns; at least `start + 1`."""
    free, end = width, start
    while end < len(text) and (free := free - _columns_of_char(text[end])) >= 0:
        end += 1
    return max(end, start + 1)


def _styled_line(text: str, line: Range, ranges: Sequence[Range], palette: Palette, strong: bool) -> str:
    """One line of the text, with the parts of the matches that lie in it in their colour."""
    styled, (position, line_end) = "", line
    for start, end in ranges[bisect_right(ranges, position, key=lambda match: match[1]) :]:
        if start >= line_end:
            break
        first, last = max(start, position), min(end, line_end)
        styled += text[position:first] + palette.match(text[first:last], within_strong=strong)
        position = last
    styled += text[position:line_end]
    return palette.strong(styled) if strong else styled


def to_json(value: Mapping[str, object]) -> str:
    """The value as JSON, with control characters escaped; letters too if stdout cannot encode them."""
    is_utf = (sys.stdout.encoding or "").lower().startswith("utf")
    text = json.dumps(value, ensure_ascii=not is_utf)
    return escape_controls(text)


def human_size(size: float) -> str:
    """A number of bytes with a unit, in powers of 1000, such as 1.5 kB."""
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" or size >= 100 else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:,.1f} TB"
