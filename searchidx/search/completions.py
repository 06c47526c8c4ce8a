"""Completions: how what is being typed may go on. Each completion finds something."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from searchidx.analysis.folding import fold
from searchidx.analysis.languages.es.stop_words import stopwords
from searchidx.analysis.tokenizer import tokenize
from searchidx.model.results import Completion, Results
from searchidx.query import ast
from searchidx.query.parsing.lexer import normalize_query
from searchidx.query.parsing.parser import parse
from searchidx.query.terms.term_dictionary import TermDictionary
from searchidx.search.corrections import as_mostly_written, correctable_ranges, may_stand_alone
from searchidx.search.options import MAX_PER_PAGE, SearchOptions
from searchidx.search.searcher import Searcher
from searchidx.store.lexicon import Form, Lexicon

_SAMPLE = 50  # paragraphs in which it is looked up what follows a word
_CONTEXT = 2  # words before the last that count: few enough for all of them to be asked for
_WORDS = 100  # most that are looked up
_CHECKED = 2  # times as many words as are wanted are tried together with those before
_TITLES, _BEGINNINGS = 3, 10  # of titles, and of the words that they may have in the place of the last
_FREQUENT = 200  # forms from which the frequent words are chosen: more than there are stop words
_SHORTEST_FOR_TITLES = 3  # letters typed, when they are all there is

_last_word = re.compile(r"(?<![\w*~=^:])[^\W_]+\Z")


class CorpusSearches:
    """The searches behind completions: what stands together in the corpus."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def count(self, words: Sequence[str]) -> int:
        """How many documents have all of these words."""
        return self._search(_all_of(words), SearchOptions(per_page=1, highlight=False)).total

    def paragraphs(self, words: Sequence[str], limit: int) -> Sequence[str]:
        """The texts of the best paragraphs with all of these words, long ones cut around them."""
        options = SearchOptions("paragraph", per_page=min(limit, MAX_PER_PAGE))
        return [snippet.text for hit in self._search(_all_of(words), options).hits for snippet in hit.snippets]

    def titles(self, words: Sequence[str], last_words: Sequence[str], limit: int) -> Sequence[str]:
        """The best titles with all of `words` and any of `last_words`."""
        either = _joined(ast.Or, [_word(word) for word in last_words])
        in_title = _joined(ast.And, [*map(_word, words), either])
        options = SearchOptions(per_page=min(limit, MAX_PER_PAGE), highlight=False)
        return [hit.title for hit in self._search(ast.Field("title", in_title, 0, 0), options).hits]

    def _search(self, node: ast.Node, options: SearchOptions) -> Results:
        as_typed = replace(options, variants=False, synonyms=False)
        return self._searcher.search_parsed(ast.ParsedQuery("", node), as_typed)


def _word(text: str) -> ast.Node:
    return ast.Words(text, 0, 0)


def _all_of(words: Sequence[str]) -> ast.Node:
    return _joined(ast.And, [_word(word) for word in words])


def _joined(kind: type[ast.And | ast.Or], nodes: Sequence[ast.Node]) -> ast.Node:
    return nodes[0] if len(nodes) == 1 else kind(tuple(nodes), 0, 0)


class Completer:
    """Completes the last word of a text. May serve many threads."""

    def __init__(self, forms: TermDictionary, lexicon: Lexicon, corpus: CorpusSearches | None = None) -> None:
        """Without a corpus the words before the last do not matter, and no title is offered."""
        self._forms = forms
        self._lexicon = lexicon
        self._corpus = corpus

    def completions(self, text: str, limit: int = 8) -> tuple[Completion, ...]:
        """At most `limit`: words most frequent first, then up to three titles; none after a finished word."""
        text = normalize_query(text)
        last = _last_word.search(text)
        start = fold(last[0]) if last else ""
        if last is None or limit < 1 or not start.isalpha():
            return ()
        head = text[: last.start()]
        before = _content_words(head)
        words = self._words(start)
        if self._corpus is None:
            return _alone(head, words[:limit])
        titles = self._titles(self._corpus, before, start, words, min(_TITLES, limit - 1))
        if before:
            return (*self._continued(self._corpus, head, before, start, words, limit - len(titles)), *titles)
        return (*_alone(head, words[: limit - len(titles)]), *titles)

    def _words(self, start: str) -> list[Form]:
        """The forms that begin so and may stand alone, most frequent first."""
        folded_forms = filter(may_stand_alone, self._forms.prefix(start).folded_forms)
        found = self._lexicon.with_folded([*islice(folded_forms, _WORDS)])
        return [forms[0] for forms in found.values() if forms]

    def _continued(
        self, corpus: CorpusSearches, head: str, before: list[str], start: str, words: list[Form], limit: int
    ) -> Iterator[Completion]:
        """Words that stand in one document with those before; first those that follow the last of them."""
        following = self._lexicon.with_folded(_following(corpus, before[-1], start))
        first = [forms[0] for forms in following.values() if forms]
        tried = {form.folded: form for form in (*first, *words)}
        counted = ((form, corpus.count([*before, form.form])) for form in [*tried.values()][: _CHECKED * limit])
        found = (Completion(head + as_mostly_written(form), documents) for form, documents in counted if documents)
        return islice(found, limit)

    def _titles(
        self, corpus: CorpusSearches, before: list[str], start: str, words: list[Form], limit: int
    ) -> tuple[Completion, ...]:
        if limit < 1 or not words or (not before and len(start) < _SHORTEST_FOR_TITLES):
            return ()
        beginnings = [form.form for form in words[:_BEGINNINGS]]
        titles = Counter(title for title in corpus.titles(before, beginnings, limit) if title)
        return tuple(Completion(title, count, "title") for title, count in titles.items())


def frequent_words(lexicon: Lexicon) -> tuple[str, ...]:
    """The words that most documents have, as the corpus mostly writes them; names before others, no stop words."""
    forms = (form for form in lexicon.frequent_forms(_FREQUENT) if may_stand_alone(form.folded))
    return tuple(dict.fromkeys(as_mostly_written(form) for form in forms))


def _alone(head: str, words: list[Form]) -> tuple[Completion, ...]:
    return tuple(Completion(head + as_mostly_written(form), form.documents) for form in words)


def _following(corpus: CorpusSearches, word: str, start: str) -> list[str]:
    """The folded forms with this prefix that follow a word in a sample of paragraphs, most frequent first."""
    counted: Counter[str] = Counter()
    for text in corpus.paragraphs([word], _SAMPLE):
        pairs = pairwise(fold(token.text) for token in tokenize(text))
        counted.update(second for first, second in pairs if first == fold(word) and second.startswith(start))
    return [each for each, _ in counted.most_common() if may_stand_alone(each)]


def _content_words(head: str) -> list[str]:
    """The last plain words of what stands before the word being typed."""
    ranges = correctable_ranges(parse(head).root)
    words = (token.text for start, end in ranges for token in tokenize(head[start:end]))
    return [word for word in words if fold(word) not in stopwords()][-_CONTEXT:]
