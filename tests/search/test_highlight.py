"""Highlighting and snippets: matches are marked at their places only, and no document becomes markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.analysis.analyzer import Analyzer
from searchidx.query.planning.plan import HighlightTerms
from searchidx.search.highlight import (
    SNIPPET_LENGTH,
    cut_snippet,
    find_matches,
    snippet_html,
    to_html,
)
from tests.index_support import MakeIndex

ANALYZER = Analyzer()


def marked(text: str, marks: HighlightTerms) -> list[str]:
    return [text[start:end] for start, end in find_matches(text, marks, ANALYZER).ranges]


def test_every_form_of_a_stem_is_marked_whole() -> None:
    text = "La reunión y las REUNIONES; una región."
    assert marked(text, HighlightTerms(stems=frozenset({"reunión"}))) == ["reunión", "REUNIONES"]


def test_a_phrase_is_marked_as_one_range_and_only_where_it_stands_as_one() -> None:
    text = "Tierras raras. Unas raras tierras; tierras muy raras, tierras raras"
    phrases = frozenset({(("tierras", "raras"), 0)})
    assert marked(text, HighlightTerms(phrases=phrases)) == ["Tierras raras", "tierras raras"]
    assert find_matches(text, HighlightTerms(phrases=phrases), ANALYZER).forms == ("tierras", "raras")


def test_ranges_that_touch_the_same_word_become_one() -> None:
    marks = HighlightTerms(folded_forms=frozenset({"raras"}), phrases=frozenset({(("tierras", "raras"), 0)}))
    assert marked("las tierras raras", marks) == ["tierras raras"]


def test_an_acronym_is_marked_with_its_dots() -> None:
    assert marked("con EE. UU. y Asia", HighlightTerms(folded_forms=frozenset({"eeuu"}))) == ["EE. UU."]


def test_nothing_to_mark_marks_nothing() -> None:
    assert find_matches("texto", HighlightTerms(), ANALYZER).ranges == ()


def test_a_short_paragraph_is_shown_whole() -> None:
    snippet = cut_snippet(3, "Un texto corto.", ((3, 8),), ANALYZER)
    assert (snippet.paragraph, snippet.text, snippet.ranges, snippet.cut_before, snippet.cut_after) == (
        3,
        "Un texto corto.",
        ((3, 8),),
        False,
        False,
    )


def test_a_long_paragraph_is_cut_at_word_ends_around_its_densest_matches() -> None:
    text = "gas " + "relleno " * 100 + "gas natural y gas licuado " + "relleno " * 100
    ranges = find_matches(text, HighlightTerms(folded_forms=frozenset({"gas"})), ANALYZER).ranges
    snippet = cut_snippet(1, text, ranges, ANALYZER)
    assert [snippet.text[start:end] for start, end in snippet.ranges] == ["gas", "gas"]
    assert text[snippet.start :].startswith(snippet.text)
    assert text[snippet.start - 1] == " "
    assert text[snippet.start + len(snippet.text)] == " "
    assert len(snippet.text) <= SNIPPET_LENGTH
    assert (snippet.cut_before, snippet.cut_after) == (True, True)
    assert snippet_html(snippet).startswith("… ")


@given(
    text=st.text(st.characters(codec="utf-8") | st.sampled_from(" áñ<&\"'"), max_size=1_500),
    length=st.integers(20, 400),
    words=st.integers(1, 5),
)
def test_a_snippet_is_a_piece_of_its_paragraph_with_its_matches(text: str, length: int, words: int) -> None:
    folded_forms = frozenset(word.folded for word in ANALYZER.words(text)[::words])
    ranges = find_matches(text, HighlightTerms(folded_forms=folded_forms), ANALYZER).ranges
    snippet = cut_snippet(1, text, ranges, ANALYZER, length)
    assert text[snippet.start : snippet.start + len(snippet.text)] == snippet.text
    assert all(0 <= start < end <= len(snippet.text) for start, end in snippet.ranges)
    assert bool(snippet.ranges) == bool(ranges)
    assert {snippet.text[start:end] for start, end in snippet.ranges} <= {text[start:end] for start, end in ranges}


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[tuple[str, int]] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add((tag, len(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@given(st.text(st.sampled_from("<>&\"'/ markscriptáé=\n"), max_size=60), st.data())
def test_no_text_becomes_markup(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    ranges = ((start, end),) if end > start else ()
    html = to_html(text, ranges)
    parser = Tags()
    parser.feed(html)
    parser.close()
    assert parser.tags <= {("mark", 0)}
    assert parser.text == text
    assert '"' not in html
    assert "'" not in html


@pytest.mark.parametrize("hostile", ["<img src=x onerror=alert(1)>", "<mark>falso</mark>", "\"'&lt;"])
def test_a_hostile_document_is_shown_as_text(make_index: MakeIndex, hostile: str) -> None:
    index = make_index({"a.txt": f"Título {hostile}\n\nHabla del gas {hostile} y de más."})
    snippet = index.search("gas").hits[0].snippets[0]
    assert hostile in snippet.text
    html = snippet_html(snippet)
    assert hostile not in html
    assert html.count("<") == 2
    assert "<mark>gas</mark>" in html


def test_a_long_paragraph_full_of_matches_is_cut_in_linear_time() -> None:
    text = "gas " * 200_000
    ranges = [(start, start + 3) for start in range(0, len(text), 4)]
    snippet = cut_snippet(1, text, ranges, Analyzer())  # minutes, if every match were compared with every other
    assert (snippet.start, snippet.cut_after) == (0, True)
    assert len(snippet.ranges) == 80


def test_the_densest_part_is_shown_the_first_of_several() -> None:
    text = f"{'nada ' * 200}gas gas gas {'nada ' * 200}gas gas gas {'nada ' * 200}gas"
    ranges = [match.span() for match in re.finditer("gas", text)]
    snippet = cut_snippet(1, text, ranges, Analyzer())
    assert len(snippet.ranges) == 3
    assert snippet.start < 1_000
