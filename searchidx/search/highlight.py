"""Highlighting: the matches of a query in a text, snippets around them, and both as HTML.

The analyzer is the one that indexed the text, so that exactly the words that matched are highlighted: as they are
written, never their stems. Ranges are half-open code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.phrases import phrase_spans
from searchidx.analysis.tokens import token_ranges
from searchidx.model.document import Range
from searchidx.model.results import Snippet
from searchidx.query.planning.plan import HighlightTerms
from searchidx.runtime.deadline import check_time

SNIPPET_LENGTH = 320
"""Code points of a snippet, about three lines on a screen; a paragraph up to this length is shown whole."""

_LEAD_IN = 60  # code points shown before the first match of a cut paragraph, to the next word end


@dataclass(frozen=True, slots=True)
class TextMatches:
    """The matches in one text."""

    ranges: tuple[Range, ...]  # ascending, disjoint
    forms: tuple[str, ...]  # the matched words in lower case, each once, in the order of the text


_NO_MATCHES = TextMatches((), ())


def find_matches(text: str, terms: HighlightTerms, analyzer: Analyzer) -> TextMatches:
    """The words and phrases of `text` that are among the terms."""
    check_time()
    if not terms:
        return _NO_MATCHES
    tokens = analyzer.language.token_texts(text)
    words = [*map(analyzer.word, tokens)]
    stems, folded_forms = terms.stems, terms.folded_forms
    found = [
        (index, index)
        for index, word in enumerate(words)
        if word.folded in folded_forms or not stems.isdisjoint(word.stems)
    ]
    for phrase, slop in terms.phrases:
        positions: dict[str, list[int]] = {folded: [] for folded in phrase}
        for index, word in enumerate(words):
            if word.folded in positions:
                positions[word.folded].append(index)
        found += phrase_spans([positions[folded] for folded in phrase], slop)
    if not found:
        return _NO_MATCHES
    spans = _merged(found)
    ranges = token_ranges(text, tokens[: spans[-1][1] + 1])
    forms = dict.fromkeys(words[index].lower for first, last in spans for index in range(first, last + 1))
    return TextMatches(tuple((ranges[first][0], ranges[last][1]) for first, last in spans), tuple(forms))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans of token positions (both ends included) in order; spans that share a token become one."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def cut_snippet(
    paragraph: int, text: str, ranges: Sequence[Range], analyzer: Analyzer, length: int = SNIPPET_LENGTH
) -> Snippet:
    """The whole paragraph; of one longer than `length`, the part with most matches."""
    if len(text) <= length:
        return Snippet(paragraph, text, tuple(ranges))
    start, end = _window(text, ranges, analyzer, length)
    inside = tuple((first - start, last - start) for first, last in ranges if first >= start and last <= end)
    return Snippet(paragraph, text[start:end], inside, start, start > 0, end < len(text))


def _window(text: str, ranges: Sequence[Range], analyzer: Analyzer, length: int) -> Range:
    """The range of `text`, cut at word ends, that has most matches; the first of several such ranges."""
    best = _densest(ranges, length - _LEAD_IN)
    start = max(0, min(best[0] - _LEAD_IN, len(text) - length))
    end = max(min(len(text), start + length), min(best[1], start + 2 * length))
    words = token_ranges(text, analyzer.language.token_texts(text))
    return _word_start(words, start, best[0]), _word_end(words, end, max(best[1], start), len(text))


def _densest(ranges: Sequence[Range], length: int) -> Range:
    """The match with most matches within `length` from its start, the first of several; (0, 0) without matches."""
    ends = [end for _, end in ranges]  # ascending, as the ranges are
    counts = [bisect_right(ends, start + length) - index for index, (start, _) in enumerate(ranges)]
    return ranges[counts.index(max(counts))] if counts else (0, 0)


def _word_start(words: Sequence[Range], start: int, latest: int) -> int:
    """The first beginning of a word from `start` to `latest`; 0 for the beginning of the text."""
    if start == 0:
        return 0
    return next((first for first, _ in words if start <= first <= latest), start)


def _word_end(words: Sequence[Range], end: int, earliest: int, length: int) -> int:
    """The last end of a word from `earliest` to `end`; the end of the text stays as it is."""
    if end == length:
        return end
    ends = [before for (_, before), (_, after) in pairwise(words) if earliest <= before <= end < after]
    return ends[-1] if ends else end


def to_html(text: str, ranges: Sequence[Range]) -> str:
    """`text` as HTML with each range in `<mark>`; the text is escaped, quotes too, and never becomes markup."""
    pieces = []
    position = 0
    for start, end in ranges:
        pieces.append(f"{escape(text[position:start])}<mark>{escape(text[start:end])}</mark>")
        position = end
    return "".join(pieces) + escape(text[position:])


def snippet_html(snippet: Snippet) -> str:
    """A snippet as HTML, with an ellipsis where the paragraph has more text."""
    before, after = snippet.ellipses
    return before + to_html(snippet.text, snippet.ranges) + after
