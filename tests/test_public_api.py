"""The public API: the names that keep their meaning, each imported when it is first used."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import searchidx

_NAMES = """
    CheckReport Completion CorpusError Document DocumentJson DocumentNotFoundError DocumentUrl EngineError
    EngineMissingError EngineUnavailableError Expansion Explanation FACETS FIELDS FILTERS FacetValue
    FacetsJson Hit HitJson Index IndexLockedError IndexStateError IndexStats LEVELS Level MAX_PER_PAGE
    MAX_QUERY_LENGTH MAX_WINDOW METADATA_FIELDS MatchPolicy MatchedDocument Notice OnProgress Paragraph
    Progress QueryError QuerySyntaxError QueryWarning Range Remedy Results ResultsJson SORTS ScorePart
    SearchKeywords SearchOptions SearchTimeoutError SearchidxError Snippet Sort StatsJson SuggestionsJson
    SyncReport UnknownFieldError WatchError WorkerError __version__ changed_roots document_json escape_controls
    facets_json format_number hit_json period_days results_json snippet_html stats_json strip_controls
    suggestions_json terminal_text time_limit to_html
"""
PUBLIC_NAMES = _NAMES.split()
"""A name that goes or changes breaks the programs that use it; a new one is a promise."""

NOT_IMPORTED_AT_START = ("sqlite3", "whoosh", "tantivy", "flask", "searchidx.index", "searchidx.engines")


def test_the_public_names_are_these() -> None:
    assert sorted(searchidx.__all__) == sorted(PUBLIC_NAMES)
    assert set(searchidx.__all__) <= set(dir(searchidx))


@pytest.mark.parametrize("name", PUBLIC_NAMES)
def test_each_name_can_be_imported(name: str) -> None:
    assert getattr(searchidx, name) is not None


def test_the_type_checker_sees_the_names_that_can_be_imported() -> None:
    tree = ast.parse(Path(searchidx.__file__).read_text(encoding="utf-8"))
    checked = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {
        (statement.module, alias.name)
        for statement in checked.body
        if isinstance(statement, ast.ImportFrom)
        for alias in statement.names
    }
    assert seen == {(module, name) for module, names in searchidx._EXPORTS.items() for name in names}


def test_a_name_that_does_not_exist_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'no_such_name'"):
        _ = searchidx.no_such_name


def test_importing_the_library_imports_no_engine_and_no_database() -> None:
    code = (
        f"import sys, searchidx; assert not sys.modules.keys() & set({NOT_IMPORTED_AT_START}), sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_search_options_import_no_engine_and_no_database() -> None:
    code = (
        "import sys; from searchidx import SearchOptions\n"
        f"assert not sys.modules.keys() & set({NOT_IMPORTED_AT_START[:5]})"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
