"""Does everything that the README shows work as it stands there?"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from searchidx.cli import main
from searchidx.index import Index

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def rows(heading: str) -> Iterator[tuple[list[str], str]]:
    """The rows of the first table of a section: what stands in code in the first cell, and the second cell."""
    section = README.split(f"## {heading}\n")[1].split("\n## ")[0]
    for line in section.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("| `"):
            yield re.findall(r"`([^`]+)`", cells[0]), cells[1]


COMMANDS = [command for commands, _ in rows("At the command line") for command in commands]
QUERIES = [query for queries, _ in rows("What can be typed") for query in queries]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what a new user has: the articles, their topics and judgements, and an index of them."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(ROOT / "tests" / "data", folder / "tests" / "data")
    with Index.create(folder / "index") as index:
        index.sync(folder / "seeds")
    return folder


def run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


ENDLESS = {"searchidx serve", "searchidx index --watch seeds/"}  # each has tests of its own


@pytest.mark.parametrize("command", [command for command in COMMANDS if command not in ENDLESS])
def test_a_command_of_the_readme_does_what_it_says(checkout: Path, command: str) -> None:
    program, *arguments = shlex.split(command)
    assert program == "searchidx"
    done = run([sys.executable, "-m", "searchidx", *arguments], checkout)
    assert done.returncode == 0, done.stderr
    assert done.stdout or arguments[0] in ("index", "rebuild", "check")


def test_every_command_stands_in_the_readme() -> None:
    for name in main.list_commands(None):  # type: ignore[arg-type]
        assert f"`searchidx {name}" in README, name


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_readme_is_read_without_a_warning(seeds: Index, query: str) -> None:
    whole = query + "EFE" if query.endswith(":") else query
    whole = whole.replace("+must", "+gas").replace("-mustnot", "-carbón")
    if whole not in ("AND", "OR", "NOT"):
        assert seeds.search(whole).warnings == ()


def test_the_python_example_runs(checkout: Path) -> None:
    example = README.split("```python\n")[1].split("```")[0]
    done = run([sys.executable, "-c", example], checkout)
    assert done.returncode == 0, done.stderr
    assert "001_b6d178efe64e1b6c.txt#p12 Putin y Tokáyev refuerzan amistad" in done.stdout


def test_the_two_lines_of_the_flask_example_mount_the_endpoint(seeds: Index) -> None:
    from flask import Flask  # what the reader has already

    example = README.split("```python\n")[2].split("```")[0]
    names: dict[str, object] = {"app": Flask(__name__), "index": seeds}
    exec(example, names)
    app = names["app"]
    assert isinstance(app, Flask)
    assert app.test_client().get("/buscar/search?q=tierras").get_json()["total"] == 1


@pytest.mark.parametrize(
    "address", [each for row, _ in rows("In a web application") for each in row if each[0] == "/"]
)
def test_an_address_of_the_readme_answers(seeds: Index, address: str) -> None:
    from web import create_app  # only here

    client = create_app(seeds).test_client()
    path = address if address != "/suggestions" else "/suggestions?q=kaz"
    assert client.get(path).status_code == 200


def test_the_settings_of_the_readme_are_all_that_there_are(tmp_path: Path) -> None:
    from web.settings import Settings, read_settings  # only here

    file = tmp_path / "searchidx.toml"
    file.write_text(README.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    settings = read_settings({}, {}, file)
    assert settings.cors_origins == ("https://diario.example",)
    named = set(re.findall(r"^([a-z_]+) = ", file.read_text(encoding="utf-8"), re.MULTILINE))
    assert {each.name for each in fields(Settings)} - named == {"synonyms_file"}


def test_the_make_targets_of_the_readme_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    named = (
        re.findall(r"^make ([a-z-]+)", README, re.MULTILINE)
        + " ".join(re.findall(r"`make ([a-z -]+)`", README)).split()
    )
    assert {"demo", "test", "lint", "types"} <= set(named) <= targets


def test_the_architecture_names_every_package_and_no_other() -> None:
    table = (ROOT / "searchidx" / "ARCHITECTURE.md").read_text(encoding="utf-8").split("\n## ")[1]
    named = set(re.findall(r"^\| *\d+ \| `([\w.]+)/?`", table, re.MULTILINE))
    packages = {path.name for path in (ROOT / "searchidx").iterdir() if (path / "__init__.py").exists()}
    modules = {path.name for path in (ROOT / "searchidx").glob("[a-z]*.py")}
    assert named == packages | modules | {"web"}


def test_the_files_that_the_architecture_names_exist() -> None:
    text = (ROOT / "searchidx" / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for name in re.findall(r"`([\w./]+(?:/|\.py|\.md))`", text):
        places = (ROOT / name, ROOT / "searchidx" / name, ROOT / "web" / name, *ROOT.glob(f"*/*/{name}"))
        assert any(place.exists() for place in (*places, *ROOT.glob(f"*/*/*/{name}"))), name
