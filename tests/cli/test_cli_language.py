"""Do the command's language options do what they say?"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import Result

from tests.cli.conftest import SEEDS, run


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("language") / "index"
    assert run("index", SEEDS, "--index", made).exit_code == 0
    return made


def hits(result: Result) -> list[str]:
    return sorted(hit["id"][:3] for hit in json.loads(result.stdout)["hits"])


def test_other_spellings_are_printed_and_can_be_switched_off(location: Path) -> None:
    result = run("query", "Tokayev", "--index", location)
    assert "tokayev: también toqaev, tokaev" in result.stderr
    assert hits(run("query", "Tokayev", "--json", "--index", location)) == ["000", "001", "002", "003", "004"]
    plain = run("query", "Tokayev", "--no-variants", "--json", "--index", location)
    assert hits(plain) == ["000", "001", "004"]


def test_synonyms_can_be_switched_off_and_be_ones_own(location: Path, tmp_path: Path) -> None:
    without = run("query", "EEUU", "--no-synonyms", "--json", "--index", location)
    assert json.loads(without.stdout)["expansions"] == []
    own = tmp_path / "own.txt"
    own.write_text("Lukoil = la petrolera rusa  # said so by EFE", encoding="utf-8")
    found = run("query", "Lukoil", "--json", "--synonyms-file", own, "--index", location)
    assert json.loads(found.stdout)["expansions"][0]["forms"] == ["la petrolera rusa"]


@pytest.mark.parametrize("content", ["only one name", "a = "])
def test_a_line_of_synonyms_that_says_nothing_is_reported_by_its_number(
    location: Path, tmp_path: Path, content: str
) -> None:
    own = tmp_path / "own.txt"
    own.write_text(f"# mine\n{content}\n", encoding="utf-8")
    result = run("query", "gas", "--synonyms-file", own, "--index", location)
    assert result.exit_code == 2
    assert "own.txt:2" in result.stderr


def test_a_file_of_synonyms_that_is_missing_is_an_error(location: Path, tmp_path: Path) -> None:
    assert run("query", "gas", "--synonyms-file", tmp_path / "no.txt", "--index", location).exit_code == 2


def test_an_explanation_prints_tree_plan_and_scores(location: Path) -> None:
    result = run("query", "gas", "EEUU", "--explain", "--index", location)
    assert "tree: gas EEUU" in result.stderr
    assert '"stem"' in result.stderr
    assert "= gas" in result.stdout
    payload = json.loads(run("query", "gas", "EEUU", "--explain", "--json", "--index", location).stdout)
    assert payload["explanation"]["tree"] == "gas EEUU"
    assert {part["text"] for part in payload["hits"][0]["parts"]} >= {"gas", "eeuu"}


@pytest.mark.parametrize("typed", ["Kasajistan", "Kazajsitan"])
def test_a_misspelt_name_is_found_or_offered(location: Path, typed: str) -> None:
    payload = json.loads(run("query", typed, "--json", "--index", location).stdout)
    assert payload["total"] == 5 or payload["corrected_query"] == "Kazajistán"


def test_a_missing_tilde_is_offered(location: Path) -> None:
    result = run("query", "ano", "--index", location)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "¿Quería decir: año?" in result.stderr


@pytest.mark.parametrize("typed", ['"Kasajistan"', "KASAJISTAN", "20255", "xq"])
def test_nothing_is_offered_for_what_was_meant_so(location: Path, typed: str) -> None:
    assert json.loads(run("query", typed, "--json", "--index", location).stdout)["corrected_query"] is None


def test_completions_exist_and_find_something(location: Path) -> None:
    result = run("suggest", "tierras", "ra", "--index", location)
    assert result.stdout.splitlines()[0] == "tierras raras"
    payload = json.loads(run("suggest", "kaz", "--json", "--index", location).stdout)
    assert [each["text"] for each in payload["suggestions"]][:2] == ["Kazajistán", "kazajo"]
    assert run("suggest", "xyzzy", "--index", location).exit_code == 1


def test_similar_documents_are_listed_and_an_unknown_one_is_an_error(location: Path) -> None:
    found = run("similar", "001_b6d178efe64e1b6c.txt", "--json", "--index", location)
    assert hits(found)[-1] == "004"
    assert run("similar", "no.txt", "--index", location).exit_code == 2
