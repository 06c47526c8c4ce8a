"""What if the last word of a query is not written to its end, as while somebody types?

Where a query finds nothing, or nothing that has all of its words, the words that begin as its last one may. They
are shown then, and it is said.
"""

from __future__ import annotations

import re
from dataclasses import replace

from searchidx import Index, Results
from web.search_params import SearchParameters

_last_word = re.compile(r"(?<!\S)[^\W\d_]{3,}\Z")
_QUOTES = frozenset('"“”„«»')
_OPERATORS = frozenset(("AND", "NOT"))


def carried_on(
    index: Index, parameters: SearchParameters, results: Results
) -> tuple[SearchParameters, Results, str]:
    """A search with its results, and "" when they are its own; else the beginning that was searched for."""
    last = _last_word.search(parameters.query)
    is_whole = results.total and results.match != "any"
    if is_whole or not last or last[0] in _OPERATORS or _QUOTES & set(parameters.query):
        return parameters, results, ""
    longer = replace(parameters, query=f"{parameters.query}*")
    found = longer.search(index)
    if not found.total or found.match == "any":
        return parameters, results, ""
    return longer, replace(found, corrected_query=results.corrected_query), last[0]
