"""The analyzer: folding, Spanish stems and stop words, caching, fingerprint, and a second language."""

from __future__ import annotations

import pickle
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.analysis import analyzer as analyzer_module
from searchidx.analysis.analyzer import MAX_TERM, Analyzer
from searchidx.analysis.document_analyzer import DocumentAnalyzer, FormCounter
from searchidx.analysis.folding import fold
from searchidx.analysis.languages.es import spanish, tokenizer
from searchidx.analysis.languages.es.spanish import SPANISH, Spanish
from searchidx.analysis.languages.language import Language
from tests.analysis.language_support import Tiny


@pytest.fixture(scope="module")
def analyzer() -> Analyzer:
    return Analyzer()


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Pingüino", "pinguino"),
        ("AÑO", "año"),
        ("an\u0303o", "año"),
        ("Łódź", "lodz"),
        ("Straße", "strasse"),
        ("Yıldız", "yildiz"),
        ("İstanbul", "istanbul"),
        ("Ångström", "angstrom"),
        ("crème brûlée", "creme brulee"),
        ("\ufb01n", "fin"),
        ("Ｆｕｌｌ", "full"),
        ("Ёлка", "елка"),
        ("が", "が"),
        ("m²", "m2"),
        ("½", "½"),
        ("", ""),
    ],
)
def test_folding_keeps_letters_and_drops_case_and_diacritics(word: str, expected: str) -> None:
    assert fold(word) == expected


@given(st.text(max_size=30))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    "word", ["estado", "estados", "sentido", "sin", "contra", "no", "más", "ser", "nada", "vida"]
)
def test_the_stop_list_holds_no_content_word(word: str) -> None:
    assert fold(word) not in SPANISH.stop_words


@pytest.mark.parametrize("word", ["el", "la", "de", "que", "según", "él", "qué"])
def test_the_stop_list_holds_the_words_of_grammar(word: str) -> None:
    assert fold(word) in SPANISH.stop_words


def test_a_long_token_is_cut(analyzer: Analyzer) -> None:
    word = analyzer.word("á" * 500)
    assert [len(word.lower), len(word.folded), max(map(len, word.stems)) <= MAX_TERM] == [MAX_TERM, MAX_TERM, True]


@given(st.text(max_size=60))
def test_no_term_has_a_space_in_it(text: str) -> None:
    words = Analyzer().words(text)
    assert all(
        term and len(term.split()) == 1 for word in words for term in (word.lower, word.folded, *word.stems)
    )


def test_the_cache_is_emptied_when_it_is_full(analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyzer_module, "_CACHE_SIZE", 3)
    small = Analyzer()
    text = "uno dos tres cuatro cinco uno"
    assert [word.lower for word in small.words(text)] == text.split()


def test_the_fingerprint_changes_when_the_terms_could(monkeypatch: pytest.MonkeyPatch) -> None:
    before = Analyzer().fingerprint()
    assert Analyzer().fingerprint() == before
    for name, value in (("fold", str.upper), ("MAX_TERM", 10), ("_VERSION", 0)):
        with monkeypatch.context() as patch:
            patch.setattr(analyzer_module, name, value)
            assert Analyzer().fingerprint() != before, name
    changed = {
        "stems": staticmethod(lambda lower: (lower[:4],)),
        "token_texts": staticmethod(str.split),
        "canonical_form": staticmethod(str.lower),
        "version": "another",
        "code": "another",
    }
    for name, member in changed.items():
        language = type("Changed", (Spanish,), {name: member})()
        assert Analyzer(language).fingerprint() != before, name


def test_the_version_of_spanish_names_the_installed_stemmer(monkeypatch: pytest.MonkeyPatch) -> None:
    version = SPANISH.version
    from snowballstemmer.spanish_stemmer import SpanishStemmer  # the pure one

    with monkeypatch.context() as patch:
        patch.setattr(spanish, "_STEMMER", SpanishStemmer())
        assert SPANISH.version != version
        assert SPANISH.stems("tuiteros") == ("?tuiter",)


def test_the_version_of_spanish_changes_with_its_abbreviations(monkeypatch: pytest.MonkeyPatch) -> None:
    version = SPANISH.version
    monkeypatch.setitem(tokenizer.ABBREVIATIONS, "tpo.", "tiempo")
    assert SPANISH.version != version


def test_an_analyzer_with_another_language_gives_the_terms_of_that_language() -> None:
    text = "La Reunión costó 30 000 casas"
    assert [tuple(word) for word in Analyzer(Tiny()).words(text)] == [
        ("la", "la", ("la",)),
        ("reunión", "reunion", ("reun",)),
        ("costó", "costo", ("cost",)),
        ("30", "30", ("30",)),
        ("000", "000", ("000",)),
        ("casas", "casas", ("casa",)),
    ]
    assert [word.lower for word in Analyzer().words(text)] == ["la", "reunión", "costó", "30000", "casas"]


def test_documents_are_read_in_the_language_of_their_analyzer() -> None:
    views = DocumentAnalyzer(Analyzer(Tiny()), FormCounter()).analyze(["30 000 reuniones"])
    assert (views.stem, views.folded) == (["30 000 reun"], ["30 000 reuniones"])
    assert DocumentAnalyzer(Analyzer(), FormCounter()).analyze(["30 000 reuniones"]).stem == [
        "30000 reunión reunir*"
    ]


def test_another_process_gets_the_language_of_an_analyzer() -> None:
    analyzer = pickle.loads(pickle.dumps(Analyzer(Tiny())))
    assert analyzer.fingerprint() == Analyzer(Tiny()).fingerprint() != Analyzer().fingerprint()


def test_stop_words_plurals_typos_and_sounds_come_from_the_language() -> None:
    languages: list[Language] = [Tiny(), SPANISH]
    assert ["the" in language.stop_words for language in languages] == [True, False]
    assert [list(language.plurals("borges")) for language in languages] == [[], ["borgeses", "borgess"]]
    assert [language.typo_cost("kiero", "quiero") for language in languages] == [1.0, 0.25]
    assert [language.sound("vaca") == language.sound("baka") for language in languages] == [False, True]


def test_many_threads_may_share_an_analyzer() -> None:
    shared = Analyzer()
    words = [f"palabr{number}ciones" for number in range(2_000)]
    expected = [Analyzer().word(word).stems for word in words]
    found: list[list[tuple[str, ...]]] = []
    threads = [
        threading.Thread(target=lambda: found.append([shared.word(word).stems for word in words]))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 4
