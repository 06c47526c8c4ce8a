"""Control characters in text of unknown origin, and how each kind of output is kept safe from them.

Escaping of markup is the work of whoever writes markup. Here go the characters that are no markup and do harm all
the same: controls, which terminals obey and browsers render each in its own way; bidi controls, which can reverse
the letters of a whole line; invisible format characters; and surrogates, which UTF-8 cannot write.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_Ranges = tuple[tuple[int, int], ...]  # first and last code point of each

_CONTROLS: _Ranges = ((0x00, 0x1F), (0x7F, 0x9F))  # C0 and C1 with DEL; ESC and CSI are among them
_LAYOUT = "\t\n\r"  # the controls that plain text is laid out with
_BREAKS: _Ranges = ((0x09, 0x0D), (0x1C, 0x1F), (0x85, 0x85), (0x2028, 0x2029))  # of lines, pages and fields
_BIDI_CONTROLS: _Ranges = ((0x202A, 0x202E), (0x2066, 0x2069))  # embeddings, overrides, isolates
_INVISIBLE: _Ranges = (  # format characters, the bidi controls among them, and separators of lines
    *((0xAD, 0xAD), (0x061C, 0x061C), (0x200B, 0x200F), (0x2028, 0x202E)),
    *((0x2060, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB)),
)
_SURROGATES: _Ranges = ((0xD800, 0xDFFF),)


def _code_points(ranges: _Ranges) -> Iterator[int]:
    for first, last in ranges:
        yield from range(first, last + 1)


def _any_of(*classes: _Ranges) -> re.Pattern[str]:
    ranges = (f"{chr(first)}-{chr(last)}" for ranges in classes for first, last in ranges)
    return re.compile(f"[{''.join(ranges)}]")


_stripped = (
    {code: None for code in _code_points(_CONTROLS) if chr(code) not in _LAYOUT}
    | dict.fromkeys(_code_points(_BIDI_CONTROLS))
    | dict.fromkeys(_code_points(_SURROGATES), "\ufffd")
)
_breaks = _any_of(_BREAKS)
_obeyed = _any_of(_CONTROLS, _SURROGATES)
_escaped = _any_of(((0x7F, 0x9F),), _INVISIBLE, _SURROGATES)  # JSON escapes the C0 controls itself


def strip_controls(text: str) -> str:
    """The text for a page or a file: without controls and bidi controls, each surrogate a `�`.

    Tabs and line ends stay, and escaped HTML (`markupsafe.Markup`) stays escaped HTML: these characters are never
    part of markup, so they may be removed where highlights are already placed.
    """
    return text.translate(_stripped)


def terminal_text(text: str) -> str:
    """The text for a terminal, which obeys nothing in it: one line, and what is read is what stands there.

    White space becomes a space each, any other control character and each surrogate a visible `�`; format
    characters (bidi controls, zero-width ones, soft hyphens) are dropped.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _obeyed.sub("\ufffd", _breaks.sub(" ", text))
    return "".join(char for char in text if unicodedata.category(char) != "Cf")


def escape_controls(json_text: str) -> str:
    """JSON of the same value, with these characters written as `\\u` escapes: DEL and the C1 controls, invisible
    format characters (bidi controls, zero-width characters, soft hyphens), separators of lines and paragraphs, and
    surrogates. JSON itself escapes the C0 controls, but permits all of these."""
    return _escaped.sub(lambda char: f"\\u{ord(char[0]):04x}", json_text)
