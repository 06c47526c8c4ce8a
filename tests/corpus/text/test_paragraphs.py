"""The paragraphs of a plain text."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from tests.corpus.corpus_support import (
    body,
    document,
)

PROSE = [
    """El presidente ruso, Vladímir Putin, recibió este miércoles en el Kremlin a su homólogo kazajo, con quien
    firmó una declaración que eleva las relaciones bilaterales al nivel de asociación estratégica integral.""",
    """El acuerdo se alcanzó tras intensas negociaciones entre ambas delegaciones durante la visita de Estado.
    Putin lo describió como un resultado significativo que consolida la cooperación y refuerza la alianza.""",
    """Por su parte, el invitado resaltó el carácter histórico del documento, que refleja la confianza mutua y
    abre amplias perspectivas de colaboración entre ambos pueblos durante los próximos años.""",
]
PROSE = [" ".join(paragraph.split()) for paragraph in PROSE]


@pytest.mark.parametrize("width", [60, 72, 80, 100])
@pytest.mark.parametrize("between", ["\n\n", "\n   \n"])
def test_hard_wrapped_lines_are_joined(tmp_path: Path, width: int, between: str) -> None:
    text = between.join(textwrap.fill(paragraph, width) for paragraph in PROSE)
    assert body(document(tmp_path, "a.txt", text)) == PROSE


def test_hard_wrapped_paragraphs_may_differ_by_their_indent_alone(tmp_path: Path) -> None:
    text = "\n".join(textwrap.fill(paragraph, 66, initial_indent="    ") for paragraph in PROSE)
    assert body(document(tmp_path, "a.txt", text)) == PROSE


def test_capitals_may_be_wrapped_too(tmp_path: Path) -> None:
    text = "\n\n".join(textwrap.fill(paragraph.upper(), 69) for paragraph in PROSE)
    assert body(document(tmp_path, "a.txt", text)) == [paragraph.upper() for paragraph in PROSE]


def test_long_lines_are_paragraphs(tmp_path: Path) -> None:
    assert body(document(tmp_path, "a.txt", "\n".join(PROSE))) == PROSE
    assert body(document(tmp_path, "b.txt", f"{PROSE[0]}\n{PROSE[1]}\n\n{PROSE[2]}")) == PROSE


@pytest.mark.parametrize(
    "lines",
    [
        [
            "Caminante, son tus huellas",
            "el camino y nada más;",
            "caminante, no hay camino,",
            "se hace camino al andar.",
        ],
        ["leche", "pan", "huevos"],
        [
            f"{name:<20} teléfono 91 555 12 3{digit}, extensión 400{digit}, Madrid"
            for digit, name in enumerate("ABCDE")
        ],
    ],
)
def test_verse_and_lists_keep_their_lines(tmp_path: Path, lines: list[str]) -> None:
    assert body(document(tmp_path, "a.txt", "\n".join(lines))) == [" ".join(line.split()) for line in lines]


def test_a_list_amid_hard_wrapped_text_keeps_its_lines(tmp_path: Path) -> None:
    prose = "\n\n".join(textwrap.fill(paragraph, 70) for paragraph in PROSE)
    found = body(document(tmp_path, "a.txt", f"{prose}\n\n- gas\n- carbón\n\nEnero\nFebrero"))
    assert found == [*PROSE, "- gas", "- carbón", "Enero", "Febrero"]


@pytest.mark.parametrize(
    ("before", "after", "joined"),
    [
        ("coope-", "ración del país", "cooperación del país"),
        ("ruso-", "kazaja y la frontera ruso kazaja", "ruso-kazaja y la frontera ruso kazaja"),
        ("palabra -", "otra palabra", "palabra - otra palabra"),
        ("franco-", "Unión", "franco-Unión"),
    ],
)
def test_a_word_split_at_a_wrapped_line_is_made_whole(
    tmp_path: Path, before: str, after: str, joined: str
) -> None:
    full = "y sigue con otra línea más que llega casi hasta el borde y "
    text = "\n".join([*textwrap.wrap(PROSE[0], 68), "", full + before, after])
    assert body(document(tmp_path, "a.txt", text)) == [PROSE[0], full + joined]


def test_white_space_is_one_space_and_pages_are_breaks(tmp_path: Path) -> None:
    text = "Una\tcosa  y\xa0otra.\fUna página.\vUn salto.\u2029Un párrafo.\n\n\n"
    expected = ["Una cosa y otra.", "Una página.", "Un salto.", "Un párrafo."]
    assert body(document(tmp_path, "a.txt", text)) == expected


def test_the_ranges_of_paragraphs_are_those_in_the_text(tmp_path: Path) -> None:
    found = document(tmp_path, "a.txt", "\n\n".join(PROSE))
    assert [found.text[paragraph.start : paragraph.end] for paragraph in found.paragraphs] == PROSE
