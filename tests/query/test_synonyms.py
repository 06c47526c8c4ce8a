"""Other names of places and countries, and words with two spellings."""

from __future__ import annotations

import unicodedata
from itertools import chain
from pathlib import Path

import pytest

from searchidx.analysis.analyzer import Analyzer
from searchidx.query.terms.spellings import Spellings, spanish_spellings
from searchidx.query.terms.synonyms import DEFAULT_FILES, country_names, read_synonyms
from tests.benchmarks import country_names as generator
from tests.index_support import MakeIndex, found

PLACES = [
    ("Gerona", "Girona"),
    ("Lérida", "Lleida"),
    ("San Sebastián", "Donostia"),
    ("La Coruña", "A Coruña"),
    ("Vitoria", "Gasteiz"),
    ("Játiva", "Xàtiva"),
    ("Pekín", "Beijing"),
    ("Birmania", "Myanmar"),
    ("Nueva York", "New York"),
    ("Londres", "London"),
    ("Texas", "Tejas"),
    ("Irak", "Iraq"),
    ("Catar", "Qatar"),
    ("Costa de Marfil", "Côte d'Ivoire"),
]
SPELLINGS = [
    ("septiembre", "setiembre"),
    ("México", "Méjico"),
    ("mexicanas", "mejicano"),
    ("psicología", "sicología"),
    ("psicólogos", "sicóloga"),
    ("obscuras", "oscuro"),
    ("substancia", "sustancias"),
    ("transporte", "trasportes"),
    ("quiosco", "kioscos"),
    ("whisky", "güisqui"),
    ("zinc", "cinc"),
    ("armonía", "harmonías"),
    ("icono", "ícono"),
    ("período", "periodo"),
    ("vídeo", "video"),
    ("futbol", "fútbol"),
    ("austriaco", "austríaca"),
]


@pytest.mark.parametrize(("first", "second"), PLACES + SPELLINGS)
def test_a_thing_is_found_under_both_names(make_index: MakeIndex, first: str, second: str) -> None:
    index = make_index({"a.txt": f"Hablan de {first} hoy.\n", "b.txt": f"Hablan de {second} hoy.\n"})
    for typed in (first, second, second.upper(), unicodedata.normalize("NFD", first)):
        assert found(index, typed) == ["a", "b"]


def test_the_typed_spelling_ranks_first(make_index: MakeIndex) -> None:
    index = make_index({"a.txt": "Viajó a México.\n", "b.txt": "Volvió de Méjico.\n"})
    assert [hit.document_id for hit in index.search("Méjico").hits] == ["b.txt", "a.txt"]
    assert found(index, "=Méjico") == ["b"]
    assert [hit.document_id for hit in index.search("Méjico", variants=False).hits] == ["b.txt"]


def test_a_name_that_the_texts_use_as_a_word_has_no_other_names(make_index: MakeIndex) -> None:
    index = make_index({"a.txt": "Un techo de tejas y dos tejas.\n", "b.txt": "Nació en Texas.\n"})
    assert found(index, "Texas") == ["b"]
    assert found(index, "tejas") == ["a"]


def test_a_stop_word_has_no_other_spelling(make_index: MakeIndex) -> None:
    index = make_index({"a.txt": "Llegó tras la lluvia.\n", "b.txt": "Una persona trans.\n"})
    assert found(index, "trans") == ["b"]


@pytest.mark.parametrize(
    "typed",
    [
        "Казахстан",
        "казахстан",
        "كازاخستان",
        "哈萨克斯坦",
        "カザフスタン",
        "Καζακστάν",
        "Kasachstan",
        "Cazaquistão",
    ],
)
def test_a_country_is_found_under_its_name_in_another_language(make_index: MakeIndex, typed: str) -> None:
    index = make_index({"a.txt": "Gobierna en Kazajistán.\n", "b.txt": "Vive en Kazajstán.\n", "c.txt": "Nada.\n"})
    assert found(index, typed) == ["a", "b"]


@pytest.mark.parametrize(
    ("typed", "country"),
    [
        ("Соединенные Штаты", "los Estados Unidos"),
        ("United Kingdom", "el Reino Unido"),
        ("Deutschland", "Alemania"),
        ("Pays-Bas", "Holanda"),
        ("США", "EE. UU."),
    ],
)
def test_a_country_of_several_words_is_found_too(make_index: MakeIndex, typed: str, country: str) -> None:
    index = make_index({"a.txt": f"Viajó a {country}.\n", "b.txt": "No viajó.\n"})
    assert found(index, typed) == ["a"]


def test_a_foreign_name_that_the_texts_have_is_a_word_as_any_other(make_index: MakeIndex) -> None:
    index = make_index({"a.txt": "Viajó a Alemania.\n", "b.txt": "El libro Deutschland.\n"})
    assert found(index, "Deutschland") == ["b"]


def test_the_names_of_countries_are_those_of_cldr() -> None:
    names = country_names()
    for spanish, others in generator.country_names():
        for other in others:
            assert {tuple(name.split()) for name in spanish} <= {*names.of(tuple(other.split()))}


def test_each_built_in_place_has_one_line() -> None:
    analyzer = Analyzer()
    for path in DEFAULT_FILES:
        lines = [line.partition("#")[0] for line in path.read_text(encoding="utf-8").splitlines()]
        names = list(chain.from_iterable(line.split("=") for line in lines if line.strip()))
        folded = [tuple(word.folded for word in analyzer.words(name)) for name in names]
        assert sorted({name for name in folded if folded.count(name) > 1}) == []


def test_every_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("a b = c", encoding="utf-8")
    (tmp_path / "two.txt").write_text("Dos = c", encoding="utf-8")
    synonyms = read_synonyms([tmp_path / "one.txt", tmp_path / "two.txt"], Analyzer())
    assert synonyms.of(("c",)) == (("a", "b"), ("dos",))
    assert synonyms.proper == {"dos"}


def test_a_beginning_stands_for_all_words_that_begin_so() -> None:
    spellings = Spellings([("obscur*", "oscur*"), ("cenit", "zenit")])
    assert spellings.of("obscuridad") == ("oscuridad",)
    assert spellings.of("zenit") == ("cenit",)
    assert spellings.of("zenital") == spellings.of("claro") == ()


def test_the_spellings_of_a_group_find_each_other() -> None:
    spellings = spanish_spellings()
    assert "setiembre" in spellings.of("septiembre")
    assert "septiembre" in spellings.of("setiembre")
