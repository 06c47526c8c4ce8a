"""Tokens, their places in a text, and their canonical forms in Spanish."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.analysis.languages.es.spanish import SPANISH
from searchidx.analysis.languages.es.tokenizer import _TOKEN
from searchidx.analysis.tokens import token_ranges, tokenize

PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            ["EE. UU.", "EE.UU.", "O.N.U.", "30.000", "30 000", "1,5", "ruso-kazaja", "12.11.2025", "XX. II"]
        ),
        st.text(max_size=8),
        st.sampled_from([" ", ".", ", ", "-", "\u00ad", "\u0301", "\n"]),
    ),
    max_size=12,
).map("".join)


def forms(text: str) -> list[str]:
    return [SPANISH.canonical_form(token.text) for token in tokenize(text, SPANISH)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("¿…?", []),
        ("Hola, mundo.", ["hola", "mundo"]),
        ("ruso-kazaja", ["ruso", "kazaja"]),
        ("EE.UU. EE. UU. EEUU EE UU EE.UU ee.uu.", ["eeuu"] * 6),
        ("una cumbre EE.UU.-Asia", ["una", "cumbre", "eeuu", "asia"]),
        ("la O.N.U. y la O.N.U, S.A. a.m.", ["la", "onu", "y", "la", "onu", "sa", "am"]),
        ("CC. OO. y RR. HH.", ["ccoo", "y", "rrhh"]),
        ("siglo XX. II Guerra", ["siglo", "xx", "ii", "guerra"]),
        ("aa bb", ["aa", "bb"]),
        ("E. Rodríguez", ["e", "rodríguez"]),
        ("J.K.Rowling", ["jk", "rowling"]),
        ("30.000 30 000 30\u00a0000 30\u202f000", ["30000"] * 4),
        ("1.234.567,89", ["1234567.89"]),
        ("1,5 1.5 0.500 0,5", ["1.5", "1.5", "0.500", "0.5"]),
        ("20.337", ["20337"]),
        ("12.11.2025", ["12", "11", "2025"]),
        ("12/11/2025 10:30", ["12", "11", "2025", "10", "30"]),
        ("años 2024 2025", ["años", "2024", "2025"]),
        ("30.000.", ["30000"]),
        ("80% 5°", ["80", "5"]),
        ("1.º 2ª 3º", ["1", "2", "3"]),
        ("G20 F-16 COVID-19", ["g20", "f", "16", "covid", "19"]),
        ("coope\u00adra\u200bción", ["cooperación"]),
        ("Токаев 北京 नमस्ते", ["токаев", "北京", "नमस्ते"]),
        ("snake_case", ["snake", "case"]),
        ("x\u0301\u0301y", ["x\u0301\u0301y"]),
    ],
)
def test_a_text_has_these_words(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@given(PIECES)
def test_tokens_have_the_range_where_they_stand(text: str) -> None:
    tokens = list(tokenize(text, SPANISH))
    assert [token.text for token in tokens] == [text[token.start : token.end] for token in tokens]
    assert [token.position for token in tokens] == [*range(len(tokens))]
    ends = [0, *(token.end for token in tokens)]
    assert all(token.start >= end and token.end > token.start for token, end in zip(tokens, ends, strict=False))


@given(PIECES)
def test_ranges_found_by_text_are_those_of_the_pattern(text: str) -> None:
    matches = list(_TOKEN.finditer(text))
    assert SPANISH.token_texts(text) == [match[0] for match in matches]
    assert token_ranges(text, SPANISH.token_texts(text)) == [match.span() for match in matches]


@given(PIECES)
def test_a_form_has_letters_or_digits_and_no_space(text: str) -> None:
    for form in forms(unicodedata.normalize("NFC", text)):
        assert any(character.isalnum() for character in form)
        assert not any(character.isspace() for character in form)


@given(st.text(alphabet="áéíóúüñÁÑaeioun ", max_size=40))
def test_accents_are_read_alike_however_they_are_encoded(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert forms(composed) == [
        unicodedata.normalize("NFC", form) for form in forms(unicodedata.normalize("NFD", text))
    ]
