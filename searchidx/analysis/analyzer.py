"""Which terms does a text give? The whole chain, once, for indexing, queries and highlighting alike.

    text → tokenizer → canonical form → fold → surface
                                      → Snowball → fold → stem
                                      → accented, when folding changed it

Each distinct surface form goes through the chain once and is then looked up. A text to be indexed is taken apart
at its white space first, and each distinct part is read once too: twice as fast as finding every token anew.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, pairwise
from typing import NamedTuple

from searchidx.analysis.folding import fold
from searchidx.analysis.stemming import stem, stemmer_version
from searchidx.analysis.tokenizer import canonical_form, is_token, may_continue, spans_white_space, surface_forms

MAX_TERM = 64
"""Code points of a term; a longer token is cut."""

_CACHE_SIZE = 300_000  # surface forms: all of a million paragraphs of laws, about 90 MB
_PARTS_CACHE_SIZE = 200_000  # about 100 MB
BREAK = "\x01"
"""Stands between two paragraphs that are read as one; no document holds it, for control characters go."""

_EDGES = '.,;:()"«»“”¿?¡!'
"""Signs that stand at the edges of words, and never make a token with what is between them."""

_VERSION = 1  # raise it when a change in the code could change a term that the sample below does not show

_SAMPLE = (
    "El Estado recibió a los jueces, luz y luces, índices; cantábamos. EE. UU., EE.UU., EE UU y O.N.U. "
    "El 12.11.2025, 30.000 y 30 000, 1,5 %, 0.500, 1.º, ruso-kazaja, pingüino, año, AÑO, Łódź, coope\u00adración, "
    "n\u0303u, \ufb01nanzas, ½ m², Токаев, \u0e19\u0e49\u0e33, " + "x" * 70
)


class Word(NamedTuple):
    """What one surface form becomes."""

    form: str  # lower case, accents kept, at most MAX_TERM code points
    surface: str  # the folded form
    stem: str  # the folded stem

    @property
    def accented(self) -> bool:
        """Whether the form bears a diacritic other than the tilde of ñ."""
        return self.form != self.surface


@dataclass(frozen=True, slots=True)
class Views:
    """The terms of one text, each view a string of terms parted by one space."""

    stem: str
    surface: str
    accented: str


class Part(NamedTuple):
    """What one part of a text becomes: that between two white spaces, or a token that has white space in it."""

    stem: str  # terms joined by one space, as in the two below; "" when the part holds no token
    surface: str
    accented: str
    forms: tuple[str, ...]  # of its words
    may_continue: bool  # with the part before it, it may be one token
    tokens: tuple[str, ...]  # the surface forms


@dataclass(frozen=True, slots=True)
class Reading:
    """A text that was read to be indexed; BREAK stands between two paragraphs, in `parts` and in each view."""

    parts: Sequence[str]  # such that no token crosses from one to the next
    forms: Sequence[tuple[str, ...]]  # of the words of each part
    views: Views


class _Words(dict[str, Word]):
    """Surface form → Word, filled on demand; emptied when full, since a stream of text never ends."""

    def __missing__(self, surface_form: str) -> Word:
        if len(self) >= _CACHE_SIZE:
            self.clear()
        word = word_of(canonical_form(surface_form)[:MAX_TERM])
        self[surface_form] = word
        return word


def word_of(form: str) -> Word:
    """The word whose form this is."""
    return Word(form, fold(form)[:MAX_TERM], stem(form)[:MAX_TERM])


class _Parts(dict[str, Part]):
    """Part of a text → Part, as `_Words`."""

    def __init__(self, words: _Words) -> None:
        self._words = words

    def __missing__(self, text: str) -> Part:
        if len(self) >= _PARTS_CACHE_SIZE:
            self.clear()
        token = text.strip(_EDGES)
        self[text] = part = self._of_token(text, token) if is_token(token) else self._of_tokens(text)
        return part

    def _of_token(self, text: str, token: str) -> Part:
        """The common part: a word, and perhaps a comma."""
        word = self._words[token]
        accented = word.form if word.accented else ""
        return Part(word.stem, word.surface, accented, (word.form,), may_continue(text), (token,))

    def _of_tokens(self, text: str) -> Part:
        tokens = surface_forms(text)
        words = [self._words[token] for token in tokens]
        views = Views(BREAK, BREAK, BREAK) if text == BREAK else views_of(words)
        forms = tuple(word.form for word in words)
        return Part(views.stem, views.surface, views.accented, forms, may_continue(text), tuple(tokens))


class Analyzer:
    """Spanish analysis; one object may serve many threads."""

    def __init__(self) -> None:
        self._words = _Words()
        self._parts = _Parts(self._words)

    def word(self, surface_form: str) -> Word:
        """The terms of one token as it stands in a text."""
        return self._words[surface_form]

    def words(self, text: str) -> list[Word]:
        """The words of a text in order; their index is their position."""
        return [*map(self._words.__getitem__, surface_forms(text))]

    def views(self, text: str) -> Views:
        """The terms of NFC `text`, for the engine."""
        return self.read([text]).views

    def read(self, paragraphs: Sequence[str]) -> Reading:
        """A text, NFC, in its paragraphs, with its terms for the engine."""
        reading, continuing = self._read(f" {BREAK} ".join(paragraphs).split())
        if _is_torn(reading.parts, continuing):
            reading, _ = self._read([*self._whole_tokens(paragraphs)])
        return reading

    def _read(self, parts: Sequence[str]) -> tuple[Reading, Sequence[bool]]:
        if not parts:
            return Reading((), (), Views("", "", "")), ()
        stems, surfaces, accented, forms, continuing, _ = zip(*map(self._parts.__getitem__, parts), strict=True)
        return Reading(parts, forms, Views(_joined(stems), _joined(surfaces), _joined(accented))), continuing

    def _whole_tokens(self, paragraphs: Sequence[str]) -> Iterator[str]:
        """The parts of a text that has tokens with white space in them: where one is, every token is a part."""
        for number, paragraph in enumerate(paragraphs):
            if number:
                yield BREAK
            parts = paragraph.split()
            is_torn = _is_torn(parts, [self._parts[part].may_continue for part in parts])
            yield from surface_forms(paragraph) if is_torn else parts

    def part(self, text: str) -> Part:
        """What one part of a text becomes."""
        return self._parts[text]

    def __reduce__(self) -> tuple[type[Analyzer], tuple[()]]:
        """Another process fills caches of its own."""
        return Analyzer, ()

    def fingerprint(self) -> str:
        """Changes when the same text could give other terms: then the index must be built anew."""
        from searchidx.analysis.names import NAMES_VERSION  # noqa: PLC0415 - only a writer asks

        versions = (_VERSION, NAMES_VERSION, unicodedata.unidata_version, stemmer_version())
        told = repr((versions, self.words(_SAMPLE)))
        return f"{zlib.crc32(told.encode('utf-8', 'surrogatepass')):08x}"


def _is_torn(parts: Sequence[str], continuing: Sequence[bool]) -> bool:
    """Whether one token may stand in two neighbouring parts."""
    return any(spans_white_space(" ".join(pair)) for pair in compress(pairwise(parts), continuing[1:]))


def _joined(terms: Sequence[str]) -> str:
    return " ".join(filter(None, terms))


def views_of(words: Sequence[Word]) -> Views:
    """The three views of analysed words."""
    if not words:
        return Views("", "", "")
    forms, surfaces, stems = zip(*words, strict=True)
    accented = [form for form, surface in zip(forms, surfaces, strict=True) if form != surface]
    return Views(" ".join(stems), " ".join(surfaces), " ".join(accented))
