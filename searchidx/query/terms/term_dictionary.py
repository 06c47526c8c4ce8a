"""Which words of the corpus may stand for a pattern? Prefix, wildcard and fuzzy, looked up before the seam.

The lexicon's folded forms are held in memory once something needs them all. Before that, a prefix is answered
by SQLite, so that a command never loads 500,000 forms for one word.
"""

from __future__ import annotations

import fnmatch
import re
import time
from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock

from searchidx.analysis.folding import fold
from searchidx.analysis.languages.es.spanish import SPANISH
from searchidx.analysis.languages.language import Language
from searchidx.query.terms.term_list import TermList
from searchidx.store.lexicon import Lexicon

MOST_FORMS = 1_024
"""Forms that one pattern stands for at most."""

MAX_DISTANCE = 2

_PATIENCE = 16  # lookups that SQLite answers; who asks more often is a server, and gains by loading
_SMALL = 20_000  # forms that are loaded again (20 ms) for every change
_SHARE = 10  # a larger list is kept this many times as long as its loading took, while somebody writes

_wild = re.compile(r"[*?]")
_not_storable = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class MatchedTerm:
    """A folded form that the corpus has."""

    folded: str
    documents: int  # that have its most frequent spelling
    distance: int = 0  # edits from what was asked; 0 but for `fuzzy`


@dataclass(frozen=True, slots=True)
class MatchedTerms:
    """The forms that a pattern stands for, most frequent first, then in the order of their letters."""

    forms: tuple[MatchedTerm, ...]  # at most MOST_FORMS
    was_cut: bool = False  # the corpus has more of them

    @property
    def folded_forms(self) -> tuple[str, ...]:
        """The forms alone."""
        return tuple(form.folded for form in self.forms)


class TermDictionary:
    """Looks up forms by pattern; accents and case never matter, ñ is a letter. May serve many threads."""

    def __init__(self, lexicon: Lexicon, language: Language = SPANISH) -> None:
        """Reads nothing yet."""
        self.language = language
        self._lexicon = lexicon
        self._lock = Lock()
        self._loaded: TermList | None = None
        self._version = 0
        self._keep_until = 0.0  # on the monotonic clock
        self._lookups = 0

    def prefix(self, text: str) -> MatchedTerms:
        """Forms that begin so, the form itself among them."""
        start = _folded(text)
        table = self._if_loaded()
        if table is not None:
            return _found(table.beginning(start, MOST_FORMS + 1))
        return _found(self._lexicon.folded_forms_with_prefix(start, MOST_FORMS + 1))

    def wildcard(self, pattern: str) -> MatchedTerms:
        """Forms that match the whole pattern: `?` is any one letter, `*` any number of letters or none."""
        pattern = _folded(pattern)
        start = _wild.split(pattern, maxsplit=1)[0]
        literal = max(_wild.split(pattern), key=len)
        matches = re.compile(fnmatch.translate(pattern.replace("[", "[[]"))).match
        table = self._if_loaded() if start else self.loaded()
        if table is not None:
            forms = [form for form in table.all_beginning(start) if literal in form and matches(form)]
            return _most_frequent((form, table.documents(form), 0) for form in forms)
        rows = self._lexicon.folded_forms_with_prefix(start)
        return _found([row for row in rows if literal in row[0] and matches(row[0])])

    def fuzzy(self, text: str, distance: int = 1) -> MatchedTerms:
        """Forms at most `distance` edits away, two at most: a letter more, less or other, or neighbours swapped.

        No letter between two that are swapped may be edited too (optimal string alignment). The first
        letter may be wrong like any other.
        """
        table = self.loaded()
        near = table.near(_folded(text), max(0, min(distance, MAX_DISTANCE)))
        return _most_frequent((form, table.documents(form), edits) for form, edits in near)

    def loaded(self) -> TermList:
        """All forms in memory: the newest, or while somebody keeps writing a large corpus, some seconds old."""
        table = self._loaded
        # While one thread loads anew, the others go on with what there is.
        if not self._lock.acquire(blocking=table is None):
            assert table is not None
            return table
        try:
            return self._fresh()
        finally:
            self._lock.release()

    def _fresh(self) -> TermList:
        version = self._lexicon.version()
        if self._loaded is not None and (version == self._version or time.monotonic() < self._keep_until):
            return self._loaded
        began = time.monotonic()
        # The version was asked for first: a commit meanwhile only makes the next one load again.
        table = TermList(self._lexicon.folded_forms(), self.language)
        ended = time.monotonic()
        self._loaded, self._version = table, version
        self._keep_until = ended + _SHARE * (ended - began) if len(table) > _SMALL else 0.0
        return table

    def _if_loaded(self) -> TermList | None:
        """All forms, if they are in memory or it is time that they were."""
        self._lookups += 1
        return self.loaded() if self._loaded is not None or self._lookups > _PATIENCE else None


def _folded(text: str) -> str:
    """The folded text without what no store can hold, so that nothing typed raises."""
    return fold(_not_storable.sub("\ufffd", text))


def _found(rows: list[tuple[str, int]]) -> MatchedTerms:
    """Rows already in their order."""
    forms = tuple(MatchedTerm(folded, documents) for folded, documents in rows[:MOST_FORMS])
    return MatchedTerms(forms, len(rows) > MOST_FORMS)


def _most_frequent(rows: Iterable[tuple[str, int, int]]) -> MatchedTerms:
    forms = sorted((MatchedTerm(*row) for row in rows), key=lambda form: (-form.documents, form.folded))
    return MatchedTerms(tuple(forms[:MOST_FORMS]), len(forms) > MOST_FORMS)
