"""What every language must keep, so that indexing, searching and highlighting agree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import DocumentAnalyzer, FormCounter
from searchidx.analysis.folding import fold
from searchidx.analysis.languages.es.spanish import SPANISH
from searchidx.analysis.languages.language import Language
from searchidx.analysis.tokens import tokenize
from tests.analysis.language_support import Tiny

LANGUAGES: tuple[Language, ...] = (SPANISH, Tiny())

every_language = pytest.mark.parametrize("language", LANGUAGES, ids=lambda language: type(language).__name__)


@every_language
@given(text=st.text(max_size=60))
def test_no_term_has_white_space_in_it(language: Language, text: str) -> None:
    for word in Analyzer(language).words(text):
        for term in (word.lower, word.folded, *word.stems):
            assert term
            assert not any(char.isspace() for char in term)


@every_language
@given(text=st.text(max_size=60))
def test_a_form_is_searched_by_a_term_that_it_is_indexed_under(language: Language, text: str) -> None:
    for word in Analyzer(language).words(text):
        terms = {stem.term for stem in language.search_stems(word.lower) if stem.kinship == "form"}
        assert not terms.isdisjoint(language.stems(word.lower))


@every_language
@given(text=st.text(max_size=60))
def test_the_range_of_a_token_holds_its_text(language: Language, text: str) -> None:
    for token in tokenize(text, language):
        assert text[token.start : token.end] == token.text


@every_language
@given(text=st.text(max_size=60))
def test_documents_are_analyzed_as_their_words_are(language: Language, text: str) -> None:
    analyzer = Analyzer(language)
    terms = DocumentAnalyzer(analyzer, FormCounter()).analyze([text])
    assert terms.stem == [" ".join(stem for word in analyzer.words(text) for stem in word.stems)]


@every_language
@given(text=st.text(max_size=20).filter(lambda text: text.split() == [text]))
def test_what_is_taken_for_one_token_is_one(language: Language, text: str) -> None:
    if language.is_token(text):
        assert language.token_texts(text) == [text]


@every_language
def test_the_sounds_of_many_words_are_those_of_each(language: Language) -> None:
    words = [fold(word) for word in ("casa", "guerra", "queso", "año", "philips")]
    assert language.sound("\n".join(words)).split("\n") == [language.sound(word) for word in words]
