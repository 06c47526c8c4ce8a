"""Do imports run downward only, and never in a circle?"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

LAYERS: tuple[tuple[str, ...], ...] = (
    ("errors", "ranking"),
    ("model", "schema", "runtime"),
    ("analysis",),
    ("store", "corpus"),
    ("engines",),
    ("query",),
    ("search", "indexing"),
    ("index",),
    ("evaluation",),
    ("cli",),
)
"""Packages of searchidx from the lowest layer up; packages of one layer do not import each other."""

HOMES = {
    "anyascii": "analysis",
    "babel": "web",
    "charset_normalizer": "corpus",
    "click": "cli",
    "dateparser": "query",
    "filelock": "store",
    "flask": "web",
    "flask_babel": "web",
    "markdown_it": "corpus",
    "matplotlib": "evaluation",
    "openapi_pydantic": "web",
    "prometheus_client": "web",
    "pydantic": "web",
    "rapidfuzz": "query",
    "selectolax": "corpus",
    "snowballstemmer": "analysis",
    "sqlite3": "store",
    "tantivy": "engines",
    "tqdm": "cli",
    "waitress": "cli",
    "watchfiles": "indexing",
    "whoosh": "engines",
    "yaml": "corpus",
}
"""The one room that knows each library."""

COMPARED_WITH = {"sqlite3": "sqlite_fts5", "tantivy": "raw_tantivy"}
"""Libraries that are also measured by themselves, each in the one module of `evaluation` that knows it."""

WEB_SEES = {"index", "model", "errors", "search", "runtime", "__version__"}


def modules(package: str) -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / package).rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        yield name.removesuffix(".__init__"), path


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: a relative import hides where it goes"
            module = node.module or ""
            # `from package import module` names a module only in its last part.
            yield from (f"{module}.{alias.name}" for alias in node.names)


def room(module: str) -> str:
    if module == "searchidx.__main__":
        return "cli"
    return module.split(".")[1] if module.count(".") else ""


def floor_of(name: str) -> int:
    return next(number for number, rooms in enumerate(LAYERS) if name in rooms)


ALL = list(modules("searchidx"))


@pytest.mark.parametrize(("module", "path"), ALL, ids=[module for module, _ in ALL])
def test_a_room_imports_only_from_the_floors_below_it(module: str, path: Path) -> None:
    own = room(module) or "errors"  # the package itself imports nothing
    for imported in imports(path):
        if imported.startswith("searchidx.") and room(imported) not in (own, "__version__"):
            assert floor_of(room(imported)) < floor_of(own), f"{module} imports {imported}"


def test_every_room_has_a_floor() -> None:
    rooms = {room(module) for module, _ in ALL} - {""}
    assert rooms - {name for floor in LAYERS for name in floor} == set()


def test_no_two_modules_know_each_other_in_a_circle() -> None:
    names = {module for module, _ in ALL}
    graph = {
        module: {
            parent for name in imports(path) for parent in _prefixes(name) if parent in names and parent != module
        }
        for module, path in ALL
    }
    for package in [name for name in names if any(other.startswith(f"{name}.") for other in names)]:
        for targets in graph.values():
            targets.discard(package)  # importing a module imports its package, which says nothing of the module
    while leaves := [module for module, targets in graph.items() if not targets & graph.keys()]:
        for leaf in leaves:
            del graph[leaf]
    assert graph == {}


def _prefixes(name: str) -> Iterator[str]:
    parts = name.split(".")
    yield from (".".join(parts[:length]) for length in range(1, len(parts) + 1))


def test_the_web_sees_only_the_public_face() -> None:
    for module, path in modules("web"):
        for imported in imports(path):
            if imported.startswith("searchidx."):
                assert room(imported) in WEB_SEES, f"{module} imports {imported}"


def test_only_the_serve_command_imports_the_web() -> None:
    importing = [module for module, path in ALL if any(name.split(".")[0] == "web" for name in imports(path))]
    assert [name.rsplit(".", 1)[-1] for name in importing] == ["serve"]


@pytest.mark.parametrize(("library", "home"), HOMES.items())
def test_a_library_is_known_to_one_room(library: str, home: str) -> None:
    importing = {
        "web" if package == "web" else room(module)
        for package in ("searchidx", "web")
        for module, path in modules(package)
        if any(name.split(".")[0] == library for name in imports(path))
        and module != f"searchidx.evaluation.bench.{COMPARED_WITH.get(library)}"
    }
    assert importing <= {home}


def test_the_floors_are_parted() -> None:
    assert all(set(lower).isdisjoint(upper) for lower, upper in pairwise(LAYERS))
