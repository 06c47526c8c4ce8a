"""`searchidx show`: a document or one of its paragraphs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ask, run, write

PUTIN = "001_b6d178efe64e1b6c.txt"


@pytest.fixture
def show(seeds_index: Path) -> Ask:
    return lambda *args, env=None: run("show", "--index", seeds_index, *args, env=env)


def test_a_document_is_shown_with_its_facts_and_numbered_paragraphs(show: Ask) -> None:
    result = show(PUTIN)
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0].startswith("Putin y Tokáyev refuerzan amistad")
    assert lines[2] == f"EFE · 2025-11-12 · Moscú · {PUTIN}"
    assert [line.split()[0] for line in lines if line.startswith("¶")] == [f"¶{n}" for n in range(1, 16)]
    assert max(map(len, lines)) <= 80


def test_one_paragraph_is_shown_alone(show: Ask) -> None:
    lines = show(f"{PUTIN}#p3").stdout.splitlines()
    assert next(line for line in lines if line.startswith("¶")).startswith("¶3  Tokáyev agradeció a Putin")
    assert sum(line.startswith("¶") for line in lines) == 1


def test_a_query_marks_its_matches(show: Ask) -> None:
    assert "‹petróleo y gas›" in show(PUTIN, "--query", '"petróleo y gas"').stdout
    assert "\x1b[1;31mgas\x1b[0m" in show(PUTIN, "--query", "gas", "--color", "always").stdout
    assert "‹" not in show(PUTIN).stdout


def test_json_has_the_whole_document_or_one_paragraph(show: Ask) -> None:
    whole = json.loads(show(PUTIN, "--json", "--query", "gas").stdout)
    assert (whole["id"], len(whole["paragraphs"])) == (PUTIN, 15)
    assert whole["paragraphs"][5]["ranges"]
    one = json.loads(show(f"{PUTIN}#p6", "--json", "--query", "gas").stdout)
    assert one["paragraphs"] == [whole["paragraphs"][5]]


@pytest.mark.parametrize(
    "name", ["nada.txt", f"{PUTIN}#p0", f"{PUTIN}#p16", f"{PUTIN}#p", f"{PUTIN}#p99999999999", ""]
)
def test_what_is_not_there_is_an_error(show: Ask, name: str) -> None:
    result = show(name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"there is no document '{name}' in the index" in result.stderr


def test_an_id_that_looks_like_a_paragraph_is_found(tmp_path: Path) -> None:
    folder = write(tmp_path / "docs", {"r.jsonl": '{"id": "x#p2", "title": "Raro", "text": "hola"}\n'})
    run("index", folder, "--index", tmp_path / "index")
    assert run("show", "x#p2", "--index", tmp_path / "index").stdout.startswith("Raro\n")


def test_further_facts_are_shown(tmp_path: Path) -> None:
    record = {"id": "x", "text": "Hola a todos.", "author": "Ana", "url": "https://e.es/x", "tema": "saludos"}
    folder = write(tmp_path / "docs", {"r.jsonl": json.dumps(record)})
    run("index", folder, "--index", tmp_path / "index")
    lines = run("show", "x", "--index", tmp_path / "index").stdout.splitlines()
    assert lines[1:5] == [
        "Ana · título tomado de la primera frase · x",
        "https://e.es/x",
        "r.jsonl",
        "tema: saludos",
    ]
    english = run("show", "x", "--lang", "en", "--index", tmp_path / "index").stdout
    assert "title taken from the first sentence" in english
