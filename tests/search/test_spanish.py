"""Spanish text where other engines fail; each document shows one case."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest

from searchidx.analysis.analyzer import Analyzer
from searchidx.analysis.folding import fold
from searchidx.index import Index
from tests.index_support import MakeIndex, found
from tests.laws_support import laws

PAIRS = [
    ("luces", "Se apagó la luz del puerto."),
    ("luz", "Las luces del puerto se apagaron."),
    ("jueces", "Un juez dictó la sentencia."),
    ("juez", "Los jueces dictaron la sentencia."),
    ("índice", "Los índices subieron."),
    ("indices", "El índice subió."),
    ("estado", "Hubo un golpe de Estado en el país."),
    ("20337", "La ley 20.337 fue derogada."),
    ("20.337", "La ley 20337 fue derogada."),
    ("1.5", "Subió un 1,5 % en un mes."),
    ("pinguino", "Un pingüino cruzó el hielo."),
    ("pingüino", "Un pinguino cruzó el hielo."),
    ("cantar", "Entonces cantábamos en la plaza."),
    ("cantabamos", "Era hora de cantar."),
    ("recibio", "El ministro recibió al embajador."),
    ("recibir", "El ministro recibió al embajador."),
    ("recibió", "Volverá a recibir al embajador."),
    ("recibio", "Volverá a recibir al embajador."),
    ("tenia", "Quiere tener más tiempo."),
    ("interes", "Los intereses subieron."),
    ("ONU", "La O.N.U. aprobó la resolución."),
    ("o.n.u.", "La ONU aprobó la resolución."),
    ("kazaja", "La cooperación ruso-kazaja crece."),
    ("ruso-kazaja", "La cooperación rusa y kazaja crece."),
    ("sin", "Salió sin ruido."),
    ("contra", "Votaron contra la ley."),
    ("TOKÁYEV", "Habló Tokáyev."),
    ("lodz", "Viajó a Łódź en tren."),
    ("erdogan", "Recibió a Erdoğan."),
    ("cooperación", "La coope\u00adración crece."),
    ("Токаев", "Токаев приехал в Москву."),
    ("finanzas", "Las \ufb01nanzas mejoran."),
    ("1", "El 1.º de mayo es fiesta."),
    ("½", "Mide ½ metro."),
]


@pytest.mark.parametrize(("query", "text"), PAIRS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_word_is_found_in_its_other_forms(make_index: MakeIndex, query: str, text: str, form: str) -> None:
    normalized = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    index = make_index({"a.txt": f"Título de prueba\n\n{normalized}", "b.txt": "Otra cosa\n\nNada de ello aquí."})
    assert found(index, query) == ["a"]
    other = "NFD" if form == "NFC" else "NFC"
    assert found(index, unicodedata.normalize(other, query)) == ["a"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ano", "Pasó un año entero."),
        ("año", "El ano es una parte del cuerpo."),
        ("30", "Cuesta 30.000 pesos."),
        ("siglo XX II", "Nada de eso."),
        ("raza", "La luz trazó una línea."),
    ],
)
def test_words_that_only_look_alike_are_kept_apart(make_index: MakeIndex, query: str, text: str) -> None:
    assert found(make_index({"a.txt": f"Prueba\n\n{text}"}), query) == []


def test_the_country_comes_before_any_other_states(make_index: MakeIndex) -> None:
    index = make_index(
        {
            "otros.txt": "Frontera\n\nVecinos unidos de varios estados firmaron el acuerdo.",
            "pais.txt": "Cumbre\n\nLos Estados Unidos firmaron el acuerdo con sus vecinos.",
        }
    )
    for query in ("Estados Unidos", "estados unidos", "los Estados Unidos"):
        assert [hit.id for hit in index.search(query).hits] == ["pais.txt", "otros.txt"]


def test_the_typed_accent_wins_a_tie(make_index: MakeIndex) -> None:
    index = make_index(
        {
            "sin.txt": "Prueba\n\nEl publico aplaudió mucho.",
            "con.txt": "Prueba\n\nEl público aplaudió mucho.",
        }
    )
    assert [hit.id for hit in index.search("público").hits] == ["con.txt", "sin.txt"]


def test_a_phrase_does_not_cross_paragraphs(make_index: MakeIndex) -> None:
    index = make_index({"a.txt": "Prueba\n\nHablaron del gas natural.\n\nRusia lo vende."})
    assert found(index, '"gas natural"') == ["a"]
    assert found(index, '"natural Rusia"') == []


def test_a_quoted_word_is_never_stemmed(make_index: MakeIndex) -> None:
    index = make_index({"a.txt": "Prueba\n\nHubo una reunión.", "b.txt": "Prueba\n\nHubo reuniones."})
    assert found(index, '"reunión"') == found(index, '"reunion"') == ["a"]


def test_centuries_are_not_an_acronym(make_index: MakeIndex) -> None:
    index = make_index({"a.txt": "Prueba\n\nFue en el siglo XX. II Guerra Mundial."})
    assert found(index, "XX") == found(index, "II") == ["a"]


def test_a_word_of_the_source_the_place_or_the_author_is_found(make_index: MakeIndex) -> None:
    record = {
        "id": "x",
        "title": "T",
        "text": "Nada.",
        "source": "El País",
        "place": "Bogotá",
        "author": "Ana Muñoz",
    }
    index = make_index({"a.jsonl": json.dumps(record)})
    for query in ("pais", "bogota", "muñoz", 'autor:"ana muñoz"', "fuente:país", "lugar:BOGOTÁ", "archivo:a"):
        assert found(index, query) == ["x"], query
    assert found(index, 'autor:"muñoz ana"') == found(index, "munoz") == found(index, "autor:país") == []


def accents_are_never_needed(index: Index, texts: list[str]) -> tuple[int, list[str]]:
    """How many accented words there are, and those that are not found in their document without accents."""
    analyzer = Analyzer()
    words = {word.lower for text in texts for word in analyzer.words(text) if word.accented}
    missed = []
    with index._readers._current() as current:
        for form in words:
            (typed,) = current.vocabulary.words(fold(form))
            word = analyzer.word(form)
            terms = {*typed.folded_forms, *(stem.term for stem in typed.stems)}
            if terms.isdisjoint((word.folded, *word.stems)):
                missed.append(form)
    return len(words), missed


def test_every_accented_word_of_the_corpus_is_found_without_its_accents(seeds: Index) -> None:
    texts = [seeds.document(hit.id).text for hit in seeds.search("de la", per_page=100).hits]
    count, missed = accents_are_never_needed(seeds, texts)
    assert count > 150
    assert missed == []


def test_an_accented_word_is_found_by_its_letters_through_the_whole_engine(seeds: Index) -> None:
    analyzer = Analyzer()
    document = seeds.document(seeds.search("fecha:2025-11-12").hits[0].id)
    accented = sorted({word.lower for word in analyzer.words(document.text) if word.accented})
    missed = [
        form for form in accented if document.id not in [hit.id for hit in seeds.search(f"+{fold(form)}").hits]
    ]
    assert missed == []


@pytest.mark.slow
def test_every_accented_word_of_ten_thousand_laws_is_found_without_its_accents(tmp_path: Path) -> None:
    lines = list(laws(10_000))
    (tmp_path / "laws.jsonl").write_text("".join(lines), encoding="utf-8")
    with Index.create(tmp_path / "index") as index:
        index.sync(tmp_path / "laws.jsonl")
        count, missed = accents_are_never_needed(index, [json.loads(line)["text"] for line in lines])
    assert count > 10_000
    assert missed == []
