"""Markdown files: front matter, title, paragraphs without markup."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.corpus.corpus_support import (
    body,
    document,
    documents,
    errors,
)

FULL = """---
título: Una cumbre
fecha: 2025-11-12
fuente: Diario
lugar: Moscú
autor: [Ana Gil, Luis Paz]
url: https://diario.example
idioma: es
sección: Mundo
vacío:
---
Empezó la *cumbre*.
"""


def test_a_front_matter_gives_the_fields(tmp_path: Path) -> None:
    found = document(tmp_path, "a.md", FULL)
    assert (found.id, found.title, found.title_is_derived) == ("a.md", "Una cumbre", False)
    assert (found.date, found.source, found.place) == (date(2025, 11, 12), "Diario", "Moscú")
    assert (found.author, found.url, found.language) == ("Ana Gil, Luis Paz", "https://diario.example", "es")
    assert found.metadata == {"sección": "Mundo"}
    assert body(found) == ["Empezó la cumbre."]


def test_no_markup_is_left_in_the_text(tmp_path: Path) -> None:
    text = """# Una *cumbre*

Un [enlace](http://x) con **fuerza**, `código` y
otra línea  \ncortada, &ntilde;, ![una foto](a.png)<br>y <i>más</i>.

## Parte

- gas
- carbón

> Una cita

```python
print("hola")
```

<div>Un <b>bloque</b></div>

| País | PIB |
|------|-----|
| Rusia | 10 |

***
"""
    found = document(tmp_path, "a.md", text)
    assert (found.title, found.title_is_derived) == ("Una cumbre", False)
    assert body(found) == [
        "Un enlace con fuerza, código y otra línea cortada, ñ, una foto y más.",
        "Parte",
        "gas",
        "carbón",
        "Una cita",
        'print("hola")',
        "Un bloque",
        "País PIB",
        "Rusia 10",
    ]


def test_the_title_of_the_front_matter_wins_and_no_heading_is_lost(tmp_path: Path) -> None:
    same = document(tmp_path, "a.md", "---\ntitle: Una cumbre\n---\n# Una Cumbre\n\nEmpezó.")
    assert (same.title, body(same)) == ("Una cumbre", ["Empezó."])
    other = document(tmp_path, "b.md", "---\ntitle: Una cumbre\n---\n# Otra\n\nEmpezó.\n\n# Más")
    assert (other.title, body(other)) == ("Una cumbre", ["Otra", "Empezó.", "Más"])


def test_a_heading_alone_is_its_own_body(tmp_path: Path) -> None:
    found = document(tmp_path, "a.md", "# Hola")
    assert (found.title, body(found)) == ("Hola", ["Hola"])


def test_without_a_heading_the_title_is_derived(tmp_path: Path) -> None:
    found = document(tmp_path, "a.md", "Empezó la cumbre. Bien.")
    assert (found.title, found.title_is_derived) == ("Empezó la cumbre", True)


@pytest.mark.parametrize(
    ("front", "reason"),
    [
        ("title: [sin cerrar", "in line 3"),
        ("title: &a x\nb: *a", "references are not read"),
        ("a: " + "[" * 3000, "it is nested too deep"),
        ("- a: b\n- c\nd: e", "in line 4"),
        ("'a': b: c", "in line 2"),
        ("'a: b'", "it is not a list of keys and values"),
        ("id: [a]\nx: y", "its id is a list"),
    ],
)
def test_a_broken_front_matter_does_not_cost_the_body(tmp_path: Path, front: str, reason: str) -> None:
    content = f"---\n{front}\n---\n\n# Una cumbre\n\nEmpezó."
    (found,) = documents(tmp_path, "a.md", content)
    assert (found.title, body(found)) == ("Una cumbre", ["Empezó."])
    (error,) = errors(tmp_path, "a.md", content)
    assert error.startswith("a.md: its front matter was left out: ")
    assert reason in error


def test_a_date_that_does_not_exist_is_kept_as_it_was_written(tmp_path: Path) -> None:
    found = document(tmp_path, "a.md", "---\ndate: 2025-02-31\n---\nEmpezó.")
    assert (found.date, found.metadata) == (None, {"date": "2025-02-31"})


def test_a_rule_is_not_a_front_matter(tmp_path: Path) -> None:
    assert body(document(tmp_path, "a.md", "---\nHola.\n\n---\nAdiós.")) == ["Hola.", "Adiós."]
    assert body(document(tmp_path, "b.md", "---\n\nHola: sí.")) == ["Hola: sí."]
