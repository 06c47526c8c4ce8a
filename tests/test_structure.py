"""The figures of the code's structure."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.structure import circles, figures, longest_chain, table, upward_imports

ROOT = Path(__file__).parent.parent

FILES = {
    "searchidx/__init__.py": "from searchidx.index import Index as Index\n",
    "searchidx/index.py": "from searchidx.store.documents import read\n\n\ndef search():\n    return read\n",
    "searchidx/store/__init__.py": "",
    "searchidx/store/documents.py": "import sqlite3\n\nfrom searchidx.store import lock\n\nread = lock\n",
    "searchidx/store/lock.py": "def late():\n    import searchidx.index  # noqa: PLC0415\n" + "    pass\n" * 40,
    "web/__init__.py": "",
    "web/app.py": "from searchidx import Index, __version__\n",
}
LAYERS = 'LAYERS: tuple[tuple[str, ...], ...] = (("store",), ("index",))\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small project whose store imports the index: a circle."""
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def test_places_arrows_circles_and_sizes_are_counted(checkout: Path) -> None:
    (checkout / "tests").mkdir()
    (checkout / "tests" / "test_layers.py").write_text(LAYERS, encoding="utf-8")
    assert figures(checkout) == {
        "packages at the top": "2",
        "single modules at the top": "1",
        "layers": "2",
        "import arrows between places": "3",
        "import arrows between modules": "4",
        "longest chain of imports, modules": "4",
        "circles of places": "1",
        "circles of modules": "1",
        "upward imports between places": "1",
        "files under 50 lines": "5",
        "files over 300 lines": "0",
        "functions over 40 lines": "1",
        "noqa comments": "1",
        "files, without empty ones": "5",
        "lines": "54",
    }


def test_a_checkout_without_layers_can_be_measured(checkout: Path) -> None:
    assert (figures(checkout)["layers"], figures(checkout)["upward imports between places"]) == ("–", "–")


def test_two_checkouts_stand_side_by_side(checkout: Path) -> None:
    lines = table([checkout, ROOT])
    assert lines[0].split() == [checkout.name, ROOT.name]
    assert {len(line) for line in lines} == {len(lines[0])}
    assert len(table([checkout])) == len(lines) - 1


def test_chains_and_circles_of_a_graph() -> None:
    graph = {"a": {"b"}, "b": {"c", "d"}, "c": {"b"}, "d": set(), "e": {"d"}}
    assert circles(graph) == [frozenset({"b", "c"})]
    assert longest_chain(graph) == 4
    assert longest_chain({}) == 0


def test_an_import_within_a_layer_is_upward_too() -> None:
    places = {"index": {"store", "errors"}, "store": {"corpus"}, "errors": set(), "corpus": {"unknown"}}
    layers = [{"errors"}, {"store", "corpus"}, {"index"}]
    assert upward_imports(places, layers) == [("store", "corpus")]
