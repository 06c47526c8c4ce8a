"""Does reading whole documents give the terms and counts that reading token by token gives?"""

from __future__ import annotations

import pickle
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.analysis import document_analyzer
from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.document_analyzer import (
    Counts,
    DocumentAnalyzer,
    Views,
)
from searchidx.analysis.languages.es.spanish import SPANISH

PIECES = (
    *("El", "el", "EL", "acuerdo", "Acuerdo,", "«reunión»", "Ruso-kazaja", "n\u0303u", "año", "cooper\u00adación"),
    *("30", "000", "30.000", "1", "500,5", "12.11.2025", "1.º", "EE.", "UU.", "EE", "UU", "O.N.U.", "RR", "HH."),
    *("-", "—", "...", "¡Ya!", "(sic)", "Токаев", "½", "m²", "\u00a0", "\u2009", "\n", "\u200b"),
)
texts = st.one_of(st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join), st.text(max_size=40))
documents = st.lists(st.lists(texts, min_size=1, max_size=4), max_size=4)


def one_by_one(texts: Sequence[str]) -> Views:
    """The views of texts, each token by itself."""
    words = [Analyzer().words(text) for text in texts]
    return Views(
        [" ".join(word.stem for word in each) for each in words],
        [" ".join(word.folded for word in each) for each in words],
        [" ".join(word.lower for word in each if word.accented) for each in words],
    )


def counted(documents: Sequence[Sequence[str]]) -> dict[str, Counts]:
    """The counts of documents, each token by itself."""
    analyzer, total = Analyzer(), dict[str, Counts]()
    for texts in documents:
        seen = set()
        for token in (token for text in texts for token in SPANISH.token_texts(text)):
            form = analyzer.word(token).lower
            before = total.get(form, (0, 0, 0))
            is_new, is_shouted = form not in seen, len(token) > 1 and token.isupper()
            is_capital = token[0].isupper() and not is_shouted
            total[form] = (before[0] + is_new, before[1] + (not is_shouted), before[2] + is_capital)
            seen.add(form)
    return total


def test_a_title_and_a_paragraph() -> None:
    views = DocumentAnalyzer(Analyzer()).read(["Los jueces", "Recibió a los jueces, EE. UU."])
    assert views.stem == ["los juec", "recib a los juec eeuu"]
    assert views.folded == ["los jueces", "recibio a los jueces eeuu"]
    assert views.accented == ["", "recibió"]


def test_nothing_gives_nothing() -> None:
    reader = DocumentAnalyzer(Analyzer())
    assert reader.read([]) == Views([], [], [])
    assert reader.read(["", " \n", "—"]) == Views(["", "", ""], ["", "", ""], ["", "", ""])
    assert reader.taken() == {}


def test_forms_are_counted_by_document_and_occurrence() -> None:
    reader = DocumentAnalyzer(Analyzer())
    reader.read(["El gas", "EL GAS; del gas. Ruso-kazaja"])
    reader.read(["Gas"])
    assert reader.taken()["gas"] == (2, 3, 1)
    reader.read(["gas"])
    assert reader.taken() == {"gas": (1, 1, 0)}


@given(documents)
def test_documents_are_read_as_their_tokens_are(documents: list[list[str]]) -> None:
    reader = DocumentAnalyzer(Analyzer())
    for texts in documents:
        assert reader.read(texts) == one_by_one(texts)
    assert reader.taken() == counted(documents)


def test_a_stream_that_never_ends_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_analyzer, "_MOST_PARTS", 50)
    reader = DocumentAnalyzer(Analyzer())
    documents = [[f"palabra{number} gas {number % 7}"] for number in range(300)]
    for texts in documents:
        assert reader.read(texts) == one_by_one(texts)
        assert len(reader._parts) <= 60
    assert reader.taken() == counted(documents)


def test_another_process_counts_by_itself() -> None:
    reader = DocumentAnalyzer(Analyzer())
    reader.read(["gas"])
    assert pickle.loads(pickle.dumps(reader)).taken() == {}
