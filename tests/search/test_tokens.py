"""Figures, codes, initials, abbreviations and numerals are found however they are written."""

from __future__ import annotations

import unicodedata

import pytest

from tests.index_support import MakeIndex, found, found_with_all

FOUND = [
    # figures
    ("30000", "Pagó 30,000 pesos."),
    ("30.000", "Pagó 30,000 pesos."),
    ("30 000", "Pagó 30,000 pesos."),
    ("30,000", "Pagó 30000 pesos."),
    ("1.250.300", "Votaron 1,250,300 personas."),
    ("1.250,50", "Costó $1,250.50 en total."),
    ("3.5", "Subió un 3,5 %."),
    # codes
    ("B52", "Voló un B-52."),
    ("B 52", "Voló un B52."),
    ("b-52", "Voló un B 52."),
    ("covid19", "La COVID-19 remite."),
    ("COVID 19", "La covid19 remite."),
    ("ISO9001", "La norma ISO 9001."),
    ("11M", "Los atentados del 11-M."),
    ("RFC 2822", "La norma RFC2822."),
    ("G-20", "Se reunió el G20."),
    ('"cumbre del G20"', "La cumbre del G-20."),
    ("=B52", "Voló un B-52."),
    ("rfc28*", "La norma RFC2822."),
    ("rfc?822", "La norma RFC-2822."),
    ("covis19~", "La COVID-19 remite."),
    ("km2", "Mide 30 km²."),
    ("CO2", "Emite CO₂."),
    ("v2.5", "La versión 2.5, o v2.5, ya está."),
    ("b6d178efe64e1b6c", "El fichero b6d178efe64e1b6c."),
    # joined tokens
    ("I+D", "El gasto en I+D creció."),
    ("I+D+i", "El gasto en I+D+i creció."),
    ("14/2013", "La Ley 14/2013, de 27 de septiembre."),
    ("elpais.com", "Según www.elpais.com, sí."),
    ("https://www.elpais.com/una-nota/", "Véase https://www.elpais.com/una-nota/ hoy."),
    ("@ana_ruiz", "Lo dijo @ana_ruiz ayer."),
    ("O'Higgins", "El parque O’Higgins."),
    ("AC/DC", "Tocó AC/DC."),
    ("ruso-kazaja", "La cooperación rusa y kazaja."),
    ("ciudadano/a", "Cada ciudadano vota."),
    # initials
    ("J.L. Borges", "J. L. Borges escribió."),
    ('"J. L. Borges"', "J.L. Borges escribió."),
    ("JRR Tolkien", "J. R. R. Tolkien."),
    ("SA", "La empresa Sol, S. A., cerró."),
    ('"Sol S.A."', "La empresa Sol, S. A., cerró."),
    ("44 a.C.", "Murió en el 44 a. C."),
    # signs on words
    ("tratado", "El tratado¹ fue firmado."),
    ('"tratado fue firmado"', "El tratado¹ fue firmado."),
    ("cláusula", "La cláusula† rige."),
    # abbreviations
    ("artículo 14", "Según el art. 14."),
    ('"artículo 14"', "Según el art. 14."),
    ("art. 14", "Según el artículo 14."),
    ("art.14", "Según el art. 14."),
    ("art 14", "Según el art. 14."),
    ("artículos", "Según los arts. 14 y 15."),
    ("número 5", "El n.º 5 de la calle."),
    ("nº 5", "El No. 5 de la calle."),
    ('"avenida de América"', "En la Avda. de América."),
    ("Avda. de América", "En la avenida de América."),
    ("señor Ruiz", "Habló el Sr. Ruiz."),
    ("doña Ana", "Habló D.ª Ana."),
    ("dr Pérez", "Habló el Dr. Pérez."),
    # numerals
    ("siglo 21", "La novela del siglo XXI."),
    ("siglo 21", "Los siglos XX y XXI."),
    ("siglo XXI", "La novela del siglo 21."),
    ("siglo XIX", "Una iglesia del s. XIX."),
    ("siglo 5", "En el siglo V."),
    ("juan pablo 2", "El papa Juan Pablo II."),
    ("Felipe VI", "El rey Felipe 6."),
    ("Felipe 6", "El rey Felipe VI."),
    # characters
    ("北京", "Vive en 北京市."),
    ('"京市"', "Vive en 北京市."),
    ("北京*", "Vive en 北京市."),
]

NOT_FOUND = [
    ("125", "Subió un 1,25 %."),
    ("30", "Pagó 30,000 pesos."),
    ('"B52"', "Grupo B, 3 de 52."),
    ('"I+D"', "Alfonso I fue rey y D. Pedro no."),
    ("maria.lopez@ejemplo.es", "María López envió un ejemplo."),
    ('"artículo 14"', "Según los arts. 13 y 14."),
    ("número", "¿Viene? No. Dijo que no."),
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("query", "text"), FOUND)
def test_a_thing_is_found_however_it_is_written(make_index: MakeIndex, query: str, text: str, form: str) -> None:
    written = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    index = make_index({"a.txt": f"Título de prueba\n\n{written}", "b.txt": "Otra cosa\n\nNada de ello aquí."})
    assert found(index, query) == ["a"]


@pytest.mark.parametrize(("query", "text"), NOT_FOUND)
def test_other_things_with_the_same_signs_are_not_found(make_index: MakeIndex, query: str, text: str) -> None:
    assert found(make_index({"a.txt": f"Prueba\n\n{text}"}), query) == []


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("siglo 21", "Un siglo de 20 años y XX más."),
        ("ayer vi", "Ayer 6 personas murieron."),
        ("mesa 2", "Una mesa y la silla II."),
        ("北京", "Vive en 京北."),
    ],
)
def test_what_looks_alike_has_not_all_words(make_index: MakeIndex, query: str, text: str) -> None:
    assert make_index({"a.txt": f"Prueba\n\n{text}"}).search(query).match == "any"


@pytest.mark.parametrize(
    ("query", "together", "apart"),
    [
        ("I+D", "Creció el gasto en I+D.", "Alfonso I y D. Jaime fueron reyes."),
        ("12/11/2025", "Firmado el 12/11/2025.", "Entre 11 y 12 personas en 2025."),
        ("3-1", "El partido acabó 3-1.", "Hubo 3 heridos y 1 muerto."),
        ("B52", "Voló un B-52.", "El grupo B tiene 52 miembros."),
        ("ana@sol-luna.es", "Escriba a ana@sol-luna.es.", "Ana vio el sol y la luna; es tarde."),
    ],
)
def test_parts_that_stand_apart_are_found_when_nothing_has_them_together(
    make_index: MakeIndex, query: str, together: str, apart: str
) -> None:
    index = make_index({"a.txt": f"Uno\n\n{together}", "b.txt": f"Dos\n\n{apart}"})
    assert found(index, query) == ["a"]
    index = make_index({"b.txt": f"Dos\n\n{apart}"})
    results = index.search(query)
    assert ([hit.id for hit in results.hits], results.match) == (["b.txt"], "any")


def test_joined_tokens_are_one_word_of_the_query(make_index: MakeIndex) -> None:
    index = make_index({"a.txt": "Uno\n\nEl B-52 voló sobre Lima.", "b.txt": "Dos\n\nLima tiene 52 plazas B."})
    assert found_with_all(index, "Lima B52") == ["a"]
    assert found(index, "Lima -B52") == ["b"]
    assert found(index, "Lima O B52") == ["a", "b"]
    assert index.search("Lima B-52").interpreted == "lima b-52"


def test_the_whole_token_is_highlighted(make_index: MakeIndex) -> None:
    text = "Según el art. 14, J. L. Borges pagó 30,000 en 北京 por un B-52 y un tratado¹."
    index = make_index({"a.txt": f"Prueba\n\n{text}"})
    for query, marked in (
        ("artículo", ["art."]),
        ("JL", ["J. L."]),
        ("30000", ["30,000"]),
        ("北京", ["北京"]),
        ("b52", ["B-52"]),
        ("tratado", ["tratado"]),
    ):
        (snippet,) = index.search(query).hits[0].snippets
        assert [snippet.text[start:end] for start, end in snippet.ranges] == marked, query


def test_abbreviations_and_numerals_are_shown_and_can_be_switched_off(make_index: MakeIndex) -> None:
    index = make_index({"a.txt": "Prueba\n\nEl artículo del siglo XXI."})
    assert [(each.term, each.forms) for each in index.search("art siglo 21").expansions] == [
        ("art", ("articulo",)),
        ("21", ("xxi",)),
    ]
    assert index.search("siglo 21", synonyms=False).match == "any"


@pytest.mark.parametrize(
    "query", ["B52^", "--B52", "+", "1,000,", "art.", "J. L. -", "=J. L.", "ñ9*", "a1?b2*", "@", "a@"]
)
def test_odd_queries_are_answered(make_index: MakeIndex, query: str) -> None:
    make_index({"a.txt": "Prueba\n\nEl art. 5, J. L."}).search(query)
