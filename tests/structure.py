"""Figures of the code's structure: `python -m tests.structure [ROOT] [ROOT]`, or `make structure`.

ROOT is a checkout, by default this one; with two, both stand side by side. The code is parsed, not imported, so
that old commits can be measured too. Modules are those of `searchidx/` and `web/`. A place is a package or a
single module at the top of `searchidx/`, or `web` as a whole. `searchidx/__init__.py` only lists public names: an
import of one of them counts as an import of `searchidx.index`.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

SMALL_FILE, LARGE_FILE, LONG_FUNCTION = 50, 300, 40  # lines

Graph = Mapping[str, Set[str]]
"""Node → the nodes that it imports."""


@dataclass(frozen=True)
class Module:
    """One source file."""

    name: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """The parsed file."""
        return ast.parse(self.text)

    @cached_property
    def lines(self) -> int:
        """The number of lines."""
        return len(self.text.splitlines())

    @property
    def place(self) -> str:
        """The package or single module at the top to which it belongs."""
        parts = self.name.split(".")
        return parts[0] if parts[0] == "web" or len(parts) == 1 else parts[1]

    def imported_names(self) -> Iterator[str]:
        """Every module that it imports, and every name that it imports from one, anywhere in the file."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from (f"{node.module}.{alias.name}" for alias in node.names)

    def function_lengths(self) -> Iterator[int]:
        """The lines of each function, from its `def` to its end."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield (node.end_lineno or node.lineno) - node.lineno + 1


def read_modules(root: Path) -> list[Module]:
    """The modules of `searchidx/` and `web/` in a checkout."""
    modules = []
    for package in ("searchidx", "web"):
        for path in sorted((root / package).rglob("*.py")):
            name = ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__")
            modules.append(Module(name, path.read_text(encoding="utf-8")))
    return modules


def read_layers(root: Path) -> Sequence[Set[str]]:
    """`LAYERS` of `tests/test_layers.py` (once `FLOORS`), from the lowest; empty when the checkout has none."""
    path = root / "tests" / "test_layers.py"
    tree = ast.parse(path.read_text(encoding="utf-8")) if path.exists() else ast.Module([], [])
    for node in tree.body:
        if (
            isinstance(node, ast.AnnAssign)
            and ast.unparse(node.target) in ("LAYERS", "FLOORS")
            and node.value is not None
        ):
            return [set(layer) for layer in ast.literal_eval(node.value)]
    return []


def import_graph(modules: Sequence[Module]) -> Graph:
    """The modules that each module imports, without the package `searchidx` itself."""
    names = {module.name for module in modules} - {"searchidx"}
    graph = {}
    for module in modules:
        if module.name in names:
            targets = {_imported_module(name, names) for name in module.imported_names()}
            graph[module.name] = {target for target in targets if target is not None} - {module.name}
    return graph


def _imported_module(name: str, names: Set[str]) -> str | None:
    """The module that defines an imported name; None for a module of another project."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        prefix = ".".join(parts[:length])
        if prefix in names:
            return prefix
    is_public_name = len(parts) == 2 and parts[0] == "searchidx" and not parts[1].startswith("__")
    return "searchidx.index" if is_public_name and "searchidx.index" in names else None


def place_graph(modules: Sequence[Module], imports: Graph) -> Graph:
    """The places that each place imports."""
    place_of = {module.name: module.place for module in modules}
    graph: dict[str, set[str]] = {place_of[name]: set() for name in imports}
    for name, targets in imports.items():
        graph[place_of[name]] |= {place_of[target] for target in targets} - {place_of[name]}
    return graph


def circles(graph: Graph) -> list[frozenset[str]]:
    """The largest groups of nodes that import each other, directly or not; without single nodes."""
    reachable = {node: _reachable(graph, node) for node in graph}
    groups = {
        frozenset(other for other in reachable[node] if node in reachable[other])
        for node in graph
        if node in reachable[node]
    }
    return sorted(groups, key=sorted)


def _reachable(graph: Graph, start: str) -> set[str]:
    found: set[str] = set()
    waiting = [*graph[start]]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found.add(node)
            waiting += graph[node]
    return found


def longest_chain(graph: Graph) -> int:
    """The number of nodes in the longest chain of imports; a circle counts as one step with all its nodes."""
    circle_of = {node: circle for circle in circles(graph) for node in circle}
    lengths: dict[frozenset[str], int] = {}

    def length(group: frozenset[str]) -> int:
        if group not in lengths:
            targets = {circle_of.get(target, frozenset({target})) for node in group for target in graph[node]}
            lengths[group] = len(group) + max(map(length, targets - {group}), default=0)
        return lengths[group]

    return max((length(circle_of.get(node, frozenset({node}))) for node in graph), default=0)


def upward_imports(places: Graph, layers: Sequence[Set[str]]) -> list[tuple[str, str]]:
    """Imports between places that do not lead to a lower layer; places without a layer are left out."""
    layer_of = {place: number for number, layer in enumerate(layers) for place in layer}
    return sorted(
        (place, target)
        for place, targets in places.items()
        for target in targets
        if place in layer_of and target in layer_of and layer_of[target] >= layer_of[place]
    )


def figures(root: Path) -> dict[str, str]:
    """Name → figure, in the order of the table."""
    modules, layers = read_modules(root), read_layers(root)
    imports = import_graph(modules)
    places = place_graph(modules, imports)
    packages = {module.place for module in modules if module.name.count(".") > 1 or module.place == "web"}
    files = [module.lines for module in modules if module.lines]
    functions = [length for module in modules for length in module.function_lengths()]
    return {
        "packages at the top": str(len(packages & places.keys())),
        "single modules at the top": str(len(places.keys() - packages)),
        "layers": str(len(layers)) if layers else "–",
        "import arrows between places": str(sum(map(len, places.values()))),
        "import arrows between modules": str(sum(map(len, imports.values()))),
        "longest chain of imports, modules": str(longest_chain(imports)),
        "circles of places": str(len(circles(places))),
        "circles of modules": str(len(circles(imports))),
        "upward imports between places": str(len(upward_imports(places, layers))) if layers else "–",
        f"files under {SMALL_FILE} lines": str(sum(lines < SMALL_FILE for lines in files)),
        f"files over {LARGE_FILE} lines": str(sum(lines > LARGE_FILE for lines in files)),
        f"functions over {LONG_FUNCTION} lines": str(sum(length > LONG_FUNCTION for length in functions)),
        "noqa comments": str(sum(module.text.count("# noqa") for module in modules)),
        "files, without empty ones": str(len(files)),
        "lines": f"{sum(files):,}",
    }


def table(roots: Sequence[Path]) -> list[str]:
    """The figures of each checkout in aligned columns, headed by their folders where there are several."""
    columns = [figures(root) for root in roots]
    rows = [(name, *(column[name] for column in columns)) for name in columns[0]]
    if len(roots) > 1:
        rows.insert(0, ("", *(root.resolve().name for root in roots)))
    widths = [max(len(row[number]) for row in rows) for number in range(len(rows[0]))]
    return ["  ".join(_aligned(row, widths)) for row in rows]


def _aligned(row: Sequence[str], widths: Sequence[int]) -> Iterator[str]:
    """The cells of a row, the first to the left, the others to the right."""
    yield f"{row[0]:<{widths[0]}}"
    yield from (f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))


def main() -> None:
    """Print the table."""
    roots = [Path(argument) for argument in sys.argv[1:]] or [Path(__file__).parent.parent]
    sys.stdout.write("\n".join(table(roots)) + "\n")


if __name__ == "__main__":
    main()
