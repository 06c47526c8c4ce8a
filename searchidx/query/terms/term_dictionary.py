"""The term dictionary: the folded forms of the corpus that match a prefix, a wildcard or a fuzzy word.

All folded forms are held in memory once a search needs them all. Before that SQLite answers a prefix, so that a
command never loads 500,000 forms for one word.
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

MAX_TERMS = 1_024
"""The most terms that one pattern is expanded into."""

MAX_DISTANCE = 2

_LOOKUPS_IN_SQLITE = 16  # before all forms are loaded; a process with more of them is a server, and gains by it
_SMALL_LIST = 20_000  # forms that are loaded again (20 ms) after every change
_KEEP_FACTOR = 10  # during writing, a larger list is kept this many times as long as its loading took

_wildcards = re.compile(r"[*?]")
_not_storable = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class MatchedTerm:
    """A folded form of the corpus that matches a pattern."""

    folded: str
    documents: int  # that have the most frequent of its forms
    distance: int = 0  # edits from the typed word; 0 except for `fuzzy`


@dataclass(frozen=True, slots=True)
class MatchedTerms:
    """The terms that match a pattern, most frequent first, then in the order of their letters."""

    terms: tuple[MatchedTerm, ...]  # at most MAX_TERMS
    is_truncated: bool = False  # the corpus has more of them

    @property
    def folded_forms(self) -> tuple[str, ...]:
        """The folded forms alone."""
        return tuple(term.folded for term in self.terms)


class TermDictionary:
    """Finds terms by pattern, without regard to accents and case; ñ is a letter. May serve many threads."""

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
        """Terms that begin with `text`, and `text` itself."""
        prefix = _folded(text)
        term_list = self._term_list_if_loaded()
        if term_list is not None:
            return _truncated(term_list.most_frequent_with_prefix(prefix, MAX_TERMS + 1))
        return _truncated(self._lexicon.folded_forms_with_prefix(prefix, MAX_TERMS + 1))

    def wildcard(self, pattern: str) -> MatchedTerms:
        """Terms that match the whole pattern: `?` is any one letter, `*` any number of letters or none."""
        pattern = _folded(pattern)
        prefix = _wildcards.split(pattern, maxsplit=1)[0]
        literal = max(_wildcards.split(pattern), key=len)
        matches = re.compile(fnmatch.translate(pattern.replace("[", "[[]"))).match
        term_list = self._term_list_if_loaded() if prefix else self.term_list()
        if term_list is not None:
            forms = [form for form in term_list.with_prefix(prefix) if literal in form and matches(form)]
            return _most_frequent((form, term_list.documents(form), 0) for form in forms)
        rows = self._lexicon.folded_forms_with_prefix(prefix)
        return _truncated([row for row in rows if literal in row[0] and matches(row[0])])

    def fuzzy(self, text: str, distance: int = 1) -> MatchedTerms:
        """Terms at most `distance` edits away, two at most: letters inserted, deleted, replaced or swapped.

        Letters that are swapped are not edited again (optimal string alignment). The first letter may
        differ like any other.
        """
        term_list = self.term_list()
        near = term_list.within_distance(_folded(text), max(0, min(distance, MAX_DISTANCE)))
        return _most_frequent((form, term_list.documents(form), edits) for form, edits in near)

    def term_list(self) -> TermList:
        """All forms in memory: the newest, or some seconds old while a large corpus is being written."""
        term_list = self._loaded
        # While one thread loads the newest list, the others go on with the old one.
        if not self._lock.acquire(blocking=term_list is None):
            assert term_list is not None
            return term_list
        try:
            return self._newest()
        finally:
            self._lock.release()

    def _newest(self) -> TermList:
        version = self._lexicon.version()
        if self._loaded is not None and (version == self._version or time.monotonic() < self._keep_until):
            return self._loaded
        started = time.monotonic()
        # The version is read before the forms: a commit in between only makes the next call load again.
        term_list = TermList(self._lexicon.folded_forms(), self.language)
        ended = time.monotonic()
        self._loaded, self._version = term_list, version
        self._keep_until = ended + _KEEP_FACTOR * (ended - started) if len(term_list) > _SMALL_LIST else 0.0
        return term_list

    def _term_list_if_loaded(self) -> TermList | None:
        """All forms, if they are in memory or there have been enough lookups to load them."""
        self._lookups += 1
        return self.term_list() if self._loaded is not None or self._lookups > _LOOKUPS_IN_SQLITE else None


def _folded(text: str) -> str:
    """The folded text without characters that SQLite cannot store, so that no typed text raises."""
    return fold(_not_storable.sub("\ufffd", text))


def _truncated(rows: list[tuple[str, int]]) -> MatchedTerms:
    """The first MAX_TERMS of (folded form, documents), which are already in their order."""
    terms = tuple(MatchedTerm(folded, documents) for folded, documents in rows[:MAX_TERMS])
    return MatchedTerms(terms, len(rows) > MAX_TERMS)


def _most_frequent(rows: Iterable[tuple[str, int, int]]) -> MatchedTerms:
    """The MAX_TERMS most frequent of (folded form, documents, distance)."""
    terms = sorted((MatchedTerm(*row) for row in rows), key=lambda term: (-term.documents, term.folded))
    return MatchedTerms(tuple(terms[:MAX_TERMS]), len(terms) > MAX_TERMS)
