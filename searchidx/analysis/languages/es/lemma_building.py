"""Builds the file of lemmas: `python -m searchidx.analysis.languages.es.lemma_building` (`make lemmas`).

Nouns, adjectives and the list of verbs come from the Spanish dictionary of simplemma (MIT licence,
https://github.com/adbar/simplemma). Verbs are conjugated here, because dictionaries lack forms and have wrong
ones.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from searchidx.analysis.folding import fold
from searchidx.analysis.languages.es.conjugation import conjugate
from searchidx.analysis.languages.es.families import family_roots
from searchidx.analysis.languages.es.lemma_file import LEMMA_FILE, Reading, Relatives, accent_of, write_lemma_file
from searchidx.runtime.files import data_lines

_INFINITIVE = ("ar", "er", "ir", "ír")
_FEWEST_VERB_FORMS = 30  # a word with fewer forms is a noun such as *lugar*
_MORE_VERBS = (
    "elegir",
    "ser",
    "ir",
    "haber",
    "estar",
    "dar",
    "ver",
    "tuitear",
    "googlear",
    "chatear",
    "empoderar",
    "resetear",
)
_PRONOUNS = ("se", "le", "les", "lo", "la", "los", "las")
_NO_VERBS = frozenset({"eligir", "elijar", "erar", "dimir"})  # misread by the dictionary
_ACUTE = "áéíóú"
_FEMININE_ADJECTIVES = (
    "ica",
    "iva",
    "osa",
    "ada",
    "ida",
    "aria",
    "oria",
    "ana",
    "ina",
    "nda",
    "era",
    "ora",
    "esa",
)
"""Ends of feminine adjectives that are nouns as well (*política, autopista financiera*)."""

Lemmas = Mapping[str, str]  # form → lemma, of a dictionary


def build(path: Path = LEMMA_FILE) -> int:
    """Write the file; the number of its forms."""
    lemmas = _dictionary()
    verbs = _verbs(lemmas)
    readings = _readings(_noun_forms(lemmas, verbs), verbs, lemmas)
    folded_readings = [(fold(form), reading) for form, found in readings.items() for reading in found]
    write_lemma_file(path, folded_readings, _relatives(folded_readings))
    return len(readings)


def _relatives(readings: Iterable[tuple[str, Reading]]) -> Iterator[tuple[str, Relatives]]:
    """(lemma, relatives) of every lemma that has any."""
    by_form: dict[str, list[Reading]] = defaultdict(list)
    for folded, reading in readings:
        by_form[folded].append(reading)
    lemmas = {reading.lemma for found in by_form.values() for reading in found}
    families = [line.split() for line in _lines("families.txt")]
    not_derived = {word for line in _lines("not_derived.txt") for word in line.split()}
    roots = family_roots(lemmas, families, not_derived)
    derived_from = set(roots.values())
    homographs = {
        reading.lemma
        for found in by_form.values()
        for reading in found
        if reading.is_secondary or (reading.accent and any(not each.accent for each in found))
    }
    for lemma in sorted(lemmas):
        relatives = Relatives(roots.get(lemma, lemma), lemma in derived_from, lemma in homographs)
        if relatives != Relatives(lemma):
            yield lemma, relatives


def _dictionary() -> Lemmas:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    dictionary = DefaultDictionaryFactory().get_dictionary("es")
    return {
        form: lemma
        for form, lemma in dictionary.items()
        if form.isalpha() and form == form.lower() == form.strip()
    }


def _verbs(lemmas: Lemmas) -> Mapping[str, frozenset[str]]:
    """Infinitive → its forms."""
    attested = defaultdict(set)
    for form, lemma in lemmas.items():
        attested[lemma].add(form)
    infinitives = {
        each for each in attested if each.endswith(_INFINITIVE) and len(attested[each]) >= _FEWEST_VERB_FORMS
    }
    infinitives |= {each[:-2] for each in attested if each[-4:-2] in _INFINITIVE and each.endswith("se")}
    infinitives.update(_MORE_VERBS)
    infinitives -= _NO_VERBS
    return {each: conjugate(each, attested[each]) for each in sorted(infinitives)}


def _noun_forms(lemmas: Lemmas, verbs: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str, bool]]:
    """(form, lemma, whether that is secondary) of every word that is no verb, also those missing there."""
    joined = dict(_joined())
    nouns = {
        form: lemma
        for form, lemma in lemmas.items()
        if lemma not in verbs and lemma not in _NO_VERBS and not _is_reflexive(lemma)
    }
    singulars = {lemma for lemma in nouns.values() if lemma.isalpha() and lemma == lemma.lower()}
    for form, lemma in nouns.items():
        yield form, joined.get(lemma, lemma), False
    for singular in sorted(singulars | set(joined) | set(joined.values())):
        lemma = joined.get(singular, singular)
        yield singular, lemma, False
        for form in plurals(singular):
            yield form, lemma, nouns.get(form, lemma) not in (lemma, singular)
        if singular.endswith("o"):
            yield from _feminine_forms(singular, lemma, nouns, lemmas)
    yield from _feminine_nouns(nouns)
    for infinitive in verbs:
        if infinitive + "es" in lemmas:
            yield infinitive + "es", infinitive, False
    for line in _lines("more_nouns.txt"):
        form, lemma = line.split()
        yield form, lemma, False


def _feminine_forms(masculine: str, lemma: str, nouns: Lemmas, lemmas: Lemmas) -> Iterator[tuple[str, str, bool]]:
    """*apta* of *apto*, where the dictionary has no word of its own for the feminine."""
    for form in (masculine[:-1] + "a", masculine[:-1] + "as"):
        if nouns.get(form) not in (masculine[:-1] + "a", form):
            yield form, lemma, form in lemmas


def _feminine_nouns(nouns: Lemmas) -> Iterator[tuple[str, str, bool]]:
    """*política* of *político*: nouns in -a that are feminines of an adjective or noun as well."""
    for form, lemma in nouns.items():
        if lemma.endswith("a") and form.removesuffix("s") == lemma:
            masculine = lemma[:-1] if lemma.endswith("ora") else lemma[:-1] + "o"
            is_adjective = lemma.endswith(_FEMININE_ADJECTIVES) or lemma + "mente" in nouns
            if is_adjective and nouns.get(masculine) == masculine:
                yield form, masculine, True


def plurals(singular: str) -> Iterator[str]:
    """The regular plural of a noun or adjective; two where both are in use.

    >>> list(plurals("luz")), list(plurals("reunión")), list(plurals("joven"))
    (['luces'], ['reuniones'], ['jóvenes'])
    """
    plain = singular.translate(str.maketrans(_ACUTE, "aeiou"))
    if singular[-1] in "aeiouáéó":
        yield singular + "s"
    elif singular[-1] in "íú":
        yield singular + "es"
        yield singular + "s"
    elif singular[-1] == "z":
        yield singular[:-1] + "ces"
    elif singular[-1] in "ns" and len(singular) > 2 and singular[-2] in _ACUTE:
        yield plain + "es"
    elif singular[-1] == "n" and plain == singular and sum(each in "aeiou" for each in singular) > 1:
        yield _accented_before_last(singular) + "es"
    elif singular[-1] in "lrndj" or (singular[-1] in "sy" and sum(each in "aeiou" for each in plain) == 1):
        yield singular + "es"


def _accented_before_last(word: str) -> str:
    """The word with an accent on the vowel before its last one: *joven, jóven*."""
    vowels = [index for index, letter in enumerate(word) if letter in "aeiou"]
    at = vowels[-2]
    return word[:at] + word[at].translate(str.maketrans("aeiou", _ACUTE)) + word[at + 1 :]


def _joined() -> Iterator[tuple[str, str]]:
    """(word, the lemma that it gets)."""
    for line in _lines("joined_lemmas.txt"):
        word, *lemma = line.split()
        yield word, lemma[0] if lemma else word[:-1] + "o"


def _readings(
    nouns: Iterable[tuple[str, str, bool]], verbs: Mapping[str, frozenset[str]], lemmas: Lemmas
) -> Mapping[str, list[Reading]]:
    """Form → its readings; where the dictionary has one of them, the others are secondary."""
    readings: dict[str, dict[tuple[str, bool], Reading]] = defaultdict(dict)
    for form, lemma, is_secondary in nouns:
        readings[form].setdefault((lemma, False), Reading(lemma, accent_of(form), is_secondary=is_secondary))
    for infinitive, forms in verbs.items():
        with_pronoun = (infinitive + pronoun for pronoun in _PRONOUNS)
        for form in (*forms, *(each for each in with_pronoun if each in lemmas)):
            readings[form][infinitive, True] = Reading(infinitive, accent_of(form), is_verb=True)
    return {form: _ranked([*found.values()], lemmas.get(form)) for form, found in sorted(readings.items())}


def _ranked(readings: list[Reading], usual: str | None) -> list[Reading]:
    """A verb is secondary where the dictionary has the form as another word."""
    primary = {each.lemma for each in readings if not each.is_verb and not each.is_secondary}
    if usual is None or not (primary or usual in {each.lemma for each in readings}):
        return readings
    return [replace(each, is_secondary=each.lemma != usual) if each.is_verb else each for each in readings]


def _is_reflexive(lemma: str) -> bool:
    return lemma.endswith("se") and lemma[-4:-2] in _INFINITIVE


def _lines(name: str) -> Iterable[str]:
    return [line for _, line in data_lines(Path(__file__).with_name(name))]


if __name__ == "__main__":
    sys.stdout.write(f"{build()} forms in {LEMMA_FILE.name}\n")
