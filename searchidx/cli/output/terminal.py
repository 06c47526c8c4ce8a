"""How does a text of unknown origin reach a terminal? Harmless, wrapped, and with its matches marked."""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from searchidx import Range, terminal_text

MAX_WIDTH = 100
MIN_WIDTH = 24

_word = re.compile(r"[^ ]+")


def harmless(text: str) -> str:
    """The text without power over a terminal."""
    return terminal_text(text)


def terminal_width() -> int:
    """The columns to fill: those of the terminal, but no more than can be read with ease."""
    return max(MIN_WIDTH, min(shutil.get_terminal_size().columns, MAX_WIDTH))


def cells(text: str) -> int:
    """The columns that a text takes: none for a combining accent, two for a wide ideograph."""
    if text.isascii():
        return len(text)
    return sum(map(_cells_of, text))


def _cells_of(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


@dataclass(frozen=True, slots=True)
class Palette:
    """The looks of output, in colour or without."""

    color: bool

    def strong(self, text: str) -> str:
        """A title."""
        return self._styled(text, "1")

    def faint(self, text: str) -> str:
        """What stands beside the point."""
        return self._styled(text, "2")

    def match(self, text: str, *, within_strong: bool = False) -> str:
        """A match; as grep shows it, which can be read on black and on white."""
        return self._styled(text, "1;31", after="\x1b[0;1m" if within_strong else "\x1b[0m")

    def _styled(self, text: str, codes: str, after: str = "\x1b[0m") -> str:
        return f"\x1b[{codes}m{text}{after}" if self.color and text else text


def palette(when: str) -> Palette:
    """What `--color` says; `auto` asks the terminal, NO_COLOR (no-color.org) and FORCE_COLOR (force-color.org)."""
    if when != "auto":
        return Palette(when == "always")
    if os.environ.get("NO_COLOR"):
        return Palette(False)
    if os.environ.get("FORCE_COLOR"):
        return Palette(True)
    return Palette(sys.stdout.isatty() and os.environ.get("TERM") != "dumb")


def marked_lines(
    text: str,
    ranges: Sequence[Range],
    width: int,
    looks: Palette,
    *,
    strong: bool = False,
    before: str = "",
    after: str = "",
) -> list[str]:
    """A text in lines of at most `width` columns with its matches marked: coloured, else between ‹ and ›.

    `before` and `after` are ellipses that belong to no match; `strong` sets the whole in bold.
    """
    shown, places = _shown(text, ranges, looks.color)
    places = [(start + len(before), end + len(before)) for start, end in places]
    shown = before + shown + after
    return [_painted(shown, line, places, looks, strong) for line in wrap(shown, width)]


def _shown(text: str, ranges: Sequence[Range], color: bool) -> tuple[str, list[Range]]:
    """The harmless text, and where its matches stand in it; without colour, with signs around them."""
    opening, closing = ("", "") if color else ("‹", "›")
    pieces, places, length, position = [], [], 0, 0
    for start, end in ranges:
        gap, match = harmless(text[position:start]), opening + harmless(text[start:end]) + closing
        pieces += [gap, match]
        places.append((length + len(gap), length + len(gap) + len(match)))
        length += len(gap) + len(match)
        position = end
    return "".join(pieces) + harmless(text[position:]), places


def wrap(text: str, width: int) -> Iterator[Range]:
    """The lines of a text as ranges of it, broken at spaces; only what is longer than a line is broken inside."""
    start = end = -1
    for word in _word.finditer(text):
        if start >= 0 and cells(text[start : word.end()]) > width:
            yield start, end
            start = -1
        start, end = (word.start() if start < 0 else start), word.end()
        while (cut := _fitting(text, start, width)) < end:
            yield start, cut
            start = cut
    if start >= 0:
        yield start, end


def _fitting(text: str, start: int, width: int) -> int:
    """The last place up to which `text` fits into `width` columns; at least one character on."""
    room, end = width, start
    while end < len(text) and (room := room - _cells_of(text[end])) >= 0:
        end += 1
    return max(end, start + 1)


def _painted(text: str, line: Range, places: Sequence[Range], looks: Palette, strong: bool) -> str:
    """One line with its parts of the matches in their colour."""
    painted, (position, stop) = "", line
    for start, end in places[bisect_right(places, position, key=lambda place: place[1]) :]:
        if start >= stop:
            break
        first, last = max(start, position), min(end, stop)
        painted += text[position:first] + looks.match(text[first:last], within_strong=strong)
        position = last
    painted += text[position:stop]
    return looks.strong(painted) if strong else painted
