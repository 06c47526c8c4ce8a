"""Analyzing whole documents gives the same terms and counts as analyzing token by token."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.analysis import document_analyzer
from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import (
    DocumentAnalyzer,
    FieldTerms,
    FormCounter,
    FormCounts,
    FormTotals,
)
from searchidx.analysis.languages.es.spanish import SPANISH

PIECES = (
    *("El", "el", "EL", "acuerdo", "Acuerdo,", "«reunión»", "Ruso-kazaja", "n\u0303u", "año", "cooper\u00adación"),
    *("30", "000", "30.000", "1", "500,5", "12.11.2025", "1.º", "EE.", "UU.", "EE", "UU", "O.N.U.", "RR", "HH."),
    *(
        "30,000",
        "J.",
        "L.",
        "S.A.",
        "a.",
        "C.",
        "No.",
        "(No.",
        "5",
        "art.",
        "«Art.",
        "art",
        "n.º",
        "B52",
        "tratado¹",
        "北京",
    ),
    *("-", "—", "...", "¡Ya!", "(sic)", "Токаев", "½", "m²", "\u00a0", "\u2009", "\n", "\u200b"),
)
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join), st.text(max_size=40))
documents = st.lists(st.lists(texts, min_size=1, max_size=4), max_size=4)


def one_by_one(texts: Sequence[str]) -> FieldTerms:
    """The terms of texts, each token by itself."""
    words = [Analyzer().words(text) for text in texts]
    return FieldTerms(
        [" ".join(stem for word in each for stem in word.stems) for each in words],
        [" ".join(word.folded for word in each) for each in words],
        [" ".join(word.lower for word in each if word.accented) for each in words],
    )


def counted(documents: Sequence[Sequence[str]]) -> dict[str, FormCounts]:
    """The counts of documents, each token by itself."""
    analyzer, total = Analyzer(), dict[str, FormCounts]()
    for texts in documents:
        seen = set()
        for token in (token for text in texts for token in SPANISH.token_texts(text)):
            form = analyzer.word(token).lower
            before = total.get(form, FormCounts(0, 0, 0))
            is_new, is_shouted = form not in seen, len(token) > 1 and token.isupper()
            is_capital = token[0].isupper() and not is_shouted
            total[form] = FormCounts(
                before.documents + is_new, before.occurrences + (not is_shouted), before.capitals + is_capital
            )
            seen.add(form)
    return total


def test_a_title_and_a_paragraph() -> None:
    terms = DocumentAnalyzer(Analyzer(), FormCounter()).analyze(["Los jueces", "Recibió a los jueces, EE. UU."])
    assert terms.stem == ["los juez", "recibir a los juez ?eeuu"]
    assert terms.folded == ["los jueces", "recibio a los jueces eeuu"]
    assert terms.accented == ["", "recibió"]


def analyzer_and_counter() -> tuple[DocumentAnalyzer, FormCounter]:
    counter = FormCounter()
    return DocumentAnalyzer(Analyzer(), counter), counter


def test_nothing_gives_nothing() -> None:
    analyzer, counter = analyzer_and_counter()
    assert analyzer.analyze([]) == FieldTerms([], [], [])
    assert analyzer.analyze(["", " \n", "—"]) == FieldTerms(["", "", ""], ["", "", ""], ["", "", ""])
    assert counter.drain() == {}


def test_forms_are_counted_by_document_and_occurrence() -> None:
    analyzer, counter = analyzer_and_counter()
    analyzer.analyze(["El gas", "EL GAS; del gas. Ruso-kazaja"])
    analyzer.analyze(["Gas"])
    assert counter.drain()["gas"] == FormCounts(2, 3, 1)
    analyzer.analyze(["gas"])
    assert counter.drain() == {"gas": FormCounts(1, 1, 0)}


@given(documents)
def test_documents_are_analyzed_as_their_tokens_are(documents: list[list[str]]) -> None:
    analyzer, counter = analyzer_and_counter()
    for texts in documents:
        assert analyzer.analyze(texts) == one_by_one(texts)
    assert counter.drain() == counted(documents)


def test_an_endless_stream_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_analyzer, "_MAX_CHUNKS", 50)
    analyzer, counter = analyzer_and_counter()
    documents = [[f"palabra{number} gas {number % 7}"] for number in range(300)]
    for texts in documents:
        assert analyzer.analyze(texts) == one_by_one(texts)
        assert len(analyzer._chunks) <= 60
    assert counter.drain() == counted(documents)


@given(documents, documents)
def test_what_is_added_and_subtracted_again_leaves_the_rest(
    kept: list[list[str]], removed: list[list[str]]
) -> None:
    totals = FormTotals()
    totals.add(counted([*kept, *removed]))
    totals.subtract(counted(removed))
    rest = {form: counts for form, counts in totals.drain().items() if any(counts)}
    assert rest == {form: counts for form, counts in counted(kept).items() if any(counts)}
    assert totals.drain() == {}
