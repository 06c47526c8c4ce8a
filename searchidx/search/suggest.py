"""What did the reader mean, and what could follow? Corrections of a query, completions of what is being typed.

A correction is offered, never made: only for words that the corpus has in no form, and only when a likely
word is there. A completion is never offered unless it finds something.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice, pairwise
from typing import Protocol

from searchidx.analysis.folding import fold
from searchidx.analysis.languages.es import typo_cost as spelling
from searchidx.analysis.languages.es.stop_words import stopwords
from searchidx.analysis.tokenizer import Token, tokenize
from searchidx.model.document import Range
from searchidx.model.results import Completion
from searchidx.query import ast
from searchidx.query.parsing.lexer import normalize_query
from searchidx.query.parsing.parser import parse
from searchidx.query.terms.term_dictionary import TermDictionary
from searchidx.query.terms.term_list import TermList
from searchidx.query.terms.vocabulary import Vocabulary
from searchidx.store.lexicon import Form, Lexicon

SHORTEST_CORRECTED = 4
"""Letters of the shortest word that is corrected; but *ano* is offered as *año*."""

_MOST_ALIKE = 20  # words that sound the same, of which the likeliest is taken
_RARE = 100_000
"""Forms of the lexicon for each document that a correction must be in: a large corpus has misspellings of its own.
On 26,000 laws (163,000 forms) right words that were hidden from it got one in 31 of 54 cases without, 18 with."""

_OPERATORS = frozenset("*~=")  # beside a word they make it a pattern or an exact form


def written(form: Form) -> str:
    """The form as the corpus mostly writes it: a name with its capital, an acronym in capitals."""
    if 2 * form.occurrences < form.documents:
        return form.form.upper()
    return form.form.capitalize() if form.capital_share > 0.5 else form.form


class Corrector:
    """*¿Quiso decir…?* May serve many threads."""

    def __init__(
        self,
        vocabulary: Vocabulary,
        forms: TermDictionary,
        lexicon: Lexicon,
        is_known: Callable[[str], bool] = lambda _: False,
    ) -> None:
        """`is_known` tells of a folded that the texts lack whether something else has it: a source, a place."""
        self._vocabulary = vocabulary
        self._forms = forms
        self._lexicon = lexicon
        self._is_known = is_known

    def correction(self, word: str) -> str | None:
        """What one typed word probably was meant to be, as the corpus writes it; None when nothing helps.

        Never for words that the corpus has in some form, words of capitals only, and those with digits.
        """
        typed = fold(normalize_query(word))
        if not _may_stand_alone(typed) or (word.isupper() and len(word) > 1) or self._is_found(word, typed):
            return None
        meant = self._with_tilde(typed) or self._likely(typed)
        forms = self._lexicon.with_folded([meant])[meant] if meant else []
        if not forms:
            return None
        corrected = written(forms[0])
        return corrected[:1].upper() + corrected[1:] if word[:1].isupper() else corrected

    def corrected_query(self, text: str, spans: Iterable[Range]) -> str | None:
        """The query with the words inside these ranges of it corrected, all else as typed; None if none is."""
        parts: list[str] = []
        done = 0
        for start, end in sorted(spans):
            for token in tokenize(text[start:end]):
                place = start + token.start
                if place >= done and (better := self._better(text, token, place)):
                    parts += text[done:place], better
                    done = start + token.end
        return "".join([*parts, text[done:]]) if parts else None

    def _better(self, text: str, token: Token, place: int) -> str | None:
        end = place + len(token.text)
        after = text[end : end + 1]
        is_plain = after != ":" and not {text[place - 1 : place], after} & _OPERATORS
        return self.correction(token.text) if is_plain else None

    def _is_found(self, word: str, typed: str) -> bool:
        if self._lexicon.with_folded([typed])[typed] or self._is_known(typed):
            return True
        stems = [stem for each in self._vocabulary.words(word, variants=False) for stem in each.stems]
        return bool(self._lexicon.stem_documents(stems))

    def _with_tilde(self, typed: str) -> str | None:
        """The same letters with one ñ for an n: keyboards without it are common, and no word is too short."""
        tilded = [f"{typed[:place]}ñ{typed[place + 1 :]}" for place, letter in enumerate(typed) if letter == "n"]
        found = self._lexicon.with_folded(tilded)
        return max(
            (each for each in tilded if found[each]), key=lambda each: found[each][0].documents, default=None
        )

    def _likely(self, typed: str) -> str | None:
        if len(typed) < SHORTEST_CORRECTED:
            return None
        forms = self._forms.loaded()
        likely = _most_likely(typed, forms.near(typed, 1), forms)
        if not likely and len(typed) > SHORTEST_CORRECTED:  # a second slip is rarer, and costs twice the time
            likely = _most_likely(typed, forms.near(typed, 2), forms)
        if not likely:  # three slips of the ear are more edits than two of the hand
            alike = forms.sounding_like(typed, _MOST_ALIKE)
            likely = _most_likely(typed, [(form, 0) for form in alike], forms)
        return likely if likely and forms.documents(likely) * _RARE >= len(forms) else None


def _most_likely(typed: str, found: list[tuple[str, int]], forms: TermList) -> str | None:
    return spelling.most_likely(
        typed, [(form, edits, forms.documents(form)) for form, edits in found if form.isalpha()]
    )


def correctable(node: ast.Node | None) -> Iterator[Range]:
    """The ranges of plain words of a query: not quoted, not excluded, not in a field of metadata."""
    match node:
        case ast.Words():
            yield node.start, node.end
        case ast.And() | ast.Or() | ast.Sequence():
            for child in node.children:
                yield from correctable(child)
        case ast.Required() | ast.Boosted():
            yield from correctable(node.child)
        case ast.Field() if node.name in ("text", "title"):
            yield from correctable(node.child)


class Corpus(Protocol):
    """What completions ask of an index beside its words; each verb is one search without highlighting."""

    def count(self, words: Sequence[str]) -> int:
        """How many documents have all of these words."""
        ...

    def paragraphs(self, words: Sequence[str], limit: int) -> Sequence[str]:
        """The texts of the best paragraphs with all of these words."""
        ...

    def titles(self, words: Sequence[str], beginnings: Sequence[str], limit: int) -> Sequence[str]:
        """The best titles with all of `words` and any of the words `beginnings`."""
        ...


_SAMPLE = 50  # paragraphs in which it is looked up what follows a word
_CONTEXT = 2  # words before the last that count: few enough for all of them to be asked for
_WORDS = 100  # most that are looked up
_CHECKED = 2  # times as many words as are wanted are tried together with those before
_TITLES, _BEGINNINGS = 3, 10  # of titles, and of the words that they may have in the place of the last
_SHORTEST_FOR_TITLES = 3  # letters typed, when they are all there is

_last_word = re.compile(r"(?<![\w*~=^:])[^\W_]+\Z")


class Completer:
    """Completes the last word of a text. May serve many threads."""

    def __init__(self, forms: TermDictionary, lexicon: Lexicon, corpus: Corpus | None = None) -> None:
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
        folded_forms = filter(_may_stand_alone, self._forms.prefix(start).folded_forms)
        found = self._lexicon.with_folded([*islice(folded_forms, _WORDS)])
        return [forms[0] for forms in found.values() if forms]

    def _continued(
        self, corpus: Corpus, head: str, before: list[str], start: str, words: list[Form], limit: int
    ) -> Iterator[Completion]:
        """Words that stand in one document with those before; first those that follow the last of them."""
        following = self._lexicon.with_folded(_following(corpus, before[-1], start))
        first = [forms[0] for forms in following.values() if forms]
        tried = {form.folded: form for form in (*first, *words)}
        counted = ((form, corpus.count([*before, form.form])) for form in [*tried.values()][: _CHECKED * limit])
        found = (Completion(head + written(form), documents) for form, documents in counted if documents)
        return islice(found, limit)

    def _titles(
        self, corpus: Corpus, before: list[str], start: str, words: list[Form], limit: int
    ) -> tuple[Completion, ...]:
        if limit < 1 or not words or (not before and len(start) < _SHORTEST_FOR_TITLES):
            return ()
        beginnings = [form.form for form in words[:_BEGINNINGS]]
        titles = Counter(title for title in corpus.titles(before, beginnings, limit) if title)
        return tuple(Completion(title, count, "title") for title, count in titles.items())


def _alone(head: str, words: list[Form]) -> tuple[Completion, ...]:
    return tuple(Completion(head + written(form), form.documents) for form in words)


def _following(corpus: Corpus, word: str, start: str) -> list[str]:
    """The folded forms with this prefix that follow a word in a sample of paragraphs, most frequent first."""
    counted: Counter[str] = Counter()
    for text in corpus.paragraphs([word], _SAMPLE):
        pairs = pairwise(fold(token.text) for token in tokenize(text))
        counted.update(second for first, second in pairs if first == fold(word) and second.startswith(start))
    return [each for each, _ in counted.most_common() if _may_stand_alone(each)]


def _may_stand_alone(folded: str) -> bool:
    return folded.isalpha() and folded not in stopwords()


def _content_words(head: str) -> list[str]:
    """The last plain words of what stands before the word being typed."""
    ranges = correctable(parse(head).root)
    words = (token.text for start, end in ranges for token in tokenize(head[start:end]))
    return [word for word in words if fold(word) not in stopwords()][-_CONTEXT:]
