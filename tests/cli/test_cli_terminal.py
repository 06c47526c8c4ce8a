"""Text and JSON on a terminal: control characters, wrapping, marks, and the progress bar."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx import terminal_text
from searchidx.cli.long_runs import ProgressBar
from searchidx.cli.output.messages import (
    ENGLISH,
    SPANISH,
)
from searchidx.cli.output.terminal import (
    Palette,
    column_count,
    marked_lines,
    to_json,
    wrap,
)
from searchidx.model.reports import Progress

PLAIN, COLOUR = Palette(False), Palette(True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("reunión con «él»", "reunión con «él»"),
        ("a\tb\nc\u2028d", "a b c d"),
        ("\x1b[31mrojo\x07\x7f\x9b", "�[31mrojo���"),
        ("a\u202eb\u2066c\u200bd\xade\ufefff", "abcdef"),
        ("\udc80", "�"),
        ("Токаев 北京", "Токаев 北京"),
    ],
)
def test_text_has_no_power_over_the_terminal(text: str, shown: str) -> None:
    assert terminal_text(text) == shown


def test_matches_are_coloured_or_marked() -> None:
    assert marked_lines("un gas raro", [(3, 6)], 80, COLOUR) == ["un \x1b[1;31mgas\x1b[0m raro"]
    assert marked_lines("un gas raro", [(3, 6)], 80, PLAIN) == ["un ‹gas› raro"]
    assert marked_lines("un gas", [(3, 6)], 80, COLOUR, strong=True) == ["\x1b[1mun \x1b[1;31mgas\x1b[0;1m\x1b[0m"]


def test_a_match_over_a_line_end_is_coloured_on_both_lines() -> None:
    assert marked_lines("uno dos tres", [(0, 7)], 4, COLOUR) == [
        "\x1b[1;31muno\x1b[0m",
        "\x1b[1;31mdos\x1b[0m",
        "tres",
    ]


def test_a_range_stays_on_its_word_when_characters_before_it_vanish() -> None:
    assert marked_lines("\u202e\u200bun \xadgas", [(6, 9)], 80, PLAIN) == ["un ‹gas›"]


def test_wide_letters_take_two_columns_and_accents_none() -> None:
    assert (column_count("año"), column_count("an\u0303o"), column_count("北京")) == (3, 3, 4)
    assert marked_lines("北京 北京", [], 5, PLAIN) == ["北京", "北京"]


@given(st.text(max_size=300), st.integers(min_value=1, max_value=60))
def test_wrapping_loses_nothing_but_spaces(text: str, width: int) -> None:
    shown = terminal_text(text)
    lines = [shown[start:end] for start, end in wrap(shown, width)]
    assert "".join(lines).replace(" ", "") == shown.replace(" ", "")
    assert all(column_count(line) <= max(width, 2) for line in lines)


def test_a_word_of_a_million_letters_is_wrapped_at_once() -> None:
    assert len(list(wrap("x" * 1_000_000, 100))) == 10_000


@given(st.text(), st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=8))
def test_marked_lines_never_hold_a_control_character(text: str, pairs: list[tuple[int, int]]) -> None:
    points = sorted({min(point, len(text)) for pair in pairs for point in pair})
    ranges = list(zip(points[::2], points[1::2], strict=False))
    for line in marked_lines(text, ranges, 20, PLAIN):
        assert not any(char < " " or "\x7f" <= char <= "\x9f" for char in line)


@given(st.text())
def test_json_is_lossless_and_has_no_control_characters(text: str) -> None:
    written = to_json({"text": text})
    assert json.loads(written) == {"text": text}
    assert not any(char < " " or "\x7f" <= char <= "\x9f" or char == "\u202e" for char in written)


def test_numbers_are_written_as_each_language_does() -> None:
    assert [SPANISH.number(n) for n in (5, 1234, 12345)] == ["5", "1234", "12.345"]
    assert (SPANISH.number(2.14, 1), ENGLISH.number(2.14, 1)) == ("2,1", "2.1")
    assert ENGLISH.number(1234567) == "1,234,567"


class _Terminal:
    """A stderr that says it is a terminal."""

    encoding = "utf-8"

    def __init__(self) -> None:
        self.written = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        self.written += text

    def flush(self) -> None:
        pass


@pytest.mark.parametrize(
    ("wait", "quiet", "is_shown"), [(0.0, False, True), (3600.0, False, False), (0.0, True, False)]
)
def test_the_bar_comes_only_when_there_is_something_to_wait_for(
    monkeypatch: pytest.MonkeyPatch, wait: float, quiet: bool, is_shown: bool
) -> None:
    terminal = _Terminal()
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("searchidx.cli.long_runs._BAR_DELAY_S", wait)
    with ProgressBar("noticias", quiet=quiet) as bar:
        bar(Progress(500_000, 1_000_000, 1_234))
        bar(Progress(1_000_000, 1_000_000, 2_000))
    assert ("noticias  50 %" in terminal.written) is is_shown
    assert ("1,234 documents" in terminal.written) is is_shown
    assert ("noticias: writing 100 %" in terminal.written) is is_shown
