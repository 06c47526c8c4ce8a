"""Spanish forms and their lemmas: which forms meet, and which must not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.analysis.languages.es.conjugation import conjugate
from searchidx.analysis.languages.es.lemma_building import plurals
from searchidx.analysis.languages.es.spanish import SPANISH


def finds(typed: str, written: str) -> bool:
    """Whether a search for one form finds the other one."""
    return not {stem.term for stem in SPANISH.search_stems(typed)}.isdisjoint(SPANISH.stems(written))


def kinship(typed: str, written: str) -> str:
    """How the nearest term that both share is related to the typed form."""
    return next(stem.kinship for stem in SPANISH.search_stems(typed) if stem.term in SPANISH.stems(written))


@pytest.mark.parametrize(
    ("infinitive", "forms"),
    [
        ("decir", "dijo dirán diga dicho diciendo decís decile dígaselo dime dímelo"),
        ("ir", "fue iba vaya yendo voy vámonos irse"),
        ("ser", "fue era eres siendo sean"),
        ("haber", "hubo hay hubiesen habría"),
        ("poder", "puede pudo podría podés pudiere"),
        ("traer", "trajo trajéronle trajeron traigo trayendo traído tráelo"),
        ("conducir", "condujo conduzco conduzcan"),
        ("leer", "leyó leyendo leída leerse"),
        ("contar", "cuenta cuentan conté contare contándoselo"),
        ("sentir", "siente sintió sintiendo sintamos"),
        ("dormir", "durmió duerme durmiendo"),
        ("pedir", "pidió pida pedid pídanle"),
        ("elegir", "eligió elija eligiendo elegida"),
        ("buscar", "busqué busquen búsquelo"),
        ("averiguar", "averigüe averigüéis"),
        ("vencer", "venzo venza venció"),
        ("coger", "cojo cojan cogió"),
        ("huir", "huyó huyendo huyen"),
        ("prohibir", "prohíbe prohibió prohíbase"),
        ("enviar", "envío envían enviado"),
        ("escribir", "escrito escribiere escribís"),
        ("romper", "roto rompiéndose"),
        ("hacer", "hecho hizo haría hágase hacerlo"),
        ("publicar", "publíquese publicare publicás"),
        ("sentar", "sentaos siéntese siento"),
        ("tuitear", "tuiteó tuiteando tuitearon"),
    ],
)
def test_a_verb_is_found_in_all_its_forms(infinitive: str, forms: str) -> None:
    assert [form for form in forms.split() if not finds(infinitive, form)] == []


@pytest.mark.parametrize(
    ("singular", "others"),
    [
        ("año", "años"),
        ("gobierno", "gobiernos"),
        ("luz", "luces"),
        ("país", "países"),
        ("régimen", "regímenes"),
        ("carácter", "caracteres"),
        ("joven", "jóvenes"),
        ("examen", "exámenes"),
        ("niño", "niña niñas niños"),
        ("juez", "jueza juezas jueces"),
        ("presidente", "presidenta presidentas"),
        ("francés", "francesa franceses"),
        ("bueno", "buena buen buenos buenas"),
        ("apto", "apta aptos aptas"),
        ("político", "política políticos"),
        ("chófer", "chofer choferes"),
        ("periodo", "período períodos"),
        ("rápido", "rapidísimo rapidísimas"),
        ("hacker", "hackers"),
        ("exdiputado", "exdiputada exdiputados"),
        ("era", "eras"),
    ],
)
def test_a_noun_or_adjective_is_found_in_all_its_forms(singular: str, others: str) -> None:
    assert [form for form in others.split() if not finds(singular, form)] == []


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("comida", "como"),
        ("verde", "verdad"),
        ("tela", "tele"),
        ("sábado", "saber"),
        ("ley", "leyó"),
        ("creará", "creer"),
        ("comunidades", "comunistas"),
        ("nada", "nado"),
        ("año", "ano"),
        ("término", "terminó"),
        ("papá", "parir"),
        ("paz", "paso"),
        ("general", "género"),
        ("caso", "cosa"),
        ("caso", "casa"),
        ("partido", "parte"),
        ("correo", "correa"),
        ("orar", "orense"),
        ("dar", "dímelo"),
    ],
)
def test_different_words_do_not_meet(typed: str, written: str) -> None:
    assert not finds(typed, written)


@pytest.mark.parametrize(
    ("typed", "written", "expected"),
    [
        ("acordar", "acordaron", "form"),
        ("acordar", "acuerdo", "homograph"),
        ("venir", "vino", "homograph"),
        ("administrar", "administración", "family"),
        ("elegir", "elecciones", "family"),
        ("detener", "detenciones", "family"),
        ("intervención", "interviene", "family"),
        ("petróleo", "petroleras", "family"),
        ("perro", "perritos", "family"),
        ("feliz", "felizmente", "family"),
        ("rápida", "rápidamente", "family"),
        ("nación", "nacionales", "family"),
        ("seguridad", "seguro", "family"),
    ],
)
def test_the_kinship_of_words_that_meet(typed: str, written: str, expected: str) -> None:
    assert kinship(typed, written) == expected


@pytest.mark.parametrize(("plain", "accented"), [("termino", "término"), ("lineas", "líneas"), ("papa", "papá")])
def test_a_form_without_its_accent_stands_for_all_forms_with_its_letters(plain: str, accented: str) -> None:
    assert finds(plain, accented)
    assert finds(accented, plain)


@given(st.text(max_size=30))
def test_any_string_is_found_by_itself(text: str) -> None:
    lower = unicodedata.normalize("NFC", text).lower()
    assert finds(lower, lower)


@given(st.from_regex(r"[a-zñáéíóúü]{2,12}(ar|er|ir)", fullmatch=True))
def test_any_infinitive_has_its_forms(infinitive: str) -> None:
    forms = conjugate(infinitive)
    assert infinitive in forms
    assert len(forms) > 40


@pytest.mark.parametrize(
    ("singular", "expected"),
    [
        ("casa", ["casas"]),
        ("reunión", ["reuniones"]),
        ("interés", ["intereses"]),
        ("lunes", []),
        ("virgen", ["vírgenes"]),
        ("israelí", ["israelíes", "israelís"]),
        ("mes", ["meses"]),
    ],
)
def test_regular_plurals(singular: str, expected: list[str]) -> None:
    assert list(plurals(singular)) == expected
