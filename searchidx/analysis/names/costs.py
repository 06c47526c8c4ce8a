"""How likely is it that two spellings write one name? The learnt costs of turning one into the other.

A logistic model over the cheapest alignment of the units of both (edit distance: Wagner and Fischer 1974;
costs learnt from pairs of names, as in Ristad and Yianilos 1998, here told right from wrong pairs). What an
edit costs is the sum of the weights of its features, from the one pair of units to the whole class; so a rare
unit borrows from its class. `data/names_weights.tsv` holds the weights and says how they were learnt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from searchidx.analysis.names.graphemes import (
    CLASS_OF,
    VOWELS,
    latin_letters,
    units_of,
)

_MAX_UNITS = 32  # of a word that is longer, the rest is not compared
_CACHED_SPELLINGS = 1 << 16

_SPANISH_UNITS = frozenset("aeioubcdfghjlmnñpqrstvxyzü") | {"ch", "gu", "ll", "qu", "rr"}
_SPANISH_ENDS = frozenset("aeiouylnrsdz")
# ze, zi, a consonant before y, and two at the beginning that Spanish does not join
_NOT_SPANISH = re.compile("z[eiy]|[^aeiou]y|^(?![pbtdcgf][rl]|ch|ll|ps)[^aeiou]{2}")

_OTHER_SPANISH_WORD = 3.5
"""The least that a change costs which in Spanish makes another word (*pedro* and *petro*, *silvia* and *silvina*).

The names that the weights come from are mostly foreign: they know nothing of Spanish words that differ so."""

_SPANISH_CONFUSIONS = frozenset({"b~~v", "g~~j", "i~~j", "T~~s", "X~~j", "X~~s", "X~~k", "C~~s"})
"""Classes of sounds that Spanish spellings of one name do exchange."""


class Spelling(NamedTuple):
    """A word made ready to be compared."""

    units: tuple[str, ...]  # ^ before the first, $ after the last
    gaps: tuple[str, ...]  # each unit with what stands before and after it: v, c, ^, $
    is_spanish: bool  # made as Spanish words are: then a change is more often another word


@lru_cache(maxsize=_CACHED_SPELLINGS)
def spelling(form: str) -> Spelling:
    """The spelling of one word."""
    letters = latin_letters(form)
    units = units_of(letters)[:_MAX_UNITS]
    if not units:
        return Spelling((), (), False)
    kinds = "^" + "".join("v" if CLASS_OF[unit] in VOWELS else "c" for unit in units) + "$"
    gaps = tuple(f"{unit} {kinds[i]}{kinds[i + 2]}" for i, unit in enumerate(units))
    is_spanish = (
        _SPANISH_UNITS.issuperset(units) and units[-1] in _SPANISH_ENDS and not _NOT_SPANISH.search(letters)
    )
    units[0] = "^" + units[0]
    units[-1] += "$"
    return Spelling(tuple(units), gaps, is_spanish)


def substitution_features(first: str, second: str, spanish: bool) -> list[str]:
    """The features of writing one unit for another; the order of the two does not matter."""
    place = "^" if first[0] == second[0] == "^" else "$" if first[-1] == second[-1] == "$" else ""
    (a, one), (b, other) = sorted((CLASS_OF[unit], unit) for unit in (first.strip("^$"), second.strip("^$")))
    if one == other:
        return [f"={a}"]
    kind = "same" if a == b else "vowels" if {a, b} <= VOWELS else "mixed" if {a, b} & VOWELS else "consonants"
    features = [f"{one}~{other}", f"{a}~~{b}", kind]
    if place:
        features += [f"{place} {a}~~{b}", f"{place} {kind}"]
    if spanish:
        features += [f"es {place}{one}~{other}" if a == b else f"es {place}{a}~~{b}", f"es {place} {kind}"]
    return features


def gap_features(gap: str, spanish: bool) -> list[str]:
    """The features of a unit that the other word lacks."""
    unit, context = gap.split(" ")
    letter = CLASS_OF[unit]
    kind = "vowel" if letter in VOWELS else "consonant"
    features = [f"-{unit} {context}", f"--{letter} {context}", f"{kind} {context}", f"-{unit}"]
    return [*features, f"es --{letter} {context}", f"es {kind} {context}"] if spanish else features


def pair_features(first: Spelling, second: Spelling) -> list[str]:
    """The features of the pair as a whole: how long, and how Spanish."""
    length = min(len(first.units), len(second.units), 10)
    spanish = f"spanish {first.is_spanish + second.is_spanish}"
    return ["bias", f"length {length}", spanish, f"{spanish} {min(length, 8)}"]


# Rough guesses, from which learning starts and to which it returns where the names say nothing.
_PRIOR = {"same": 0.35, "vowels": 1.0, "mixed": 2.5, "consonants": 2.5, "bias": 2.0}
_PRIOR |= {"-h": -0.5, "-j": -0.5, "-y": -0.5, "-i": -0.5}


def prior(feature: str) -> float:
    """The weight of a feature before anything was learnt."""
    if feature.startswith("vowel "):
        return 0.9
    return 2.0 if feature.startswith("consonant ") else _PRIOR.get(feature, 0.0)


class Costs:
    """The model: weights of features, and the costs made of them."""

    def __init__(self, weights: Mapping[str, float], least: float = _OTHER_SPANISH_WORD) -> None:
        self._weights, self._least = weights, least
        self._substitutions = {spanish: _Rows(self, spanish) for spanish in (False, True)}
        self._gaps = {spanish: _Gaps(self, spanish) for spanish in (False, True)}

    def total(self, features: list[str]) -> float:
        """The sum of the weights of these features."""
        return sum(self._weights[each] if each in self._weights else prior(each) for each in features)

    def substitution(self, unit: str, other: str, spanish: bool) -> float:
        """What it costs to write one unit for another; the same unit in both speaks for the pair."""
        features = substitution_features(unit, other, spanish)
        if len(features) == 1:
            return max(-1.0, self.total(features))
        cost = max(0.0, self.total(features))
        other_word = features[2] in ("consonants", "mixed") and features[1] not in _SPANISH_CONFUSIONS
        return max(cost, self._least) if spanish and other_word else cost

    def gap(self, gap: str, spanish: bool) -> float:
        """What it costs that a unit is missing."""
        features = gap_features(gap, spanish)
        cost = max(0.05, self.total(features))
        kind, context = features[2].split(" ")
        if spanish and (context[0] == "c" if kind == "vowel" else features[3] != "-h"):
            return max(cost, self._least)
        return cost

    def log_odds(self, first: Spelling, second: Spelling) -> float:
        """The logarithm of the odds that both write one name, from the table's last corner."""
        return self.total(pair_features(first, second)) - self.table(first, second)[-1][-1]

    def table(self, first: Spelling, second: Spelling) -> list[list[float]]:
        """What it costs to turn the first i units of one into the first j of the other, at [i][j]."""
        spanish = first.is_spanish and second.is_spanish
        rows, gaps = self._substitutions[spanish], self._gaps[spanish]
        second_gaps = [gaps[gap] for gap in second.gaps]
        above = [0.0]
        for gap in second_gaps:
            above.append(above[-1] + gap)
        table = [above]
        pairs = [*zip(second.units, second_gaps, strict=True)]
        for unit, gap_name in zip(first.units, first.gaps, strict=True):
            gap, row = gaps[gap_name], rows[unit]
            left = above[0] + gap
            line = [left]
            corner = above[0]
            for (other, other_gap), upper in zip(pairs, above[1:], strict=True):
                best = corner + row[other]
                without, without_other = upper + gap, left + other_gap
                best = without if without < best else best  # min() would take a third of the time
                best = without_other if without_other < best else best
                line.append(best)
                left, corner = best, upper
            table.append(line)
            above = line
        return table

    def edits(self, first: Spelling, second: Spelling) -> list[str]:
        """The features of the cheapest alignment, for learning."""
        spanish = first.is_spanish and second.is_spanish
        rows, gaps = self._substitutions[spanish], self._gaps[spanish]
        table, features = self.table(first, second), list[str]()
        i, j = len(first.units), len(second.units)
        while i or j:
            if i and j and table[i][j] == table[i - 1][j - 1] + rows[first.units[i - 1]][second.units[j - 1]]:
                i, j = i - 1, j - 1
                features += substitution_features(first.units[i], second.units[j], spanish)
            elif i and table[i][j] == table[i - 1][j] + gaps[first.gaps[i - 1]]:
                i -= 1
                features += gap_features(first.gaps[i], spanish)
            else:
                j -= 1
                features += gap_features(second.gaps[j], spanish)
        return features


class _Rows(dict[str, "_Row"]):
    """Unit → other unit → cost, each made when first asked for."""

    def __init__(self, costs: Costs, spanish: bool) -> None:
        super().__init__()
        self._made_of = costs, spanish

    def __missing__(self, unit: str) -> _Row:
        self[unit] = row = _Row(*self._made_of, unit)
        return row


class _Row(dict[str, float]):
    """Other unit → cost."""

    def __init__(self, costs: Costs, spanish: bool, unit: str) -> None:
        super().__init__()
        self._costs, self._spanish, self._unit = costs, spanish, unit

    def __missing__(self, other: str) -> float:
        self[other] = cost = self._costs.substitution(self._unit, other, self._spanish)
        return cost


class _Gaps(dict[str, float]):
    """Unit with its context → cost."""

    def __init__(self, costs: Costs, spanish: bool) -> None:
        super().__init__()
        self._costs, self._spanish = costs, spanish

    def __missing__(self, gap: str) -> float:
        self[gap] = cost = self._costs.gap(gap, self._spanish)
        return cost


@cache
def learnt_costs() -> Costs:
    """The model as it was learnt."""
    text = Path(__file__).with_name("weights.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return Costs({feature: float(weight) for feature, weight in lines})
