"""The terms of a Spanish form: those it is indexed under, and those it is searched by.

    casas     lemma casa                 indexed under casa
    vuelo     lemma vuelo, also volar    indexed under vuelo and, as a homograph, volar~
    elección  derived from elegir        indexed under elección and, as one of the family, elegir*

A form that the dictionary lacks is taken apart by rules: enclitic pronouns (*dígaselo*), diminutives,
superlatives, adverbs, plurals, prefixes. What no rule knows has a stem of Snowball, marked so that no word of the
dictionary shares it. Without an accent a form stands for all forms with its letters; with one, for the forms that
have it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from searchidx.analysis.folding import fold
from searchidx.analysis.languages.es.lemma_file import LemmaFile, Reading, Relatives, accent_of
from searchidx.analysis.languages.language import SearchStem

_HOMOGRAPH = "~"
_FAMILY = "*"
_UNKNOWN = "?"
"""What marks a term: a lemma that is not the usual one of the form, a family, a stem of an unknown word."""

_CLITICS = re.compile("(?:me|te|se|nos|os|lo|la|le|los|las|les)$")
_MOST_CLITICS = 3
_SHORTEST_BASE_WITHOUT_ACCENT = 5  # letters of an imperative whose form with pronouns may lack its accent

_PREFIXES = re.compile(
    "(?:anti|auto|bio|co|contra|eco|ex|extra|hiper|infra|inter|macro|mega|micro|mini|mono|multi|narco|neo|para|pluri|"
    "poli|post|pos|pre|pro|pseudo|re|semi|sobre|sub|super|supra|tele|trans|ultra|vice)"
)
_SHORTEST_BASE = 4  # letters of a word that a prefix stands before

_DIMINUTIVE = re.compile("(?P<stem>..+?)(?:ec|c)?(?:it|ill)(?P<gender>[oa])s?$")
_SUPERLATIVE = re.compile("(?P<stem>..+?)isim[oa]s?$")


class Lemmas:
    """The terms of forms. May serve many threads when `snowball` may."""

    def __init__(self, file: LemmaFile, snowball: Callable[[str], str], function_words: frozenset[str]) -> None:
        """`snowball` gives the stem of a folded form; `function_words`, as written, share a term with no other."""
        self._file = file
        self._snowball = snowball
        self._function_words = function_words

    def stems(self, lower: str) -> tuple[str, ...]:
        """The terms that a form is indexed under, the main one first."""
        folded = fold(lower)
        readings = self._readings(lower, folded)
        if not readings:
            return (self._without_lemma(lower, folded),)
        terms = [each.lemma for each in readings if not each.is_secondary]
        terms += [each.lemma + _HOMOGRAPH for each in readings if each.is_secondary and each.lemma not in terms]
        for lemma in [each.lemma for each in readings if not each.is_secondary]:
            root = self._relatives(lemma).root
            if root != lemma:
                terms.append(root + _FAMILY)
        return tuple(dict.fromkeys(terms))

    def search_stems(self, lower: str) -> tuple[SearchStem, ...]:
        """The terms that a typed form is searched by."""
        folded = fold(lower)
        readings = self._readings(lower, folded)
        if not readings:
            return (SearchStem(self._without_lemma(lower, folded), "form"),)
        return tuple(_distinct(self._related(readings)))

    def _related(self, readings: Sequence[Reading]) -> Iterator[SearchStem]:
        for reading in readings:
            yield SearchStem(reading.lemma, "homograph" if reading.is_secondary else "form")
        for reading in readings:
            # Two unusual readings of one verb have nothing in common: *partido* does not find *parte*.
            if not reading.is_secondary and self._relatives(reading.lemma).has_homographs:
                yield SearchStem(reading.lemma + _HOMOGRAPH, "homograph")
        for lemma in [each.lemma for each in readings if not each.is_secondary]:
            relatives = self._relatives(lemma)
            if relatives.root != lemma:
                yield SearchStem(relatives.root, "family")
                yield SearchStem(relatives.root + _FAMILY, "family")
            elif relatives.has_derived:
                yield SearchStem(lemma + _FAMILY, "family")

    def name_stems(self, lower: str) -> tuple[SearchStem, ...]:
        """The terms that a typed form is searched by when it is a name: its own lemma, when that is the form."""
        readings = self._readings(lower, fold(lower))
        own = [each for each in readings if fold(each.lemma) == fold(lower) and not each.is_verb]
        return tuple(SearchStem(each.lemma, "form") for each in own)

    def has_telling_accent(self, lower: str) -> bool:
        """Whether another accent of a form makes other words, and the written one makes a word."""
        accent = accent_of(lower)
        accents = {each.accent for each in self._file.readings(fold(lower))}
        return accent > 0 and accent in accents and any(each not in (0, accent) for each in accents)

    def is_known(self, lower: str) -> bool:
        """Whether a form has a lemma."""
        return bool(self._readings(lower, fold(lower)))

    def _without_lemma(self, lower: str, folded: str) -> str:
        if lower in self._function_words or not folded.isalpha():
            return folded
        return _UNKNOWN + self._snowball(_singular(folded))

    def _relatives(self, lemma: str) -> Relatives:
        relatives = self._file.relatives(lemma)
        if relatives.root == lemma and lemma.endswith("mente"):
            adjective = next((each.lemma for each in self._adjectives(lemma.removesuffix("mente"))), None)
            return replace(relatives, root=self._file.relatives(adjective).root) if adjective else relatives
        return relatives

    def _readings(self, lower: str, folded: str) -> list[Reading]:
        if lower in self._function_words or not folded.isalpha():
            return []
        known = _with_accent(self._file.readings(folded), lower)
        return known or self._taken_apart(lower, folded)

    def _taken_apart(self, lower: str, folded: str) -> list[Reading]:
        """The readings of a form that the dictionary lacks, by the first rule that knows it."""
        if readings := self._enclitic(folded, has_accent=accent_of(lower) > 0):
            return readings
        rules = (self._adverb, self._superlative, self._diminutive, self._plural, self._prefixed)
        return next((readings for rule in rules if (readings := rule(folded))), [])

    def _enclitic(self, folded: str, *, has_accent: bool) -> list[Reading]:
        """Pronouns after an infinitive, a gerund or an imperative: *darle, llevándoselo, vámonos, sentaos*."""
        verb = folded
        for _ in range(_MOST_CLITICS):
            shorter = _CLITICS.sub("", verb)
            if len(shorter) < 2 or shorter == verb:
                return []
            verb = shorter
            bases = [verb]
            if folded.endswith("nos") and verb.endswith("mo"):
                bases.append(verb + "s")
            elif folded.endswith("os") and verb[-1] in "aei":
                bases.append(verb + "d")
            for base in bases:
                readings = [each for each in self._file.readings(base) if _takes_pronouns(base, each, has_accent)]
                if readings:
                    return readings
        return []

    def _adverb(self, folded: str) -> list[Reading]:
        """*-mente* after the feminine of an adjective; a lemma of its own, in the family of the adjective."""
        adjective = folded.removesuffix("mente")
        if adjective == folded or not self._adjectives(adjective):
            return []
        return [Reading(folded)]

    def _adjectives(self, form: str) -> list[Reading]:
        return [each for each in self._file.readings(fold(form)) if not each.is_verb]

    def _superlative(self, folded: str) -> list[Reading]:
        match = _SUPERLATIVE.match(folded)
        return self._first_noun(_respelled(match["stem"]), ("o", "e", "", "a")) if match else []

    def _diminutive(self, folded: str) -> list[Reading]:
        match = _DIMINUTIVE.match(folded)
        if match is None:
            return []
        endings = (match["gender"], "e", "", "o" if match["gender"] == "a" else "a")
        return self._first_noun(_respelled(match["stem"]), endings)

    def _first_noun(self, stems: Iterable[str], endings: Sequence[str]) -> list[Reading]:
        forms = (stem + ending for stem in stems for ending in endings)
        return next((nouns for form in forms if (nouns := self._adjectives(form))), [])

    def _plural(self, folded: str) -> list[Reading]:
        if not folded.endswith("s"):
            return []
        if folded.endswith("ntes"):  # *obrantes*, which a dictionary may have as a form of *obrar*
            return self._file.readings(folded[:-1])
        return self._first_noun((folded.removesuffix("s"), folded.removesuffix("es")), ("",))

    def _prefixed(self, folded: str) -> list[Reading]:
        """A prefix before a known word: a lemma of its own, which its forms share (*exdiputada, exdiputados*)."""
        match = _PREFIXES.match(folded)
        if match is None:
            return []
        prefix, base = match[0], folded[match.end() :]
        if len(base) < _SHORTEST_BASE:
            return []
        if base.startswith("rr"):
            base = base[1:]
        return [replace(each, lemma=prefix + each.lemma) for each in self._file.readings(base)]


def _with_accent(readings: list[Reading], lower: str) -> list[Reading]:
    """The readings of a form as it is written; of one that has no accent, also those of accented forms."""
    accent = accent_of(lower)
    same = [each for each in readings if each.accent == accent]
    if accent and same:
        readings = same
    elif same:
        readings = [each if each.accent == 0 else replace(each, is_secondary=True) for each in readings]
    if all(each.is_secondary for each in readings):
        readings = [replace(each, is_secondary=False) for each in readings]
    return sorted(readings, key=lambda each: (each.is_secondary, each.is_verb, each.lemma))


def _takes_pronouns(base: str, reading: Reading, has_accent: bool) -> bool:
    """Whether a form of a verb can have pronouns after it: infinitive, gerund, imperative, and old preterites.

    An imperative gets a written accent with them (*óiganse*), unless its last syllable is stressed (*decile*) or
    its only one (*dile*). Texts leave accents out, but a short one without it is mostly another word (*Orense*).
    """
    if not reading.is_verb or (base == "di" and reading.lemma == "dar"):  # *dimelo* is of *decir*
        return False
    if base.endswith(("ndo", "mos", "mo")) or fold(reading.lemma) == base:
        return True
    is_stressed_at_end = base.endswith("d") or reading.accent == len(base)
    is_monosyllable = sum(letter in "aeiou" for letter in base) == 1
    if not (has_accent or is_stressed_at_end or is_monosyllable or len(base) >= _SHORTEST_BASE_WITHOUT_ACCENT):
        return False
    return base[-1] in "aeidnlzsy" and not base.endswith(("ban", "rian", "as", "is"))


def _singular(folded: str) -> str:
    """A plural of an unknown word without its s: *hackers, blogs*."""
    return folded[:-1] if re.search("[bcdfgklmnprtvwaeo]s$", folded) and len(folded) > 4 else folded


def _respelled(stem: str) -> tuple[str, ...]:
    """A stem as it stands before *-ito* or *-ísimo*, and in its word: *poqu-, poc-*; *felic-, feliz*."""
    if stem.endswith("qu"):
        return (stem[:-2] + "c",)
    if stem.endswith("gu"):
        return (stem[:-1], stem)
    if stem.endswith("bil"):
        return (stem[:-3] + "ble",)
    return (stem, stem[:-1] + "z") if stem.endswith("c") else (stem,)


def _distinct(stems: Iterable[SearchStem]) -> Iterator[SearchStem]:
    """Each term once, with its first kinship."""
    seen = set()
    for stem in stems:
        if stem.term not in seen:
            seen.add(stem.term)
            yield stem
