"""`searchidx query`: results, messages, marks, options and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Ask, run, write


def ids(output: str) -> list[str]:
    return [hit["id"][:3] for hit in json.loads(output)["hits"]]


def test_words_are_answered_with_title_facts_and_marked_paragraphs(ask: Ask) -> None:
    result = ask("tierras", "raras")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == " 1  Putin y Tokáyev refuerzan amistad con declaración sobre alianza y asociación"
    assert lines[2] == "    EFE · 2025-11-12 · Moscú · 001_b6d178efe64e1b6c.txt"
    assert lines[3].startswith("    ¶12  … ")
    assert "‹tierras› ‹raras›" in " ".join(result.stdout.split())
    assert max(map(len, lines)) <= 80


def test_results_go_to_stdout_and_everything_else_to_stderr(ask: Ask) -> None:
    result = ask('"abc', "reunión")
    assert "Aviso: Falta la otra comilla" in result.stderr
    assert "Aviso" not in result.stdout
    assert "resultado" not in result.stdout
    assert "resultado" in result.stderr


def test_a_phrase_in_a_second_pair_of_quotes_is_one_match(ask: Ask) -> None:
    result = ask('"tierras raras"', "--json")
    assert ids(result.stdout) == ["001"]
    assert "‹tierras raras›" in " ".join(ask('"tierras raras"').stdout.split())


def test_nothing_found_is_exit_code_1_and_said_on_stderr(ask: Ask) -> None:
    result = ask("zanahoria")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Ningún resultado para: zanahoria\n"


def test_nothing_found_as_json_is_exit_code_1_too(ask: Ask) -> None:
    result = ask("zanahoria", "--json")
    assert result.exit_code == 1
    assert json.loads(result.stdout)["total"] == 0
    assert ask("zanahoria", "--jsonl").stdout == ""


def test_an_empty_query_is_answered_with_advice(ask: Ask) -> None:
    result = ask(" ")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "vacía" in result.stderr


def test_no_words_at_all_is_an_error_of_use(ask: Ask) -> None:
    result = ask()
    assert result.exit_code == 2
    assert "WORDS" in result.stderr


@pytest.mark.parametrize(
    "args", [("Rusia", "-EFE"), ("-EFE", "Rusia"), ("--", "Rusia", "-EFE"), ("-EFE", "--", "Rusia")]
)
def test_a_word_with_a_dash_excludes(ask: Ask, args: tuple[str, ...]) -> None:
    result = ask("--json", *args)
    assert sorted(ids(result.stdout)) == ["000", "002", "003"]


@pytest.mark.parametrize(
    "word", ["-n", "-nacional", "-q", "-quien", "-h", "-y", '-"tierras raras"', "-(gas O oro)"]
)
def test_any_word_may_follow_the_double_dash(ask: Ask, word: str) -> None:
    result = ask("--json", "--", "Rusia", word)
    assert json.loads(result.stdout)["query"] == f"Rusia {word}"


@pytest.mark.parametrize(
    "word", ["-nacional", "-quien", "-e", '-"tierras raras"', "-(gas O oro)", "-índice", "-n5x"]
)
def test_most_words_with_a_dash_need_no_double_dash(ask: Ask, word: str) -> None:
    result = ask("Rusia", word, "--json")
    assert json.loads(result.stdout)["query"] == f"Rusia {word}"


def test_an_option_keeps_a_value_that_begins_with_a_dash(ask: Ask) -> None:
    newest = ids(ask("Rusia", "--sort", "-date", "--json").stdout)
    assert newest == ids(ask("Rusia", "--sort=-date", "--json").stdout)
    assert newest[:2] == ["001", "004"]


def test_short_options_work_glued_to_their_value(ask: Ask) -> None:
    assert len(ids(ask("Rusia", "-n2", "--json").stdout)) == 2
    assert len(ids(ask("Rusia", "-n", "1", "--json").stdout)) == 1


def test_an_unknown_long_option_is_an_error(ask: Ask) -> None:
    result = ask("Rusia", "--jsno")
    assert result.exit_code == 2
    assert "--json" in result.stderr  # suggested


def test_pages_go_on_where_the_last_one_ended(ask: Ask) -> None:
    first, second = ask("Rusia", "-n", 2), ask("Rusia", "-n", 2, "--page", 2)
    assert first.stdout.startswith(" 1  ")
    assert second.stdout.startswith(" 3  ")
    assert "1–2 de 5 resultados" in first.stderr
    assert "--page 2" in first.stderr
    assert "3–4 de 5 resultados" in second.stderr


def test_a_page_beyond_the_last_says_which_is_the_last(ask: Ask) -> None:
    result = ask("Rusia", "-n", 2, "--page", 9)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "No hay página 9: la última es la 3 (5 resultados).\n"


@pytest.mark.parametrize(
    ("option", "value"), [("--limit", 101), ("--limit", 0), ("-n", 10**9), ("--page", 0), ("--page", 10**9)]
)
def test_a_number_out_of_range_is_reported_by_the_name_of_its_option(ask: Ask, option: str, value: int) -> None:
    result = ask("Rusia", option, value)
    assert (result.exit_code, result.stdout) == (2, "")
    assert ("--page: " if option == "--page" else "--limit: ") in result.stderr


def test_jsonl_is_one_hit_a_line_the_same_as_in_json(ask: Ask) -> None:
    lines = ask("Rusia", "--jsonl").stdout.splitlines()
    assert [json.loads(line) for line in lines] == json.loads(ask("Rusia", "--json").stdout)["hits"]


def test_json_holds_letters_as_they_are(ask: Ask) -> None:
    assert "Tokáyev" in ask("reunión", "--json").stdout


def test_paragraphs_are_hits_of_their_own(ask: Ask) -> None:
    result = ask("tierras raras", "--level", "paragraph")
    assert "001_b6d178efe64e1b6c.txt#p12" in result.stdout


def test_a_relaxed_query_says_so(ask: Ask) -> None:
    result = ask("reunión", "zanahoria")
    assert result.exit_code == 0
    assert result.stderr.startswith("Nada tiene todas las palabras")


def test_a_beginning_of_a_word_is_searched_only_on_demand_and_that_is_printed(ask: Ask) -> None:
    typed = ask("coop", "--json")
    assert (typed.exit_code, json.loads(typed.stdout)["prefix_fallback"]) == (1, None)
    found = ask("coop", "--prefix-fallback", "--json")
    assert (found.exit_code, json.loads(found.stdout)["prefix_fallback"]) == (0, "coop")
    assert "empiezan por: coop\n" in ask("coop", "--prefix-fallback").stderr
    assert "words that begin with this" in ask("coop", "--prefix-fallback", "--lang", "en").stderr
    assert "empiezan" not in ask("gas", "--prefix-fallback").stderr


def test_it_says_how_many_results_have_all_and_most_words(ask: Ask) -> None:
    assert "De 5, 2 con todas las palabras y 3 con la mayoría." in ask("gas petróleo carbón Rusia").stderr
    assert "Nada tiene todas las palabras" in ask("gas xyzzy").stderr
    assert "todas las palabras" not in ask("gas Y petróleo").stderr


def test_a_warning_points_to_its_place(ask: Ask) -> None:
    lines = ask('gas foo:bar "abc').stderr.splitlines()
    query = '    gas foo:bar "abc'
    assert [lines[i + 1] for i, line in enumerate(lines) if line == query] == ["        ^^^^", " " * 16 + "^"]


def test_a_warning_in_a_long_query_is_shown_with_what_stands_around_it(ask: Ask) -> None:
    lines = ask("palabra " * 30 + '"gas').stderr.splitlines()
    caret = next(i for i, line in enumerate(lines) if line.strip() == "^")
    assert lines[caret - 1][lines[caret].index("^")] == '"'
    assert len(lines[caret - 1]) <= 80


def test_english_stands_beside_spanish(ask: Ask) -> None:
    assert "1 result in" in ask('"tierras raras"', "--lang", "en").stderr
    assert "No results" in ask("zanahoria", env={"SEARCHIDX_LANG": "en"}).stderr
    assert "Warning: The other quotation mark" in ask('"gas', "--lang", "en").stderr


def test_quiet_leaves_only_the_results(ask: Ask) -> None:
    assert ask('"abc', "reunión", "-q").stderr == ""
    assert ask("zanahoria", "-q").stderr == ""


def test_color_is_off_in_a_pipe_and_marks_stand_instead(ask: Ask) -> None:
    output = ask("gas").stdout
    assert "\x1b" not in output
    assert "‹gas›" in output


def test_color_always_colours_the_matches_and_leaves_the_marks_out(ask: Ask) -> None:
    output = ask("Tokáyev", "--color", "always").stdout
    assert "\x1b[1;31mTokáyev\x1b[0;1m" in output  # in a bold title
    assert "\x1b[1;31mTokáyev\x1b[0m" in output
    assert "‹" not in output


@pytest.mark.parametrize(
    ("env", "colour"),
    [
        ({"FORCE_COLOR": "1"}, True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, True),
        ({}, False),
    ],
)
def test_the_environment_decides_about_auto(ask: Ask, env: dict[str, str], colour: bool) -> None:
    assert ("\x1b[" in ask("gas", env=env).stdout) is colour
    assert "\x1b[" in ask("gas", "--color", "always", env=env).stdout
    assert "\x1b[" not in ask("gas", "--color", "never", env=env).stdout


@pytest.mark.parametrize("columns", [1, 40, 60, 120])
def test_lines_keep_to_the_width_of_the_terminal(ask: Ask, columns: int) -> None:
    output = ask("gas", env={"COLUMNS": str(columns)}).stdout
    widest = max(len(line) for line in output.splitlines() if ".txt" not in line)
    assert min(columns, 100) - 15 < widest <= max(24, min(columns, 100))


def test_the_index_may_be_named_before_the_command_after_it_or_in_the_environment(seeds_index: Path) -> None:
    results = (
        run("--index", seeds_index, "query", "gas"),
        run("query", "gas", "--index", seeds_index),
        run("query", "gas", env={"SEARCHIDX_INDEX": str(seeds_index)}),
        run("--index", "/nowhere", "query", "gas", "--index", seeds_index),
    )
    assert [result.exit_code for result in results] == [0, 0, 0, 0]


def test_no_index_is_an_error_with_its_remedy(tmp_path: Path) -> None:
    result = run("query", "gas", "--index", tmp_path / "none")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")
    assert "searchidx index" in result.stderr
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("location", ["opensearch://host:9200/name", "/dev/null"])
def test_a_location_that_cannot_be_an_index_is_an_error(location: str) -> None:
    result = run("query", "gas", "--index", location)
    assert result.exit_code == 2
    assert "Traceback" not in result.stderr


def test_what_a_document_or_its_name_says_cannot_command_the_terminal(tmp_path: Path) -> None:
    record = {
        "id": "uno\x1b]0;x\x07\u202e",
        "title": "gas \x9b31m \u202etítulo",
        "source": "\x1b[2J",
        "text": "gas",
    }
    folder = write(
        tmp_path / "docs", {"a\x1b[31m.txt": "gas \u202e y \x1b[31m más", "r.jsonl": json.dumps(record)}
    )
    location = tmp_path / "index"
    indexed = run("index", folder, "--index", location)
    results = [indexed, *(run("query", "gas", form, "--index", location) for form in ("--json", "--jsonl", "-q"))]
    for output in (text for result in results for text in (result.stdout, result.stderr)):
        assert not set(output) & {"\x1b", "\x07", "\x9b", "\u202e"}
    found = json.loads(results[1].stdout)["hits"]
    assert {hit["id"] for hit in found} >= {"a\x1b[31m.txt"}  # nothing is lost in JSON


def test_a_query_cannot_command_the_terminal_either(ask: Ask) -> None:
    result = ask('\x1b[31mzanahoria \x9b "')
    assert not set(result.stderr) & {"\x1b", "\x9b"}
