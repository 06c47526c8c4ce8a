"""Datelines and signatures of news agencies."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.corpus.corpus_support import body, document

SECOND = "El segundo párrafo sigue con la noticia."


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
