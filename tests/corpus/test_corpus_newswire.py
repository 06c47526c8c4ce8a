"""Which part of a news text is body, and what does the rest say of it?"""

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

SEEDS = Path(__file__).parents[2] / "seeds"
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


def test_the_seeds_have_their_paragraphs_and_no_furniture(seeds: dict[str, Document]) -> None:
    counts = {number: len(found.paragraphs) for number, found in seeds.items()}
    assert counts == {"000": 5, "001": 15, "002": 8, "003": 11, "004": 13}
    assert not any(
        furniture in found.text
        for found in seeds.values()
        for furniture in ("Post Comment", "You May Have Missed", "(EFE)", "EFE", "2 minutos", "mos/lar", " date ")
    )
    assert seeds["001"].text.startswith("El presidente de Rusia, Vladímir Putin, y su")
    assert seeds["001"].text.endswith("la gasística Gazprom.")
    assert seeds["004"].text.endswith("en las últimas semanas.")


@pytest.mark.parametrize(
    ("dateline", "place", "source", "day"),
    [
        ("Moscú, 12 nov (EFE).- ", "Moscú", "EFE", None),
        ("Moscú, 12 nov (EFE).-", "Moscú", "EFE", None),
        ("Madrid, 3 mar. 2024 (EFE).- ", "Madrid", "EFE", date(2024, 3, 3)),
        ("Madrid, 3 de marzo de 2024 (EFE).— ", "Madrid", "EFE", date(2024, 3, 3)),
        ("Washington, 5 ene (Reuters) - ", "Washington", "Reuters", None),
        ("MOSCOW, Nov 12, 2025 (Reuters) - ", "Moscow", "Reuters", date(2025, 11, 12)),
        ("MADRID (EUROPA PRESS) - ", "Madrid", "Europa Press", None),
        ("SAN JOSÉ DE COSTA RICA, 12 Nov. (EP) - ", "San José de Costa Rica", "Europa Press", None),
        ("Buenos Aires, 1º de mayo (AP).- ", "Buenos Aires", "AP", None),
        ("Nueva York (EE.UU.), 12 nov (EFE).- ", "Nueva York (EE.UU.)", "EFE", None),
        ("Lima, 31 feb 2024 (Andina).- ", "Lima", "Andina", None),
        ("Quito, 4 jun (El Universo).- ", "Quito", "El Universo", None),
        ("La Habana, 4 jun (Prensa Latina) ", "La Habana", "Prensa Latina", None),
        ("Moscú/Astaná, 12 nov (EFE/AP).- ", "Moscú/Astaná", "EFE/AP", None),
        ("Redacción Internacional, 12 nov (EFE).- ", "", "EFE", None),
    ],
)
def test_a_dateline_becomes_place_source_and_date(
    tmp_path: Path, dateline: str, place: str, source: str, day: date | None
) -> None:
    found = document(tmp_path, "a.txt", f"{dateline}El presidente habló ayer con la prensa.\n\n{SECOND}")
    assert (found.place, found.source, found.date) == (place, source, day)
    assert body(found) == ["El presidente habló ayer con la prensa.", SECOND]
    assert found.title == "El presidente habló ayer con la prensa"
    assert found.title_is_derived


@pytest.mark.parametrize(
    "text",
    [
        "Moscú, 12 nov y otros lugares quedaron sin luz.",
        "Pedro Sánchez (PSOE) - el presidente - habló ayer.",
        "El presidente llegó a Moscú, 12 nov (EFE).- y se fue.",
        "La Organización (ONU) pidió calma.",
        "Agencia (EFE) de noticias.",
    ],
)
def test_a_sentence_that_only_resembles_a_dateline_stays(tmp_path: Path, text: str) -> None:
    found = document(tmp_path, "a.txt", f"{text}\n\n{SECOND}")
    assert body(found) == [text, SECOND]
    assert (found.place, found.source) == ("", "")


def test_the_header_gives_the_date_whatever_the_dateline_says(tmp_path: Path) -> None:
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


@pytest.mark.parametrize("signature", [" EFE", " (EFE)", "\n\nEFE", "\n\n(EFE)", "\n\nEFE/EPA/SERGEI ILNITSKY"])
@pytest.mark.parametrize("initials", ["", "\n\nmos/lar", "\n\nmos-lar/jac"])
def test_signatures_leave_the_body_and_name_the_source(tmp_path: Path, signature: str, initials: str) -> None:
    found = document(tmp_path, "a.txt", f"Empezó la cumbre.\n\nTerminó la cumbre.{signature}{initials}")
    assert body(found) == ["Empezó la cumbre.", "Terminó la cumbre."]
    assert found.source == "EFE"


def test_the_agency_of_the_dateline_may_sign_too(tmp_path: Path) -> None:
    text = "Quito, 4 jun (El Universo).- Empezó la cumbre.\n\nTerminó. El Universo"
    assert body(document(tmp_path, "a.txt", text)) == ["Empezó la cumbre.", "Terminó."]


@pytest.mark.parametrize("last", ["Gracias. ABC", "Lo dijo la agencia EFE", "sino/no", "Se escribe con efe. efe"])
def test_an_end_that_only_resembles_a_signature_stays(tmp_path: Path, last: str) -> None:
    found = document(tmp_path, "a.txt", f"Empezó la cumbre.\n\n{last}")
    assert body(found) == ["Empezó la cumbre.", last]
    assert found.source == ""


@pytest.mark.parametrize("text", ["EFE", "2 minutos", "Post Comment", "mos/lar"])
def test_a_text_of_nothing_but_furniture_is_its_own_body(tmp_path: Path, text: str) -> None:
    found = document(tmp_path, "a.txt", text)
    assert (found.title, found.title_is_derived, body(found), found.source) == (text, True, [text], "")


@pytest.mark.parametrize(
    "line", ["2 minutos", "3 min de lectura", "2 min read", "Lectura de 2 minutos", "Tiempo de lectura: 4 min."]
)
def test_reading_times_go_as_whole_lines_only(tmp_path: Path, line: str) -> None:
    text = f"Una cumbre\n\n{line}\n\nDuró 2 minutos.\n\n{SECOND}"
    assert body(document(tmp_path, "a.txt", text)) == ["Duró 2 minutos.", SECOND]


def test_minutes_further_down_are_an_answer(tmp_path: Path) -> None:
    text = "\n".join(["¿Cuánto duró?"] * 5 + ["2 minutos"])
    assert body(document(tmp_path, "a.txt", text))[-1] == "2 minutos"


@pytest.mark.parametrize("line", ["Post Comment", "YOU MAY HAVE MISSED:", "» Leave a Reply", "Deja una respuesta"])
def test_the_debris_of_web_pages_goes(tmp_path: Path, line: str) -> None:
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
