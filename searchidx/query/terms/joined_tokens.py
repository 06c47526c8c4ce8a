"""Joined tokens: which neighbouring tokens of a query stand for one thing, such as *I+D*, *B52*, *12/11/2025*."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from searchidx.analysis.tokens import Token

_ADDRESS = re.compile(r"://|^www\.|\w@\w|^(?:[\w-]+\.)+[a-z]{2,}(?:[/?#:].*)?$")

_JOINS_DIGITS = re.compile(r"[-‐‑‒–—−/.:+×'’_@#&=~·*]|\+\+|")
_JOINS_LETTERS = re.compile(r"[.+&@#=_'’·]|")

_SHORT = 4
"""Letters of the longest part of a name with a slash (*AC/DC*, *km/h*); longer ones are alternatives."""

_ENDINGS = frozenset(["a", "e", "o", "as", "es", "os", "la", "las", "lo", "los", "y"])
"""What follows a slash or a hyphen as the other ending of a word (*ciudadano/a*), and *y/o*."""


@dataclass(frozen=True, slots=True)
class JoinedTokens:
    """Two or more tokens of a query that stand for one thing, as a half-open range of tokens."""

    first: int
    end: int
    text: str  # as typed


def joined_tokens(text: str, tokens: Sequence[Token]) -> Iterator[JoinedTokens]:
    """The joined tokens of a text that was typed, from left to right.

    Signs without white space join figures to letters and to figures, initials to names, and all parts of an
    address. The parts of a compound (*ruso-kazaja*) stay words.
    """
    first = 0
    for end in range(1, len(tokens) + 1):
        if end < len(tokens) and _are_joined(text, tokens[end - 1], tokens[end]):
            continue
        if end - first > 1:
            yield JoinedTokens(first, end, text[tokens[first].start : tokens[end - 1].end])
        first = end


def _are_joined(text: str, before: Token, after: Token) -> bool:
    sign = text[before.end : after.start]
    if any(map(str.isspace, sign)):
        return False
    if any(map(str.isdecimal, before.text + after.text)):
        return _JOINS_DIGITS.fullmatch(sign) is not None or _is_in_address(text, before)
    if _JOINS_LETTERS.fullmatch(sign) or _is_in_address(text, before):
        return True
    if after.text.lower() in _ENDINGS:
        return False
    if sign == "/":
        return max(len(before.text), len(after.text)) <= _SHORT
    return sign == "-" and min(len(before.text), len(after.text)) == 1


def _is_in_address(text: str, token: Token) -> bool:
    """Whether a token stands in an e-mail address or a web address."""
    start = text.rfind(" ", 0, token.start) + 1
    chunk = text[start:].split(" ", 1)[0]
    return _ADDRESS.search(chunk) is not None
