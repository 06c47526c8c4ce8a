"""The queries of a benchmark: of several kinds, sampled from an index, or read from a file."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from searchidx.analysis.folding import fold
from searchidx.analysis.languages.es.spanish import SPANISH
from searchidx.analysis.languages.language import is_content_word
from searchidx.errors import CorpusError
from searchidx.store.store import Store

FROM_FILE = "file"

_RARE_SHARE = 1 / 1000  # of the documents, or a single one
_FREQUENT_WORDS = 50  # words, stop words apart, that count as very frequent
_CANDIDATES = 4  # paragraphs for each query: some have no content word, some repeat a query


@dataclass(frozen=True, slots=True)
class QuerySet:
    """Queries of one kind, which are reported together."""

    kind: str  # one of `KINDS`, or `FROM_FILE`
    queries: tuple[str, ...]


def sample_queries(store: Store, count: int, seed: int) -> list[QuerySet]:
    """About `count` different queries of the kinds of `KINDS`; the same index and seed give the same queries.

    A small corpus may give fewer; a kind without a query is left out.
    """
    rng = random.Random(seed)
    sampler = _Sampler(store, rng, count)
    sets = []
    for number, (kind, make) in enumerate(KINDS.items()):
        share = count // len(KINDS) + (number < count % len(KINDS))
        queries = tuple(dict.fromkeys(make(sampler)))[:share]
        sets.append(QuerySet(kind, queries))
    return [each for each in sets if each.queries]


class _Sampler:
    """Makes queries from random paragraphs and from the words of the lexicon."""

    def __init__(self, store: Store, rng: random.Random, count: int) -> None:
        self._rng = rng
        self._count = count
        lexicon = store.lexicon
        self._document_count = lexicon.document_count()
        self._counts = lexicon.document_counts()
        documents = store.documents
        rows = documents.paragraph_rows()
        sample = rng.sample(rows, min(len(rows), _CANDIDATES * count))
        paragraphs = documents.paragraphs(sample)
        texts = [paragraphs[row].text for row in sample if row in paragraphs]
        self._texts = [[token.lower() for token in SPANISH.token_texts(text)] for text in texts]

    def one_word(self) -> Iterator[str]:
        """A content word of a random paragraph; frequent words are likelier."""
        for words in self._texts:
            if content_words := list(filter(_is_long_content_word, words)):
                yield self._rng.choice(content_words)

    def several_words(self) -> Iterator[str]:
        """Two to four content words that follow one another in a paragraph."""
        for words in self._texts:
            content_words = list(dict.fromkeys(filter(_is_long_content_word, words)))
            if len(content_words) >= 2:
                yield " ".join(self._window(content_words))

    def phrase(self) -> Iterator[str]:
        """Two to four words as they stand in a paragraph, stop words too, in quotes."""
        for words in self._texts:
            window = self._window(words) if len(words) >= 2 else []
            if all(map(str.isalnum, window)) and any(map(_is_long_content_word, window)):
                yield f'"{" ".join(window)}"'

    def rare_word(self) -> Iterator[str]:
        """A word of very few documents."""
        limit = max(1, int(self._document_count * _RARE_SHARE))
        rare = sorted(form for form, documents in self._counts if documents <= limit)
        shuffled = self._rng.sample(rare, min(len(rare), _CANDIDATES * self._count))
        yield from filter(_is_long_content_word, shuffled)

    def frequent_word(self) -> Iterator[str]:
        """A content word that is among the most frequent ones by documents."""
        by_frequency = sorted(self._counts, key=lambda pair: (-pair[1], pair[0]))
        frequent = list(islice((form for form, _ in by_frequency if _is_long_content_word(form)), _FREQUENT_WORDS))
        yield from self._rng.sample(frequent, len(frequent))

    def _window(self, words: Sequence[str]) -> Sequence[str]:
        length = self._rng.randint(2, min(4, len(words)))
        start = self._rng.randint(0, len(words) - length)
        return words[start : start + length]


def _is_long_content_word(word: str) -> bool:
    """Whether it is a word of at least three letters and no stop word."""
    return len(word) > 2 and is_content_word(fold(word), SPANISH)


KINDS: dict[str, Callable[[_Sampler], Iterator[str]]] = {
    "one_word": _Sampler.one_word,
    "several_words": _Sampler.several_words,
    "phrase": _Sampler.phrase,
    "rare_word": _Sampler.rare_word,
    "frequent_word": _Sampler.frequent_word,
}
"""Kind → the method that makes its queries."""


def read_queries(path: Path) -> QuerySet:
    """The queries of a UTF-8 file, one a line, in NFC; CorpusError when it cannot be read or has none."""
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
