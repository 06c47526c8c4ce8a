"""`stats`, `check`, `completion`, help pages, and errors of the command line itself."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from searchidx import __version__
from searchidx.cli.output.terminal import human_size
from tests.cli.conftest import SEEDS, run

COMMANDS = ("index", "query", "show", "stats", "rebuild", "check", "bench", "eval", "serve", "completion")


@pytest.fixture
def own_index(seeds_index: Path, tmp_path: Path) -> Path:
    """A copy that a test may damage."""
    return shutil.copytree(seeds_index, tmp_path / "index")


def damage(location: Path) -> None:
    """Flip one bit in the middle of the largest file of the engine."""
    path = max(location.glob("gen-*/**/*.*"), key=lambda path: path.stat().st_size)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_stats_list_what_the_index_holds(seeds_index: Path) -> None:
    result = run("stats", "--index", seeds_index)
    assert (result.exit_code, result.stderr) == (0, "")
    assert re.search(r"^documents +5$", result.stdout, re.MULTILINE)
    assert re.search(rf"^folders +{re.escape(str(SEEDS))}$", result.stdout, re.MULTILINE)
    assert re.search(r"^size +\d+ kB$", result.stdout, re.MULTILINE)


def test_stats_as_json(seeds_index: Path) -> None:
    payload = json.loads(run("stats", "--json", "--index", seeds_index).stdout)
    assert (payload["documents"], payload["engine"], payload["folders"]) == (5, "whoosh", [str(SEEDS)])
    assert payload["bytes"] > 10_000


@pytest.mark.parametrize(
    ("size", "expected"),
    [(0, "0 bytes"), (999, "999 bytes"), (1_500, "1.5 kB"), (854_098, "854 kB"), (3e15, "3,000.0 TB")],
)
def test_sizes_have_units_of_powers_of_1000(size: float, expected: str) -> None:
    assert human_size(size) == expected


def test_a_sound_index_has_no_problem(seeds_index: Path) -> None:
    result = run("check", "--index", seeds_index)
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "All is well.\n")


def test_damage_is_listed_on_stdout_and_repaired(own_index: Path) -> None:
    damage(own_index)
    found = run("check", "--index", own_index)
    assert found.exit_code == 2
    assert "is not what was written" in found.stdout
    assert "check --repair" in found.stderr
    repaired = run("check", "--repair", "--index", own_index)
    assert repaired.exit_code == 0
    assert repaired.stdout == "".join(f"repaired: {line}\n" for line in found.stdout.splitlines())
    assert run("check", "--index", own_index).exit_code == 0
    assert run("query", "gas", "--index", own_index).exit_code == 0


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff"])
def test_a_damaged_manifest_is_found_and_repaired(own_index: Path, content: bytes) -> None:
    (own_index / "manifest.json").write_bytes(content)
    assert run("query", "gas", "--index", own_index).exit_code == 2
    assert run("check", "--index", own_index).exit_code == 2
    assert run("check", "--repair", "--index", own_index).exit_code == 0
    assert run("query", "gas", "--index", own_index).exit_code == 0


def test_a_lost_manifest_is_made_again_by_repair_only(own_index: Path) -> None:
    (own_index / "manifest.json").unlink()
    assert run("check", "--index", own_index).exit_code == 2
    assert not (own_index / "manifest.json").exists()
    assert run("check", "--repair", "--index", own_index).exit_code == 0
    assert run("query", "gas", "--index", own_index).exit_code == 0


@pytest.mark.parametrize("args", [("check",), ("check", "--repair"), ("stats",), ("serve", "--port", "0")])
def test_nothing_is_made_where_there_is_no_index(tmp_path: Path, args: tuple[str, ...]) -> None:
    result = run(*args, "--index", tmp_path / "none")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no index" in result.stderr
    assert not (tmp_path / "none").exists()


def test_the_version_is_printed() -> None:
    assert run("--version").stdout == f"searchidx {__version__}\n"


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", COMMANDS)
def test_every_help_has_examples_and_exit_codes(command: str, flag: str) -> None:
    result = run(command, flag)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Examples:" in result.stdout
    assert f"searchidx {command}" in result.stdout
    assert "Exit codes: 0" in result.stdout


def test_the_list_of_commands_has_a_whole_sentence_for_each() -> None:
    output = run("--help").stdout
    listed = re.findall(r"^  (\w+) +[A-Z].*[^.]\.$", output, re.MULTILINE)
    assert tuple(listed) == COMMANDS
    assert "Examples:" in output


def test_an_unknown_command_is_answered_with_the_known() -> None:
    result = run("qery")
    assert result.exit_code == 2
    assert all(command in result.stderr for command in COMMANDS)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_prints_a_script_for_the_shell(shell: str) -> None:
    result = run("completion", shell)
    assert result.exit_code == 0
    assert f"_SEARCHIDX_COMPLETE={shell}_complete" in result.stdout


def test_the_shell_is_printed_commands_and_options() -> None:
    environment = {"_SEARCHIDX_COMPLETE": "bash_complete", "COMP_WORDS": "searchidx q", "COMP_CWORD": "1"}
    assert run(env=environment).stdout == "plain,query\n"
    environment = {"_SEARCHIDX_COMPLETE": "bash_complete", "COMP_WORDS": "searchidx query --le", "COMP_CWORD": "2"}
    assert run(env=environment).stdout == "plain,--level\n"


def test_debug_shows_where_an_error_comes_from(tmp_path: Path) -> None:
    for args in (("--debug", "stats"), ("stats", "--debug")):
        result = run(*args, "--index", tmp_path / "none")
        assert result.exit_code == 2
        assert "Traceback" in result.stderr
        assert result.stderr.splitlines()[-1].startswith("Error: ")


def test_a_failure_of_our_own_is_printed_in_one_line(seeds_index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise TypeError("odd")

    monkeypatch.setattr("searchidx.index.Index.stats", fail)
    result = run("stats", "--index", seeds_index)
    assert result.exit_code == 2
    assert result.stderr == "Error: searchidx has failed (TypeError: odd). This is a bug; --debug shows where.\n"
