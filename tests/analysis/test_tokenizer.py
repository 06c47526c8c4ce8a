"""Tokens, their places in a text, and their canonical forms in Spanish."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.analysis.languages.es.spanish import SPANISH
from searchidx.analysis.languages.es.tokenizer import _TOKEN, ABBREVIATIONS
from searchidx.analysis.tokens import token_ranges, tokenize

PIECES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                *(
                    "EE. UU.",
                    "EE.UU.",
                    "O.N.U.",
                    "J. L.",
                    "a. C.",
                    "S. A",
                    "XX. II",
                    "art.",
                    "No. 5",
                    "No.",
                    "n.º",
                ),
                *("30.000", "30,000", "30 000", "1,5", "12.11.2025", "B52", "m²", "tratado¹", "CO₂", "北京"),
                "ruso-kazaja",
            ]
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
        ("30,000 1,250,300 1,250.50 1.250,50", ["30000", "1250300", "1250.50", "1250.50"]),
        ("1.250,500 30 000,25 0,125 1250,300", ["1250.500", "30000.25", "0.125", "1250.300"]),
        ("14,15,16 y 1,234,56", ["14", "15", "16", "y", "1", "234", "56"]),
        (
            "G20 F-16 COVID-19 RFC2822 3D v2.5",
            ["g", "20", "f", "16", "covid", "19", "rfc", "2822", "3", "d", "v", "2.5"],
        ),
        ("b6d178efe64e1b6c 0a1b2c3d4e H2O", ["b6d178efe64e1b6c", "0a1b2c3d4e", "h", "2", "o"]),
        ("30.000km 100km/h", ["30000", "km", "100", "km", "h"]),
        ("J.L., J. L., J.-L., J.L, J.R. R.", ["jl", "jl", "jl", "jl", "jrr"]),
        ("S. A., S.A. y a. C. 10 a. m.", ["sa", "sa", "y", "ac", "10", "am"]),
        ("vio a J. Pérez. L. fue", ["vio", "a", "j", "pérez", "l", "fue"]),
        ("А. С. Пушкин", ["ас", "пушкин"]),
        ("tratado¹, duró² y cláusula†", ["tratado", "duró", "y", "cláusula"]),
        ("en 1978¹ 10⁶ km² 120m² CO₂ ½", ["en", "1978", "10", "6", "km", "2", "120", "m", "2", "co", "2", "½"]),
        ("¹ Véase", ["véase"]),
        ("art. 14, ARTS. 2 y (núm. 5)", ["artículo", "14", "artículos", "2", "y", "número", "5"]),
        (
            "n.º 5 Nº 6 n° 7 No. 8 D.ª Ana",
            ["número", "5", "número", "6", "número", "7", "número", "8", "doña", "ana"],
        ),
        ("No. Dijo que no.", ["no", "dijo", "que", "no"]),
        ("Sr.Ruiz modern.art.com starts.", ["señor", "ruiz", "modern", "art", "com", "starts"]),
        ("etc.)", ["etcétera"]),
        ("coope\u00adra\u200bción", ["cooperación"]),
        ("Токаев 北京の नमस्ते", ["токаев", "北", "京", "の", "नमस्ते"]),
        ("snake_case", ["snake", "case"]),
        ("x\u0301\u0301y", ["x\u0301\u0301y"]),
    ],
)
def test_a_text_has_these_words(text: str, expected: list[str]) -> None:
    assert forms(text) == expected


@pytest.mark.parametrize("text", ["según la pág. 5", "la Cía. y la admón.", "el Sr. Núñez", "D.ª Ágata"])
def test_abbreviations_are_read_alike_however_their_accents_are_encoded(text: str) -> None:
    assert forms(unicodedata.normalize("NFD", text)) == forms(text)


@pytest.mark.parametrize(("abbreviation", "word"), ABBREVIATIONS.items())
def test_an_abbreviation_counts_as_its_word(abbreviation: str, word: str) -> None:
    for written in (abbreviation, abbreviation.capitalize(), abbreviation.upper()):
        if abbreviation != "no." or written != abbreviation:
            assert forms(f"({written} 5)") == [word, "5"], written


def test_an_abbreviation_stands_for_one_word() -> None:
    assert all(forms(word) == [word] for word in ABBREVIATIONS.values())


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


def test_an_acronym_in_nfd_ends_after_its_accent() -> None:
    for text in ("ee uú", "EE. UÚ."):
        assert forms(unicodedata.normalize("NFD", text)) == forms(text)
