"""What is asked? Queries of several kinds sampled from an index, or those of a file."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from searchidx.analysis.folding import fold
from searchidx.analysis.languages.es.spanish import SPANISH
from searchidx.errors import CorpusError
from searchidx.store.store import Store

FROM_FILE = "file"

_RARE_SHARE = 1 / 1000  # of the documents, or a single one
_MOST_FREQUENT = 50  # forms, without stop words, that count as very frequent
_LOOKED_AT = 4  # paragraphs for each query wanted: some have no words, some give one that was taken


@dataclass(frozen=True, slots=True)
class QuerySet:
    """Queries of one kind, which are told together."""

    kind: str  # one of `KINDS`, or `FROM_FILE`
    queries: tuple[str, ...]


def sample_queries(store: Store, count: int, seed: int) -> list[QuerySet]:
    """About `count` different queries of the kinds of `KINDS`; the same ones for the same index and seed.

    A small corpus may have fewer; a kind of which it has none is left out.
    """
    chance = random.Random(seed)  # noqa: S311 - nobody's secret
    sampler = _Sampler(store, chance, count)
    sets = []
    for number, (kind, make) in enumerate(KINDS.items()):
        wanted = count // len(KINDS) + (number < count % len(KINDS))
        found = dict.fromkeys(make(sampler))
        queries = tuple(found)[:wanted]
        sets.append(QuerySet(kind, queries))
    return [each for each in sets if each.queries]


class _Sampler:
    """The texts and words that queries are made of, in random order."""

    def __init__(self, store: Store, chance: random.Random, count: int) -> None:
        self._chance = chance
        self._count = count
        self._documents = store.lexicon.document_count()
        self._counts = store.lexicon.document_counts()
        rows = store.documents.paragraph_rows()
        chosen = chance.sample(rows, min(len(rows), _LOOKED_AT * count))
        found = store.documents.paragraphs(chosen)
        texts = [found[row].text for row in chosen if row in found]
        self._texts = [[form.lower() for form in SPANISH.token_texts(text)] for text in texts]

    def one_word(self) -> Iterator[str]:
        """A word of a random paragraph: the more frequent, the likelier."""
        for forms in self._texts:
            if telling := list(filter(_is_telling, forms)):
                yield self._chance.choice(telling)

    def several_words(self) -> Iterator[str]:
        """Two to four content words that follow one another in a paragraph."""
        for forms in self._texts:
            words = list(dict.fromkeys(filter(_is_telling, forms)))
            if len(words) >= 2:
                yield " ".join(self._window(words))

    def phrase(self) -> Iterator[str]:
        """Two to four words as they stand in a paragraph, stop words too, in quotes."""
        for forms in self._texts:
            window = self._window(forms) if len(forms) >= 2 else []
            if all(map(str.isalnum, window)) and any(map(_is_telling, window)):
                yield f'"{" ".join(window)}"'

    def rare_word(self) -> Iterator[str]:
        """A word of very few documents."""
        most = max(1, int(self._documents * _RARE_SHARE))
        rare = sorted(form for form, documents in self._counts if documents <= most)
        mixed = self._chance.sample(rare, min(len(rare), _LOOKED_AT * self._count))
        yield from filter(_is_telling, mixed)

    def frequent_word(self) -> Iterator[str]:
        """One of the words that the most documents have, stop words apart."""
        by_frequency = sorted(self._counts, key=lambda pair: (-pair[1], pair[0]))
        frequent = list(islice((form for form, _ in by_frequency if _is_telling(form)), _MOST_FREQUENT))
        yield from self._chance.sample(frequent, len(frequent))

    def _window(self, words: Sequence[str]) -> Sequence[str]:
        length = self._chance.randint(2, min(4, len(words)))
        start = self._chance.randint(0, len(words) - length)
        return words[start : start + length]


def _is_telling(form: str) -> bool:
    """Whether it is a word, and no stop word."""
    return len(form) > 2 and form.isalpha() and fold(form) not in SPANISH.stop_words


KINDS: dict[str, Callable[[_Sampler], Iterator[str]]] = {
    "one_word": _Sampler.one_word,
    "several_words": _Sampler.several_words,
    "phrase": _Sampler.phrase,
    "rare_word": _Sampler.rare_word,
    "frequent_word": _Sampler.frequent_word,
}
"""Kind → what makes queries of it."""


def read_queries(path: Path) -> QuerySet:
    """The queries of a file, one a line, NFC; CorpusError when it cannot be read or has none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CorpusError(str(path), (error.strerror or type(error).__name__).lower()) from error
    except ValueError as error:
        raise CorpusError(str(path), "it is not UTF-8") from error
    queries = [unicodedata.normalize("NFC", line).strip() for line in text.splitlines()]
    if not any(queries):
        raise CorpusError(str(path), "there is no query in it")
    return QuerySet(FROM_FILE, tuple(query for query in queries if query))
