"""Which terms do documents give, and how often do they have each form? The inner loop of indexing.

A text is taken apart at its white space, and each distinct part goes through the chain once: then every word of a
corpus costs one look into a table. Terms are told, forms are counted, in one pass over the parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from searchidx.analysis.analyzer import Analyzer, Word
from searchidx.analysis.languages.language import Language

_MOST_PARTS = 300_000  # about 100 MB; a million paragraphs of laws have 490,000 distinct ones

_EDGES = '.,;:()"«»“”¿?¡!'
"""Signs that stand at the edges of words, and never make a token with what is between them."""

Counts = tuple[int, int, int]
"""Of a form: the documents that have it, its occurrences (not all in capitals), those with a capital first."""


@dataclass(frozen=True, slots=True)
class Views:
    """The terms of some texts: in each view, for each text, its terms joined by one space."""

    stem: Sequence[str]
    folded: Sequence[str]
    accented: Sequence[str]


class _FormCount:
    """What has been counted of one form."""

    __slots__ = ("capitals", "documents", "form", "last_document", "occurrences")

    def __init__(self, form: str) -> None:
        self.form = form
        self.documents = 0
        self.occurrences = 0
        self.capitals = 0
        self.last_document = 0  # number of the one that was counted last


class _Counted:
    """A form as it stands in a part: whose count grows, and by what."""

    __slots__ = ("capital", "count", "occurrence")

    def __init__(self, count: _FormCount, token: str) -> None:
        self.count = count
        self.occurrence = 0 if token.isupper() and len(token) > 1 else 1
        self.capital = 1 if self.occurrence and token[0].isupper() else 0


class _Part:
    """What one part of a text becomes: that between two white spaces, or a token that has white space in it."""

    __slots__ = ("accented", "capital", "count", "folded", "occurrence", "rest", "stem")

    def __init__(self, words: Sequence[Word], counted: Sequence[_Counted]) -> None:
        self.stem = " ".join([word.stem for word in words])
        self.folded = " ".join([word.folded for word in words])
        self.accented = " ".join([word.lower for word in words if word.accented])
        # Nearly every part has one word, whose count stands here, where the loop need not unpack it.
        self.count = counted[0].count if counted else None  # None: the part holds no token
        self.occurrence = counted[0].occurrence if counted else 0
        self.capital = counted[0].capital if counted else 0
        self.rest = counted[1:]


class _Parts(dict[str, _Part]):
    """Text of a part → what it becomes, filled on demand."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._language = analyzer.language
        self._counts: dict[str, _FormCount] = {}
        self.continuing: set[str] = set()  # those that may go on with a token which the part before them began

    def __missing__(self, text: str) -> _Part:
        token = text.strip(_EDGES)
        tokens = [token] if self._language.is_token(token) else self._language.token_texts(text)
        words = [self._analyzer.word(each) for each in tokens]
        counted = [_Counted(self._count(word.lower), each) for word, each in zip(words, tokens, strict=True)]
        if self._language.may_continue_token(text):
            self.continuing.add(text)
        self[text] = part = _Part(words, counted)
        return part

    def _count(self, form: str) -> _FormCount:
        return self._counts.get(form) or self._counts.setdefault(form, _FormCount(form))


class DocumentAnalyzer:
    """Reads documents one after the other; not to be shared between threads."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer
        self._parts = _Parts(analyzer)
        self._begun: list[_FormCount] = []  # those that have been counted since `taken`
        self._taken: dict[str, Counts] = {}
        self._documents = 0

    def read(self, texts: Iterable[str]) -> Views:
        """The terms of one document's texts, NFC: its title and its paragraphs. Its forms are counted."""
        if len(self._parts) >= _MOST_PARTS:
            self._forget()
        self._documents += 1
        stems, folded_forms, accented = [], [], []
        for text in texts:
            of_text = self._read(self._parts_of(text))
            stems.append(" ".join(of_text[0]))
            folded_forms.append(" ".join(of_text[1]))
            accented.append(" ".join(of_text[2]))
        return Views(stems, folded_forms, accented)

    def _read(self, parts: Sequence[_Part]) -> tuple[list[str], list[str], list[str]]:
        """Stems, folded_forms and accented forms. A third of all indexing happens here, so nothing is called."""
        number, begun = self._documents, self._begun
        stems: list[str] = []
        folded_forms: list[str] = []
        accented: list[str] = []
        for part in parts:
            count = part.count
            if count is None:
                continue
            stems.append(part.stem)
            folded_forms.append(part.folded)
            if part.accented:
                accented.append(part.accented)
            if count.last_document != number:
                count.last_document = number
                if not count.documents:
                    begun.append(count)
                count.documents += 1
            count.occurrences += part.occurrence
            count.capitals += part.capital
            if part.rest:
                self._count(part.rest)
        return stems, folded_forms, accented

    def _count(self, forms: Sequence[_Counted]) -> None:
        """What the loop does for the first form of a part, for the others."""
        for form in forms:
            count = form.count
            if count.last_document != self._documents:
                count.last_document = self._documents
                if not count.documents:
                    self._begun.append(count)
                count.documents += 1
            count.occurrences += form.occurrence
            count.capitals += form.capital

    def _parts_of(self, text: str) -> list[_Part]:
        cut = text.split()
        parts = [*map(self._parts.__getitem__, cut)]
        if self._parts.continuing.isdisjoint(cut) or not _is_torn(cut, self.analyzer.language):
            return parts
        # One token has white space in it (*30 000*, *EE. UU.*): then every token is a part.
        return [*map(self._parts.__getitem__, self.analyzer.language.token_texts(text))]

    def taken(self) -> Mapping[str, Counts]:
        """Form → what has been counted of it since the last call."""
        for count in self._begun:
            before = self._taken.get(count.form, (0, 0, 0))
            self._taken[count.form] = (
                before[0] + count.documents,
                before[1] + count.occurrences,
                before[2] + count.capitals,
            )
            count.documents = count.occurrences = count.capitals = 0
        taken, self._begun, self._taken = self._taken, [], {}
        return taken

    def _forget(self) -> None:
        """Keep what was counted, and begin the table anew, since a stream of text never ends."""
        self._taken = dict(self.taken())
        self._parts = _Parts(self.analyzer)

    def __reduce__(self) -> tuple[type[DocumentAnalyzer], tuple[Analyzer]]:
        """Another process counts by itself."""
        return DocumentAnalyzer, (self.analyzer,)


def _is_torn(parts: Sequence[str], language: Language) -> bool:
    """Whether one token may stand in two neighbouring parts."""
    return any(
        language.may_continue_token(part) and language.spans_white_space(f"{before} {part}")
        for before, part in pairwise(parts)
    )
