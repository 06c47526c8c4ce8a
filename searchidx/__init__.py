"""searchidx: Spanish-first full-text search for a folder of documents.

The names in `__all__` are the public API: they keep their meaning. Everything else may change with any version.
They are imported when they are first used, so that a command pays only for what it needs.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from searchidx.errors import CorpusError as CorpusError
    from searchidx.errors import DocumentNotFoundError as DocumentNotFoundError
    from searchidx.errors import EngineError as EngineError
    from searchidx.errors import EngineMissingError as EngineMissingError
    from searchidx.errors import EngineUnavailableError as EngineUnavailableError
    from searchidx.errors import IndexLockedError as IndexLockedError
    from searchidx.errors import IndexStateError as IndexStateError
    from searchidx.errors import QueryError as QueryError
    from searchidx.errors import QuerySyntaxError as QuerySyntaxError
    from searchidx.errors import Remedy as Remedy
    from searchidx.errors import SearchidxError as SearchidxError
    from searchidx.errors import SearchTimeoutError as SearchTimeoutError
    from searchidx.errors import UnknownFieldError as UnknownFieldError
    from searchidx.errors import WatchError as WatchError
    from searchidx.errors import WorkerError as WorkerError
    from searchidx.index import Index as Index
    from searchidx.indexing.watch import changed_roots as changed_roots
    from searchidx.model.document import LEVELS as LEVELS
    from searchidx.model.document import Document as Document
    from searchidx.model.document import Level as Level
    from searchidx.model.document import MatchedDocument as MatchedDocument
    from searchidx.model.document import Paragraph as Paragraph
    from searchidx.model.document import Range as Range
    from searchidx.model.reports import CheckReport as CheckReport
    from searchidx.model.reports import IndexStats as IndexStats
    from searchidx.model.reports import Notice as Notice
    from searchidx.model.reports import OnProgress as OnProgress
    from searchidx.model.reports import Progress as Progress
    from searchidx.model.reports import SyncReport as SyncReport
    from searchidx.model.results import MAX_WINDOW as MAX_WINDOW
    from searchidx.model.results import SORTS as SORTS
    from searchidx.model.results import Completion as Completion
    from searchidx.model.results import Expansion as Expansion
    from searchidx.model.results import Explanation as Explanation
    from searchidx.model.results import FacetValue as FacetValue
    from searchidx.model.results import Hit as Hit
    from searchidx.model.results import MatchPolicy as MatchPolicy
    from searchidx.model.results import QueryWarning as QueryWarning
    from searchidx.model.results import Results as Results
    from searchidx.model.results import ScorePart as ScorePart
    from searchidx.model.results import Snippet as Snippet
    from searchidx.model.results import Sort as Sort
    from searchidx.query.dates.periods import period_days as period_days
    from searchidx.query.warnings import MAX_QUERY_LENGTH as MAX_QUERY_LENGTH
    from searchidx.runtime.control_characters import escape_controls as escape_controls
    from searchidx.runtime.control_characters import strip_controls as strip_controls
    from searchidx.runtime.control_characters import terminal_text as terminal_text
    from searchidx.runtime.deadline import time_limit as time_limit
    from searchidx.runtime.numbers import format_number as format_number
    from searchidx.schema import FACETS as FACETS
    from searchidx.schema import FIELDS as FIELDS
    from searchidx.schema import FILTERS as FILTERS
    from searchidx.schema import METADATA_FIELDS as METADATA_FIELDS
    from searchidx.search.highlight import snippet_html as snippet_html
    from searchidx.search.highlight import to_html as to_html
    from searchidx.search.json_types import DocumentJson as DocumentJson
    from searchidx.search.json_types import FacetsJson as FacetsJson
    from searchidx.search.json_types import HitJson as HitJson
    from searchidx.search.json_types import ResultsJson as ResultsJson
    from searchidx.search.json_types import StatsJson as StatsJson
    from searchidx.search.json_types import SuggestionsJson as SuggestionsJson
    from searchidx.search.options import MAX_PER_PAGE as MAX_PER_PAGE
    from searchidx.search.options import SearchKeywords as SearchKeywords
    from searchidx.search.options import SearchOptions as SearchOptions
    from searchidx.search.serialization import DocumentUrl as DocumentUrl
    from searchidx.search.serialization import document_json as document_json
    from searchidx.search.serialization import facets_json as facets_json
    from searchidx.search.serialization import hit_json as hit_json
    from searchidx.search.serialization import results_json as results_json
    from searchidx.search.serialization import stats_json as stats_json
    from searchidx.search.serialization import suggestions_json as suggestions_json

__version__ = "0.1.0"

_EXPORTS = {
    "searchidx.errors": (
        "CorpusError",
        "DocumentNotFoundError",
        "EngineError",
        "EngineMissingError",
        "EngineUnavailableError",
        "IndexLockedError",
        "IndexStateError",
        "QueryError",
        "QuerySyntaxError",
        "Remedy",
        "SearchTimeoutError",
        "SearchidxError",
        "UnknownFieldError",
        "WatchError",
        "WorkerError",
    ),
    "searchidx.index": ("Index",),
    "searchidx.indexing.watch": ("changed_roots",),
    "searchidx.model.document": (
        "LEVELS",
        "Document",
        "Level",
        "MatchedDocument",
        "Paragraph",
        "Range",
    ),
    "searchidx.model.reports": (
        "CheckReport",
        "IndexStats",
        "Notice",
        "OnProgress",
        "Progress",
        "SyncReport",
    ),
    "searchidx.model.results": (
        "MAX_WINDOW",
        "SORTS",
        "Completion",
        "Expansion",
        "Explanation",
        "FacetValue",
        "Hit",
        "MatchPolicy",
        "QueryWarning",
        "Results",
        "ScorePart",
        "Snippet",
        "Sort",
    ),
    "searchidx.query.dates.periods": ("period_days",),
    "searchidx.query.warnings": ("MAX_QUERY_LENGTH",),
    "searchidx.runtime.control_characters": (
        "escape_controls",
        "strip_controls",
        "terminal_text",
    ),
    "searchidx.runtime.deadline": ("time_limit",),
    "searchidx.runtime.numbers": ("format_number",),
    "searchidx.schema": (
        "FACETS",
        "FIELDS",
        "FILTERS",
        "METADATA_FIELDS",
    ),
    "searchidx.search.highlight": (
        "snippet_html",
        "to_html",
    ),
    "searchidx.search.options": (
        "MAX_PER_PAGE",
        "SearchKeywords",
        "SearchOptions",
    ),
    "searchidx.search.json_types": (
        "DocumentJson",
        "FacetsJson",
        "HitJson",
        "ResultsJson",
        "StatsJson",
        "SuggestionsJson",
    ),
    "searchidx.search.serialization": (
        "DocumentUrl",
        "document_json",
        "facets_json",
        "hit_json",
        "results_json",
        "stats_json",
        "suggestions_json",
    ),
}
_MODULE_OF = {name: module for module, names in _EXPORTS.items() for name in names}

__all__ = [*sorted(_MODULE_OF), "__version__"]  # noqa: PLE0604 - names of the table above


def __getattr__(name: str) -> object:
    """Import the public name that is used for the first time."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(importlib.import_module(_MODULE_OF[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
