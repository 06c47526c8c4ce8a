"""Newswire articles: header, opening, boilerplate, headline and body."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from searchidx.corpus import SourceFile, read, scan
from searchidx.model.document import Document
from tests.corpus.corpus_support import (
    body,
    document,
)

SEEDS = Path(__file__).parents[3] / "seeds"
SECOND = "El segundo párrafo sigue con la noticia."


@pytest.fixture(scope="module")
def seeds() -> dict[str, Document]:
    found = {}
    for file in scan(SEEDS):
        assert isinstance(file, SourceFile)
        (item,) = read(file).documents
        assert isinstance(item, Document)
        found[file.relative[:3]] = item
    return found


def test_the_seeds_have_their_titles(seeds: dict[str, Document]) -> None:
    assert {number: (found.title, found.title_is_derived) for number, found in seeds.items()} == {
        "000": ("Putin y Tokáyev refuerzan alianza energética", False),
        "001": (
            "Putin y Tokáyev refuerzan amistad con declaración sobre alianza y asociación estratégica",
            False,
        ),
        "002": (
            "El presidente ruso, Vladímir Putin, recibió este miércoles en el Kremlin a su homólogo kazajo…",
            True,
        ),
        "003": (
            "El presidente kazajo Qasym-Zhomart Toqaev da una cálida bienvenida al presidente ruso Vladimir…",
            True,
        ),
        "004": (
            "Putin y Tokáyev celebran una reunión informal en el Kremlin en vísperas de negociaciones",
            False,
        ),
    }


def test_the_seeds_have_their_date_place_and_source(seeds: dict[str, Document]) -> None:
    assert {number: (found.date, found.place, found.source) for number, found in seeds.items()} == {
        "000": (None, "", ""),
        "001": (date(2025, 11, 12), "Moscú", "EFE"),
        "002": (None, "", ""),
        "003": (None, "", ""),
        "004": (date(2025, 11, 11), "Moscú", "EFE"),
    }


def test_the_seeds_have_their_paragraphs_and_no_boilerplate(seeds: dict[str, Document]) -> None:
    counts = {number: len(found.paragraphs) for number, found in seeds.items()}
    assert counts == {"000": 5, "001": 15, "002": 8, "003": 11, "004": 13}
    assert not any(
        line in found.text
        for found in seeds.values()
        for line in ("Post Comment", "You May Have Missed", "(EFE)", "EFE", "2 minutos", "mos/lar", " date ")
    )
    assert seeds["001"].text.startswith("El presidente de Rusia, Vladímir Putin, y su")
    assert seeds["001"].text.endswith("la gasística Gazprom.")
    assert seeds["004"].text.endswith("en las últimas semanas.")


def test_the_date_of_the_header_wins_over_that_of_the_dateline(tmp_path: Path) -> None:
    text = " date 2025-11-12 Un  título\n\nMadrid, 3 mar 2024 (EFE).- Hola a todos."
    found = document(tmp_path, "a.txt", text)
    assert (found.title, found.date, found.text) == ("Un título", date(2025, 11, 12), "Hola a todos.")


def test_a_header_without_title_gives_the_date_alone(tmp_path: Path) -> None:
    found = document(tmp_path, "a.txt", "date 2025-11-12\nHola a todos.")
    assert (found.title, found.title_is_derived, found.date) == ("Hola a todos", True, date(2025, 11, 12))


def test_a_header_with_an_impossible_date_is_text(tmp_path: Path) -> None:
    assert document(tmp_path, "a.txt", "date 2025-13-12 Hola a todos.").text == "date 2025-13-12 Hola a todos."


def test_a_header_alone_is_its_own_body(tmp_path: Path) -> None:
    found = document(tmp_path, "a.txt", " date 2025-11-12 Un título\n")
    assert (found.title, body(found)) == ("Un título", ["Un título"])


@pytest.mark.parametrize("text", ["EFE", "2 minutos", "Post Comment", "mos/lar"])
def test_a_text_of_nothing_but_boilerplate_is_its_own_body(tmp_path: Path, text: str) -> None:
    found = document(tmp_path, "a.txt", text)
    assert (found.title, found.title_is_derived, body(found), found.source) == (text, True, [text], "")


@pytest.mark.parametrize(
    "line", ["2 minutos", "3 min de lectura", "2 min read", "Lectura de 2 minutos", "Tiempo de lectura: 4 min."]
)
def test_reading_times_are_removed_as_whole_lines_only(tmp_path: Path, line: str) -> None:
    text = f"Una cumbre\n\n{line}\n\nDuró 2 minutos.\n\n{SECOND}"
    assert body(document(tmp_path, "a.txt", text)) == ["Duró 2 minutos.", SECOND]


def test_minutes_further_down_stay_because_they_may_be_an_answer(tmp_path: Path) -> None:
    text = "\n".join(["¿Cuánto duró?"] * 5 + ["2 minutos"])
    assert body(document(tmp_path, "a.txt", text))[-1] == "2 minutos"


@pytest.mark.parametrize("line", ["Post Comment", "YOU MAY HAVE MISSED:", "» Leave a Reply", "Deja una respuesta"])
def test_the_boilerplate_of_web_pages_is_removed(tmp_path: Path, line: str) -> None:
    text = f"{line}\nUna cumbre\n\nEmpezó la cumbre.\n{line}\nTerminó la cumbre.\n{line}"
    found = document(tmp_path, "a.txt", text)
    assert (found.title, body(found)) == ("Una cumbre", ["Empezó la cumbre.", "Terminó la cumbre."])


def test_a_byline_gives_the_author(tmp_path: Path) -> None:
    text = f"Una cumbre\n\nPor María de la Peña\n\nEmpezó la cumbre.\n\n{SECOND}"
    found = document(tmp_path, "a.txt", text)
    assert (found.title, found.author) == ("Una cumbre", "María de la Peña")
    assert body(found) == ["Empezó la cumbre.", SECOND]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Putin viaja a EE. UU.\n\n{SECOND}", "Putin viaja a EE. UU."),
        (f"¿Quién ganó?\n{SECOND * 3}", "¿Quién ganó?"),
    ],
)
def test_a_short_first_line_is_the_title(tmp_path: Path, text: str, title: str) -> None:
    found = document(tmp_path, "a.txt", text)
    assert (found.title, found.title_is_derived) == (title, False)
    assert title not in found.text


@pytest.mark.parametrize(
    "first", ["Es una oración.", "La lista:", "12 345", "Una palabra tras otra " * 8, "EFE", "Por Ana Gil"]
)
def test_a_first_line_that_is_no_headline_stays_out_of_the_title(tmp_path: Path, first: str) -> None:
    assert document(tmp_path, "a.txt", f"{first}\n\n{SECOND}").title_is_derived
