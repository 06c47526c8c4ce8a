"""Which parts of a text answer the query, and how are they shown?

The analyzer is the one that indexed the text, so that what was found is what is marked: the original words, never
their stems. Ranges are half-open code points.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.phrases import phrase_spans
from searchidx.analysis.tokenizer import places, token_texts
from searchidx.model.document import Range
from searchidx.model.results import Snippet
from searchidx.query.planning.plan import HighlightTerms
from searchidx.runtime.deadline import check_time

SNIPPET_LENGTH = 320
"""Code points of a snippet: a paragraph up to this length is shown whole; about three lines on a screen."""

_LEAD_IN = 60  # code points shown before the first match of a cut paragraph, to the next word end


@dataclass(frozen=True, slots=True)
class Highlighted:
    """The matches of one text."""

    ranges: tuple[Range, ...]  # ascending, apart from one another
    forms: tuple[str, ...]  # the matched words, in lower case, each once, as they stand


def find_matches(text: str, marks: HighlightTerms, analyzer: Analyzer) -> Highlighted:
    """The words and phrases of `text` that `marks` names."""
    check_time()
    if not marks:
        return Highlighted((), ())
    tokens = token_texts(text)
    words = [*map(analyzer.word, tokens)]
    stems, folded_forms = marks.stems, marks.folded_forms
    found = [
        (index, index) for index, word in enumerate(words) if word.stem in stems or word.folded in folded_forms
    ]
    for terms, slop in marks.phrases:
        standing: dict[str, list[int]] = {term: [] for term in terms}
        for index, word in enumerate(words):
            if word.folded in standing:
                standing[word.folded].append(index)
        found += phrase_spans([standing[term] for term in terms], slop)
    if not found:
        return Highlighted((), ())
    spans = _merged(found)
    at = places(text, tokens[: spans[-1][1] + 1])
    forms = dict.fromkeys(words[index].form for first, last in spans for index in range(first, last + 1))
    return Highlighted(tuple((at[first][0], at[last][1]) for first, last in spans), tuple(forms))


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of token positions (both ends included) in order; those that share a token become one."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return merged


def cut_snippet(paragraph: int, text: str, ranges: Sequence[Range], length: int = SNIPPET_LENGTH) -> Snippet:
    """The paragraph whole, or when it is longer than `length` the part where its matches are densest."""
    if len(text) <= length:
        return Snippet(paragraph, text, tuple(ranges))
    start, end = _window(text, ranges, length)
    inside = tuple((first - start, last - start) for first, last in ranges if first >= start and last <= end)
    return Snippet(paragraph, text[start:end], inside, start, start > 0, end < len(text))


def _window(text: str, ranges: Sequence[Range], length: int) -> Range:
    """The part of `text`, cut at word ends, that holds most matches; the first of equals."""
    best = max(ranges, key=lambda match: (_matches_from(match[0], ranges, length), -match[0]), default=(0, 0))
    start = max(0, min(best[0] - _LEAD_IN, len(text) - length))
    end = max(min(len(text), start + length), min(best[1], start + 2 * length))
    words = places(text, token_texts(text))
    return _word_start(words, start, best[0]), _word_end(words, end, max(best[1], start), len(text))


def _matches_from(start: int, ranges: Sequence[Range], length: int) -> int:
    end = start + length - _LEAD_IN
    return sum(1 for first, last in ranges if first >= start and last <= end)


def _word_start(words: Sequence[Range], start: int, latest: int) -> int:
    """The first word start from `start` on, at most `latest`; 0 stays 0."""
    if start == 0:
        return 0
    return next((first for first, _ in words if start <= first <= latest), start)


def _word_end(words: Sequence[Range], end: int, earliest: int, length: int) -> int:
    """Before the word that would be cut at `end`, at least `earliest`; the end of the text stays."""
    if end == length:
        return end
    ends = [before for (_, before), (_, after) in pairwise(words) if earliest <= before <= end < after]
    return ends[-1] if ends else end


def to_html(text: str, ranges: Sequence[Range]) -> str:
    """`text` as HTML with each range in `<mark>`; escaped first, quotes too, so that no document is ever run."""
    pieces = []
    position = 0
    for start, end in ranges:
        pieces.append(f"{escape(text[position:start])}<mark>{escape(text[start:end])}</mark>")
        position = end
    return "".join(pieces) + escape(text[position:])


def snippet_html(snippet: Snippet) -> str:
    """A snippet as HTML, with an ellipsis where the paragraph goes on."""
    before, after = "… " * snippet.cut_before, " …" * snippet.cut_after
    return before + to_html(snippet.text, snippet.ranges) + after
