"""The classes of control characters, and what each kind of output does with them."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from searchidx import escape_controls, strip_controls, terminal_text

EMBED_SCRIPT = Path(__file__).parents[2] / "web/static/embed.js"


def test_controls_and_bidi_controls_are_stripped_and_layout_stays() -> None:
    assert strip_controls("año\n\t«ñ»\r") == "año\n\t«ñ»\r"
    assert strip_controls("a\x00b\x1b\x7f\x9bc\u202ed\u2066e\ud800") == "abcde\ufffd"


def test_escaped_html_stays_escaped_html() -> None:
    stripped = strip_controls(Markup("<b>a\x00</b>"))
    assert isinstance(stripped, Markup)
    assert stripped == "<b>a</b>"


def test_the_search_box_strips_the_same_characters() -> None:
    (written,) = re.findall(r"const CONTROLS = /(\[.*\])/g;", EMBED_SCRIPT.read_text(encoding="utf-8"))
    in_script = re.compile(written)
    surrogates = range(0xD800, 0xE000)  # JavaScript's strings have none that fetched text could hold
    for code in (code for code in range(0x10000) if code not in surrogates):
        assert (strip_controls(chr(code)) == "") == bool(in_script.match(chr(code))), hex(code)


@given(st.text())
def test_a_terminal_gets_one_line_without_format_characters(text: str) -> None:
    shown = terminal_text(text)
    assert not {unicodedata.category(char) for char in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text())
def test_escaped_json_has_the_same_value_and_can_be_written(text: str) -> None:
    written = escape_controls(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    written.encode("utf-8")
    assert not {unicodedata.category(char) for char in written} & {"Cc", "Cs", "Zl", "Zp"}
