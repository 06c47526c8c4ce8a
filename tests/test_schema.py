"""The table of fields: one more row makes a metadata field work everywhere in searchidx."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from searchidx import schema

_PROGRAM = """
import json, sys, types
from pathlib import Path

folder, location, engine, table = Path(sys.argv[1]), *sys.argv[2:]
date_row = 'Field("date", "date",'
source = Path(table).read_text(encoding="utf-8")
assert source.count(date_row) == 1
zone_row = '''Field("zone", "keyword", "Zona", "Zone", ("zona", "zone"), ("zone", "zona"),
    is_metadata=True, is_facet=True), '''
sys.modules["searchidx.schema"] = patched = types.ModuleType("searchidx.schema")
exec(compile(source.replace(date_row, zone_row + date_row), table, "exec"), patched.__dict__)

from searchidx import FACETS, FILTERS, Index, SearchOptions, results_json
from searchidx.query.parsing.parser import parse

with Index.create(location, engine=engine) as index:
    index.sync(folder)

    def found(query, **options):
        return sorted(hit.id[0] for hit in index.search(query, SearchOptions(**options)).hits)

    results = index.search("acuerdo", SearchOptions(facets=("zone",)))
    answers = {
        "plain word": found("deportes"),
        "Spanish name": found("zona:deportes"),
        "English name, no accent": found("zone:economia"),
        "another field": found("autor:deportes"),
        "phrase": found('zona:"gas y petróleo"'),
        "filter": found("acuerdo", filters={"zone": ("Deportes",)}),
        "facet": {facet.value: facet.count for facet in results.facets["zone"]},
        "stored": index.document("a.md").keywords.get("zone"),
        "JSON": {hit["id"][0]: hit["zone"] for hit in results_json(results, lambda *_: "")["hits"]},
        "names": ["zone" in FACETS, "zone" in FILTERS],
    }
print(json.dumps(answers))
"""


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_a_new_row_is_stored_searched_filtered_counted_and_shown(tmp_path: Path, engine: str) -> None:
    folder = tmp_path / "docs"
    folder.mkdir()
    for name, zone in (("a", "Deportes"), ("b", "Economía"), ("c", "Gas y petróleo")):
        text = f"---\ntitle: Texto {name}\nzona: {zone}\n---\n\nUn acuerdo largo.\n"
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    arguments = (folder, tmp_path / "index", engine, schema.__file__)
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM, *map(str, arguments)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "plain word": ["a"],
        "Spanish name": ["a"],
        "English name, no accent": ["b"],
        "another field": [],
        "phrase": ["c"],
        "filter": ["a"],
        "facet": {"Deportes": 1, "Economía": 1, "Gas y petróleo": 1},
        "stored": "Deportes",
        "JSON": {"a": "Deportes", "b": "Economía", "c": "Gas y petróleo"},
        "names": [True, True],
    }
