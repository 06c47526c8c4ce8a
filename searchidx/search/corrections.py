"""Corrections of mistyped words: *¿Quiso decir…?*

A correction is offered and never searched by itself. Only words that the corpus has in no form are corrected, and
only to a likely word of the corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from math import log10

from searchidx.analysis.folding import fold
from searchidx.analysis.languages.language import Language, is_content_word
from searchidx.analysis.tokens import Token, tokenize
from searchidx.model.document import Range
from searchidx.query import ast
from searchidx.query.parsing.lexer import normalize_query
from searchidx.query.terms.term_list import TermList
from searchidx.query.terms.vocabulary import Vocabulary
from searchidx.store.lexicon import Form, Lexicon

MIN_LENGTH = 4
"""Letters of the shortest word that is corrected; a missing tilde (*ano* for *año*) is corrected in any word."""

_MAX_HOMOPHONES = 20  # words that sound the same and are compared

_FORMS_PER_DOCUMENT = 100_000
"""A correction must occur in at least one document per 100,000 forms of the lexicon, since a large corpus has
misspellings of its own. On 26,000 laws (163,000 forms), of 54 correct words that were hidden from the lexicon, 31
got a correction without this rule and 18 with it."""

_MAX_COST = {4: 0.75, 5: 0.9, 6: 1.0, 7: 1.3, 8: 1.3}
_MAX_COST_OF_LONG_WORDS = 1.8
"""The highest typo cost of a correction, by the length of the typed word."""

_COST_PER_TENFOLD = 0.2
"""The typo cost that a candidate is spared for each factor of ten in its number of documents."""

_MAX_WEIGHED = 60  # candidates of which the typo cost is computed, 0.1 ms each

_OPERATORS = frozenset("*~=")  # they make the word next to them a pattern or an exact form


def as_mostly_written(form: Form) -> str:
    """The form as the corpus mostly writes it: a name with a capital, an acronym in capitals."""
    if 2 * form.occurrences < form.documents:
        return form.form.upper()
    return form.form.capitalize() if form.capital_share > 0.5 else form.form


class Corrector:
    """Corrects words and queries. May serve many threads."""

    def __init__(
        self, vocabulary: Vocabulary, lexicon: Lexicon, is_in_metadata: Callable[[str], bool] = lambda _: False
    ) -> None:
        """`is_in_metadata` says whether the metadata have a folded word, such as a source or a place."""
        self._language = vocabulary.language
        self._vocabulary = vocabulary
        self._lexicon = lexicon
        self._is_in_metadata = is_in_metadata

    def correction(self, word: str) -> str | None:
        """The likely correction of a word, as the corpus writes it; None when there is none.

        Words that the corpus has in some form, words of the dictionary, words in capitals and words with digits
        are never corrected; a missing tilde is (*ano*, *año*).
        """
        folded = fold(normalize_query(word))
        is_acronym = word.isupper() and len(word) > 1
        if is_acronym or not is_content_word(folded, self._language) or self._is_found(word, folded):
            return None
        likely = self._with_tilde(folded)
        # A word of the language is right, though the corpus lacks it (*casa*, which is no *cada*).
        if likely is None and not self._language.is_known(normalize_query(word).lower()):
            likely = self._most_likely(folded)
        forms = self._lexicon.with_folded([likely])[likely] if likely else []
        if not forms:
            return None
        corrected = as_mostly_written(forms[0])
        return corrected[:1].upper() + corrected[1:] if word[:1].isupper() else corrected

    def corrected_query(self, text: str, ranges: Iterable[Range]) -> str | None:
        """The query with the words in these ranges corrected and all else as typed; None without a correction."""
        parts: list[str] = []
        copied = 0  # code points of the query that `parts` stand for
        for start, end in sorted(ranges):
            for token in tokenize(text[start:end], self._language):
                position = start + token.start
                if position >= copied and (corrected := self._token_correction(text, token, position)):
                    parts += text[copied:position], corrected
                    copied = start + token.end
        return "".join([*parts, text[copied:]]) if parts else None

    def _token_correction(self, text: str, token: Token, position: int) -> str | None:
        end = position + len(token.text)
        after = text[end : end + 1]
        is_plain = after != ":" and not {text[position - 1 : position], after} & _OPERATORS
        return self.correction(token.text) if is_plain else None

    def _is_found(self, word: str, folded: str) -> bool:
        """Whether a search for the word finds anything."""
        if self._lexicon.with_folded([folded])[folded] or self._is_in_metadata(folded):
            return True
        stems = [each.term for typed in self._vocabulary.words(word, variants=False) for each in typed.stems]
        return bool(self._lexicon.stem_documents(stems))

    def _with_tilde(self, folded: str) -> str | None:
        """The most frequent word with ñ for one n: keyboards without ñ are common, and no word is too short."""
        with_tilde = [
            f"{folded[:index]}ñ{folded[index + 1 :]}" for index, char in enumerate(folded) if char == "n"
        ]
        found = self._lexicon.with_folded(with_tilde)
        in_corpus = [each for each in with_tilde if found[each]]
        return max(in_corpus, key=lambda each: found[each][0].documents, default=None)

    def _most_likely(self, folded: str) -> str | None:
        """The most likely word with one typo, else with two, else with the same sound."""
        if len(folded) < MIN_LENGTH:
            return None
        terms = self._vocabulary.term_dictionary.term_list()
        likely = self._most_likely_of(folded, terms.within_distance(folded, 1), terms)
        if not likely and len(folded) > MIN_LENGTH:  # a second typo is rarer, and costs twice the time
            likely = self._most_likely_of(folded, terms.within_distance(folded, 2), terms)
        if not likely:  # words with the same sound may differ by three edits and more
            homophones = terms.sounding_like(folded, _MAX_HOMOPHONES)
            likely = self._most_likely_of(folded, [(form, 0) for form in homophones], terms)
        return likely if likely and terms.documents(likely) * _FORMS_PER_DOCUMENT >= len(terms) else None

    def _most_likely_of(self, folded: str, candidates: list[tuple[str, int]], terms: TermList) -> str | None:
        """The most likely of (form, edits)."""
        words = [(form, edits, terms.documents(form)) for form, edits in candidates if form.isalpha()]
        return most_likely(folded, words, self._language)


def most_likely(typed: str, candidates: Iterable[tuple[str, int, int]], language: Language) -> str | None:
    """The candidate that was most likely meant, of (folded form, edits, documents); None when none is likely."""
    typed_sound = language.sound(typed)
    ordered = sorted(
        candidates, key=lambda each: (language.sound(each[0]) != typed_sound, each[1], -each[2], each[0])
    )
    max_cost = _MAX_COST.get(len(typed), _MAX_COST_OF_LONG_WORDS)
    scored = []
    for meant, _, documents in ordered[:_MAX_WEIGHED]:
        cost = language.typo_cost(typed, meant)
        if cost <= max_cost:
            scored.append((cost - _COST_PER_TENFOLD * log10(1 + documents), meant))
    return min(scored)[1] if scored else None


def correctable_ranges(node: ast.Node | None) -> Iterator[Range]:
    """The ranges of the plain words of a query: not quoted, not excluded, not in a metadata field."""
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
