"""Imports run downward only and never in a circle; each library has one home."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

import searchidx

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
    ("evaluation",),  # and web/
    ("cli",),
)
"""Packages of searchidx from the lowest layer up; packages of one layer do not import each other."""

WEB_LAYERS: tuple[tuple[str, ...], ...] = (
    ("routes", "settings", "i18n", "problems"),
    ("request_params", "http"),
    ("search_address",),
    ("urls",),
    ("api", "pages"),
    ("export", "ops"),
    ("app",),
    ("wsgi",),
)
"""Packages and modules of web from the lowest layer up, with the same rule."""

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
    "marisa_trie": "analysis",
    "openapi_pydantic": "web",
    "prometheus_client": "web",
    "pydantic": "web",
    "rapidfuzz": "query",
    "selectolax": "corpus",
    "simplemma": "analysis",
    "snowballstemmer": "analysis",
    "sqlite3": "store",
    "tantivy": "engines",
    "tqdm": "cli",
    "waitress": "cli",
    "watchfiles": "indexing",
    "whoosh": "engines",
    "yaml": "corpus",
}
"""The one package that knows each library."""

COMPARED_WITH = {"sqlite3": "sqlite_fts5", "tantivy": "raw_tantivy"}
"""Libraries that are also measured by themselves, each in the one module of `evaluation` that knows it."""


PUBLIC = {f"searchidx.{name}" for name in searchidx.__all__}


def modules(root: str) -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / root).rglob("*.py")):
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


def package(module: str) -> str:
    if module == "searchidx.__main__":
        return "cli"
    if module in PUBLIC:
        return "index"  # whoever imports the public API imports the index
    return module.split(".")[1] if module.count(".") else ""


def layer_of(name: str, layers: tuple[tuple[str, ...], ...] = LAYERS) -> int:
    return next(number for number, packages in enumerate(layers) if name in packages)


# The modules `searchidx` and `web` only name what they export.
ALL = [each for each in modules("searchidx") if each[0] != "searchidx"]
WEB = [each for each in modules("web") if each[0] != "web"]


@pytest.mark.parametrize(("module", "path"), ALL, ids=[module for module, _ in ALL])
def test_a_package_imports_only_from_the_layers_below_it(module: str, path: Path) -> None:
    own = package(module)
    for imported in imports(path):
        if imported.startswith("searchidx.") and package(imported) not in (own, "__version__"):
            assert layer_of(package(imported)) < layer_of(own), f"{module} imports {imported}"


@pytest.mark.parametrize(("module", "path"), WEB, ids=[module for module, _ in WEB])
def test_a_part_of_the_web_imports_only_from_the_layers_below_it(module: str, path: Path) -> None:
    own = package(module)
    for imported in imports(path):
        if imported.startswith("web.") and package(imported) != own:
            lower = layer_of(package(imported), WEB_LAYERS)
            assert lower < layer_of(own, WEB_LAYERS), f"{module} imports {imported}"


@pytest.mark.parametrize(("part", "layers"), [(ALL, LAYERS), (WEB, WEB_LAYERS)], ids=["searchidx", "web"])
def test_every_package_has_a_layer(part: list[tuple[str, Path]], layers: tuple[tuple[str, ...], ...]) -> None:
    packages = {package(module) for module, _ in part} - {""}
    assert packages - {name for layer in layers for name in layer} == set()


@pytest.mark.parametrize("part", [ALL, WEB], ids=["searchidx", "web"])
def test_no_two_modules_know_each_other_in_a_circle(part: list[tuple[str, Path]]) -> None:
    names = {module for module, _ in part}
    graph = {
        module: {
            parent for name in imports(path) for parent in _prefixes(name) if parent in names and parent != module
        }
        for module, path in part
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


@pytest.mark.parametrize("root", ["web", "searchidx.cli", "searchidx.evaluation.relevance"])
def test_these_packages_see_only_the_public_api(root: str) -> None:
    for module, path in modules(root.replace(".", "/")):
        for imported in imports(path):
            if imported.startswith("searchidx.") and package(imported) not in ("cli", "evaluation"):
                assert imported in PUBLIC, f"{module} imports {imported}"


def test_the_command_line_knows_the_web_only_to_serve_it_and_to_name_its_pages() -> None:
    known = {name for _, path in ALL for name in imports(path) if name.split(".")[0] == "web"}
    serving = {
        "web.create_app",
        "web.http.access_log.logged",
        "web.settings.Settings",
        "web.settings.read_settings",
    }
    assert known == {*serving, "web.routes.document_path"}


@pytest.mark.parametrize("package_name", ["engines", "indexing"])
def test_what_indexes_does_not_know_the_query_language(package_name: str) -> None:
    for module, path in ALL:
        if package(module) == package_name:
            assert not any(name.startswith("searchidx.query") for name in imports(path)), module


@pytest.mark.parametrize(("library", "home"), HOMES.items())
def test_a_library_is_known_to_one_package(library: str, home: str) -> None:
    importing = {
        "web" if root == "web" else package(module)
        for root in ("searchidx", "web")
        for module, path in modules(root)
        if any(name.split(".")[0] == library for name in imports(path))
        and module != f"searchidx.evaluation.bench.{COMPARED_WITH.get(library)}"
    }
    assert importing <= {home}


def test_the_layers_are_disjoint() -> None:
    assert all(
        set(lower).isdisjoint(upper) for layers in (LAYERS, WEB_LAYERS) for lower, upper in pairwise(layers)
    )
