"""Which word lists does the corpus know? They are data files, read when first asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent


def words(name: str) -> list[str]:
    """The entries of one list, one a line; blank lines and those with # are not entries."""
    lines = (_DATA / f"{name}.txt").read_text("utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@cache
def abbreviations() -> frozenset[str]:
    """Abbreviations in lower case, without their last full stop."""
    return frozenset(words("abbreviations"))


@cache
def debris() -> frozenset[str]:
    """Whole lines of web pages that are never body text, as `debris_key` gives them."""
    return frozenset(map(debris_key, words("debris")))


@cache
def longest_debris() -> int:
    """The length in characters of the longest line that can be debris."""
    return 4 + max(map(len, debris()))


def debris_key(line: str) -> str:
    """The line without what varies from page to page: capitals, and marks at its ends."""
    return line.casefold().strip(" .:»«<>|-–—*→←")


@cache
def agencies() -> dict[str, str]:
    """News agencies: each way to sign, as written and in capitals, to the name that is shown."""
    names = {}
    for entry in words("agencies"):
        written, _, shown = (part.strip() for part in entry.partition("="))
        names[written] = names[written.upper()] = shown or written
    return names
