"""Corrections: which words of a query were probably mistyped, and what was meant.

A correction is offered, never made: only for words that the corpus has in no form, and only when a likely word
exists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import log10

from searchidx.analysis.folding import fold
from searchidx.analysis.languages.language import Language
from searchidx.analysis.tokenizer import Token, tokenize
from searchidx.model.document import Range
from searchidx.query import ast
from searchidx.query.parsing.lexer import normalize_query
from searchidx.query.terms.term_list import TermList
from searchidx.query.terms.vocabulary import Vocabulary
from searchidx.store.lexicon import Form, Lexicon

SHORTEST_CORRECTED = 4
"""Letters of the shortest word that is corrected; but *ano* is offered as *año*."""

_MOST_ALIKE = 20  # words that sound the same, of which the likeliest is taken
_RARE = 100_000
"""Forms of the lexicon for each document that a correction must be in: a large corpus has misspellings of its own.
On 26,000 laws (163,000 forms) right words that were hidden from it got one in 31 of 54 cases without, 18 with."""

_MAX_COST = {4: 0.75, 5: 0.9, 6: 1.0, 7: 1.3, 8: 1.3}
_MAX_COST_OF_LONG_WORDS = 1.8
"""The highest typo cost of a correction, by the length of the typed word."""

_TENFOLD = 0.2
"""The part of the typo cost that ten times as many documents are worth."""

_MOST_WEIGHED = 60  # candidates of which the typo cost is computed, 0.1 ms each

_OPERATORS = frozenset("*~=")  # beside a word they make it a pattern or an exact form


def as_mostly_written(form: Form) -> str:
    """The form as the corpus mostly writes it: a name with its capital, an acronym in capitals."""
    if 2 * form.occurrences < form.documents:
        return form.form.upper()
    return form.form.capitalize() if form.capital_share > 0.5 else form.form


class Corrector:
    """*¿Quiso decir…?* May serve many threads."""

    def __init__(
        self, vocabulary: Vocabulary, lexicon: Lexicon, is_known: Callable[[str], bool] = lambda _: False
    ) -> None:
        """`is_known` says whether something other than the texts has a folded form: a source, a place."""
        self._vocabulary = vocabulary
        self._lexicon = lexicon
        self._is_known = is_known

    def correction(self, word: str) -> str | None:
        """What one typed word probably was meant to be, as the corpus writes it; None when nothing helps.

        Never for words that the corpus has in some form, words of capitals only, and those with digits.
        """
        typed = fold(normalize_query(word))
        is_acronym = word.isupper() and len(word) > 1
        if is_acronym or not may_stand_alone(typed, self._vocabulary.language) or self._is_found(word, typed):
            return None
        meant = self._with_tilde(typed) or self._likely(typed)
        forms = self._lexicon.with_folded([meant])[meant] if meant else []
        if not forms:
            return None
        corrected = as_mostly_written(forms[0])
        return corrected[:1].upper() + corrected[1:] if word[:1].isupper() else corrected

    def corrected_query(self, text: str, spans: Iterable[Range]) -> str | None:
        """The query with the words inside these ranges of it corrected, all else as typed; None if none is."""
        parts: list[str] = []
        done = 0
        for start, end in sorted(spans):
            for token in tokenize(text[start:end], self._vocabulary.language):
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
        forms = self._vocabulary.forms.loaded()
        likely = self._most_likely(typed, forms.near(typed, 1), forms)
        if not likely and len(typed) > SHORTEST_CORRECTED:  # a second slip is rarer, and costs twice the time
            likely = self._most_likely(typed, forms.near(typed, 2), forms)
        if not likely:  # three slips of the ear are more edits than two of the hand
            alike = forms.sounding_like(typed, _MOST_ALIKE)
            likely = self._most_likely(typed, [(form, 0) for form in alike], forms)
        return likely if likely and forms.documents(likely) * _RARE >= len(forms) else None

    def _most_likely(self, typed: str, found: list[tuple[str, int]], forms: TermList) -> str | None:
        candidates = [(form, edits, forms.documents(form)) for form, edits in found if form.isalpha()]
        return most_likely(typed, candidates, self._vocabulary.language)


def most_likely(typed: str, candidates: Iterable[tuple[str, int, int]], language: Language) -> str | None:
    """The candidate that was most likely meant, of (folded form, edits, documents); None when none is likely."""
    typed_sound = language.sound(typed)
    ordered = sorted(
        candidates, key=lambda each: (language.sound(each[0]) != typed_sound, each[1], -each[2], each[0])
    )
    max_cost = _MAX_COST.get(len(typed), _MAX_COST_OF_LONG_WORDS)
    scored = []
    for meant, _, documents in ordered[:_MOST_WEIGHED]:
        cost = language.typo_cost(typed, meant)
        if cost <= max_cost:
            scored.append((cost - _TENFOLD * log10(1 + documents), meant))
    return min(scored)[1] if scored else None


def may_stand_alone(folded: str, language: Language) -> bool:
    """Whether a folded form is worth offering by itself: letters only, and no stop word."""
    return folded.isalpha() and folded not in language.stop_words


def correctable_ranges(node: ast.Node | None) -> Iterator[Range]:
    """The ranges of plain words of a query: not quoted, not excluded, not in a field of metadata."""
    match node:
        case ast.Words():
            yield node.start, node.end
        case ast.And() | ast.Or() | ast.Sequence():
            for child in node.children:
                yield from correctable_ranges(child)
        case ast.Required() | ast.Boosted():
            yield from correctable_ranges(node.child)
        case ast.Field() if node.name in ("text", "title"):
            yield from correctable_ranges(node.child)
