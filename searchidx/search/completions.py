"""Completions of the word that is being typed; a search for any of them finds something."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise

from searchidx.analysis.folding import fold
from searchidx.analysis.languages.language import Language, is_content_word
from searchidx.analysis.tokens import tokenize
from searchidx.model.results import Completion, Results
from searchidx.query import ast
from searchidx.query.parsing.lexer import normalize_query
from searchidx.query.parsing.parser import parse
from searchidx.query.terms.term_dictionary import TermDictionary
from searchidx.search.corrections import as_mostly_written, correctable_ranges
from searchidx.search.options import MAX_PER_PAGE, SearchOptions
from searchidx.search.searcher import Searcher
from searchidx.store.lexicon import Form, Lexicon

_SAMPLE = 50  # paragraphs in which the words after a word are counted
_CONTEXT_WORDS = 2  # before the last word: few enough for all of them to be required
_MAX_WORDS = 100  # looked up in the lexicon
_CANDIDATES = 2  # words tried together with the context for each completion wanted
_MAX_TITLES = 3
_TITLE_WORDS = 10  # completions of the last word that a title may have
_MAX_FREQUENT = 200  # forms from which the frequent words are chosen: more than there are stop words
_MIN_LENGTH_FOR_TITLES = 3  # letters typed, without a context

_last_word = re.compile(r"(?<![\w*~=^:])[^\W_]+\Z")


class CorpusSearches:
    """The searches for completions: which words occur together in the corpus."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher

    def count(self, words: Sequence[str]) -> int:
        """The number of documents that have all of these words."""
        return self._search(_all_of(words), SearchOptions(per_page=1, highlight=False)).total

    def paragraphs(self, words: Sequence[str], limit: int) -> Sequence[str]:
        """The texts of the best paragraphs with all of these words, long ones cut around the words."""
        options = SearchOptions("paragraph", per_page=min(limit, MAX_PER_PAGE))
        return [snippet.text for hit in self._search(_all_of(words), options).hits for snippet in hit.snippets]

    def titles(self, words: Sequence[str], last_words: Sequence[str], limit: int) -> Sequence[str]:
        """The best titles with all of `words` and any of `last_words`."""
        any_last = _joined(ast.Or, [_word(word) for word in last_words])
        in_title = _joined(ast.And, [*map(_word, words), any_last])
        options = SearchOptions(per_page=min(limit, MAX_PER_PAGE), highlight=False)
        return [hit.title for hit in self._search(ast.Field("title", in_title, 0, 0), options).hits]

    def _search(self, node: ast.Node, options: SearchOptions) -> Results:
        without_expansions = replace(options, variants=False, synonyms=False)
        return self._searcher.search_parsed(ast.ParsedQuery("", node), without_expansions)


def _word(text: str) -> ast.Node:
    return ast.Words(text, 0, 0)


def _all_of(words: Sequence[str]) -> ast.Node:
    return _joined(ast.And, [_word(word) for word in words])


def _joined(kind: type[ast.And | ast.Or], nodes: Sequence[ast.Node]) -> ast.Node:
    return nodes[0] if len(nodes) == 1 else kind(tuple(nodes), 0, 0)


class Completer:
    """Completes the last word of a text. May serve many threads."""

    def __init__(self, terms: TermDictionary, lexicon: Lexicon, corpus: CorpusSearches | None = None) -> None:
        """Without `corpus` the words before the last are ignored, and no title is offered."""
        self._language = terms.language
        self._terms = terms
        self._lexicon = lexicon
        self._corpus = corpus

    def completions(self, text: str, limit: int = 8) -> tuple[Completion, ...]:
        """At most `limit` completions: words, most frequent first, then up to three titles; none after a space."""
        text = normalize_query(text)
        last = _last_word.search(text)
        prefix = fold(last[0]) if last else ""
        if last is None or limit < 1 or not prefix.isalpha():
            return ()
        head = text[: last.start()]
        context = _content_words(head, self._language)
        words = self._words(prefix)
        if self._corpus is None:
            return _word_completions(head, words[:limit])
        titles = self._titles(self._corpus, context, prefix, words, min(_MAX_TITLES, limit - 1))
        if context:
            return (*self._in_context(self._corpus, head, context, prefix, words, limit - len(titles)), *titles)
        return (*_word_completions(head, words[: limit - len(titles)]), *titles)

    def _words(self, prefix: str) -> list[Form]:
        """The content words with this prefix, most frequent first."""
        folded_forms = (
            each for each in self._terms.prefix(prefix).folded_forms if is_content_word(each, self._language)
        )
        found = self._lexicon.with_folded([*islice(folded_forms, _MAX_WORDS)])
        return [forms[0] for forms in found.values() if forms]

    def _in_context(
        self, corpus: CorpusSearches, head: str, context: list[str], prefix: str, words: list[Form], limit: int
    ) -> Iterator[Completion]:
        """Words of documents that have the context too; first those that follow the last word of the context."""
        following = self._lexicon.with_folded(_following(corpus, context[-1], prefix, self._language))
        likely = [forms[0] for forms in following.values() if forms]
        candidates = {form.folded: form for form in (*likely, *words)}
        tried = islice(candidates.values(), _CANDIDATES * limit)
        counted = ((form, corpus.count([*context, form.form])) for form in tried)
        found = (Completion(head + as_mostly_written(form), documents) for form, documents in counted if documents)
        return islice(found, limit)

    def _titles(
        self, corpus: CorpusSearches, context: list[str], prefix: str, words: list[Form], limit: int
    ) -> tuple[Completion, ...]:
        """The best titles with the context and one of the words."""
        if limit < 1 or not words or (not context and len(prefix) < _MIN_LENGTH_FOR_TITLES):
            return ()
        last_words = [form.form for form in words[:_TITLE_WORDS]]
        titles = Counter(title for title in corpus.titles(context, last_words, limit) if title)
        return tuple(Completion(title, count, "title") for title, count in titles.items())


def frequent_words(lexicon: Lexicon, language: Language) -> tuple[str, ...]:
    """The words that most documents have, as the corpus mostly writes them; names before others, no stop words."""
    forms = (form for form in lexicon.frequent_forms(_MAX_FREQUENT) if is_content_word(form.folded, language))
    return tuple(dict.fromkeys(as_mostly_written(form) for form in forms))


def _word_completions(head: str, words: list[Form]) -> tuple[Completion, ...]:
    return tuple(Completion(head + as_mostly_written(form), form.documents) for form in words)


def _following(corpus: CorpusSearches, word: str, prefix: str, language: Language) -> list[str]:
    """The folded forms with this prefix that follow a word in a sample of paragraphs, most frequent first."""
    counts: Counter[str] = Counter()
    for text in corpus.paragraphs([word], _SAMPLE):
        pairs = pairwise(fold(token.text) for token in tokenize(text, language))
        counts.update(second for first, second in pairs if first == fold(word) and second.startswith(prefix))
    return [folded for folded, _ in counts.most_common() if is_content_word(folded, language)]


def _content_words(head: str, language: Language) -> list[str]:
    """The last plain words before the word that is being typed, without stop words."""
    ranges = correctable_ranges(parse(head).root)
    words = (token.text for start, end in ranges for token in tokenize(head[start:end], language))
    return [word for word in words if fold(word) not in language.stop_words][-_CONTEXT_WORDS:]
