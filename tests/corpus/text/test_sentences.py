"""Titles that are derived from the first sentence."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.corpus_support import document


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("El Sr. Gil y la Dra. Ana Paz fueron a EE. UU. Allí comieron.", None),
        ("Lo dijo J. Pérez ayer. Nadie lo oyó.", "Lo dijo J. Pérez ayer"),
        ("Fue a EE.UU. y volvió. Hoy duerme.", "Fue a EE.UU. y volvió"),
        ("«¡Hola!» Dijo adiós.", "«¡Hola!»"),
        ("Costó 3.500 euros. 20 más.", "Costó 3.500 euros"),
        ("Habló del art. 5 de la ley.", "Habló del art. 5 de la ley"),
        ("Vive en EE. UU.", "Vive en EE. UU."),
        ("Y luego... Nada.", "Y luego..."),
        ("a" * 150, "a" * 99 + "…"),
        ("uno dos, " * 20, "uno dos, " * 10 + "uno dos…"),
    ],
)
def test_a_title_is_derived_from_the_first_sentence(tmp_path: Path, text: str, title: str | None) -> None:
    found = document(tmp_path, "a.txt", text)
    assert found.title == (title or text[:-1])
    assert found.title_is_derived
    assert found.text == text.strip()
