"""Tokens of a text, with their ranges and positions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from searchidx.analysis.languages.language import Language
from searchidx.model.document import Range


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a text."""

    text: str  # as it stands in the text
    start: int  # in code points; `start` and `end` are a half-open range
    end: int
    position: int  # among the tokens of the text, from 0


def token_ranges(text: str, tokens: Sequence[str]) -> list[Range]:
    """The half-open code-point ranges of the first tokens of a text, as `Language.token_texts` gives them."""
    ranges = []
    end = 0
    for token in tokens:
        start = text.index(token, end)
        end = start + len(token)
        ranges.append((start, end))
    return ranges


def tokenize(text: str, language: Language) -> Iterator[Token]:
    """The tokens of a text with their ranges and positions, in order."""
    tokens = language.token_texts(text)
    for position, (token, (start, end)) in enumerate(zip(tokens, token_ranges(text, tokens), strict=True)):
        yield Token(token, start, end, position)
