"""The learnt costs of turning one spelling of a name into another, and the odds that both write one name.

A logistic model over the cheapest alignment of the graphemes of both (edit distance: Wagner and Fischer 1974;
costs learnt from pairs of names, as in Ristad and Yianilos 1998, here from pairs of one name against pairs of
two). The cost of an edit is the sum of the weights of its features, which go from the one pair of graphemes to its
whole class, so that a rare grapheme borrows from its class. `weights.tsv` holds the weights; its header says how
they were learnt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from searchidx.analysis.names.graphemes import CLASS_OF, VOWELS, graphemes, latin_letters

K = TypeVar("K")
V = TypeVar("V")

_MAX_GRAPHEMES = 32  # further graphemes of a longer word are not compared
_CACHED_FORMS = 1 << 16

_SPANISH_GRAPHEMES = frozenset("aeioubcdfghjlmnñpqrstvxyzü") | {"ch", "gu", "ll", "qu", "rr"}
_SPANISH_ENDS = frozenset("aeiouylnrsdz")
# ze, zi, a consonant before y, and two consonants at the beginning that Spanish does not join
_NOT_SPANISH = re.compile("z[eiy]|[^aeiou]y|^(?![pbtdcgf][rl]|ch|ll|ps)[^aeiou]{2}")

_OTHER_SPANISH_WORD = 3.5
"""The least cost of an edit that in Spanish makes another word (*pedro* and *petro*, *silvia* and *silvina*).

The names that the weights were learnt from are mostly foreign, so that the weights lack Spanish words that differ
by such an edit."""

_SPANISH_CONFUSIONS = frozenset({"b~~v", "g~~j", "i~~j", "T~~s", "X~~j", "X~~s", "X~~k", "C~~s"})
"""Pairs of classes that Spanish spellings of one name do exchange."""


class Gap(NamedTuple):
    """A grapheme that only one of two words has."""

    grapheme: str
    context: str  # what stands before and after it: v (a vowel), c (a consonant), ^ (the start), $ (the end)


@dataclass(frozen=True, slots=True)
class NameForm:
    """A word prepared for comparison."""

    graphemes: tuple[str, ...]  # the first begins with ^, the last ends with $
    gaps: tuple[Gap, ...]  # of each grapheme
    is_spanish: bool  # spelt as Spanish words are: an edit more often makes another word


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of an alignment, as the model sees it."""

    features: tuple[str, ...]  # as `weights.tsv` names them
    least: float  # the cost is never lower
    is_other_word: bool = False  # two Spanish words that differ by this edit are seldom one name


@lru_cache(maxsize=_CACHED_FORMS)
def name_form(word: str) -> NameForm:
    """The prepared form of a word; without graphemes when it has no letters."""
    letters = latin_letters(word)
    found = graphemes(letters)[:_MAX_GRAPHEMES]
    if not found:
        return NameForm((), (), False)
    kinds = "^" + "".join("v" if CLASS_OF[each] in VOWELS else "c" for each in found) + "$"
    gaps = tuple(Gap(grapheme, kinds[i] + kinds[i + 2]) for i, grapheme in enumerate(found))
    has_spanish_letters = _SPANISH_GRAPHEMES.issuperset(found) and found[-1] in _SPANISH_ENDS
    is_spanish = has_spanish_letters and not _NOT_SPANISH.search(letters)
    found[0] = "^" + found[0]
    found[-1] += "$"
    return NameForm(tuple(found), gaps, is_spanish)


def substitution(first: str, second: str, spanish: bool) -> Edit:
    """Writing one grapheme of a `NameForm` for another, in either direction; `spanish` when both words are."""
    edge = "^" if first[0] == second[0] == "^" else "$" if first[-1] == second[-1] == "$" else ""
    (a, one), (b, other) = sorted((CLASS_OF[each], each) for each in (first.strip("^$"), second.strip("^$")))
    if one == other:
        return Edit((f"={a}",), least=-1.0)  # the same grapheme in both words raises the odds
    kind = "same" if a == b else "vowels" if {a, b} <= VOWELS else "mixed" if {a, b} & VOWELS else "consonants"
    classes = f"{a}~~{b}"
    features = [f"{one}~{other}", classes, kind]
    if edge:
        features += [f"{edge} {classes}", f"{edge} {kind}"]
    if spanish:
        features += [f"es {edge}{one}~{other}" if a == b else f"es {edge}{classes}", f"es {edge} {kind}"]
    is_other_word = spanish and kind in ("consonants", "mixed") and classes not in _SPANISH_CONFUSIONS
    return Edit(tuple(features), 0.0, is_other_word)


def omission(gap: Gap, spanish: bool) -> Edit:
    """Leaving a grapheme out; `spanish` when both words are."""
    grapheme, context = gap
    letter = CLASS_OF[grapheme]
    is_vowel = letter in VOWELS
    kind = "vowel" if is_vowel else "consonant"
    features = [f"-{grapheme} {context}", f"--{letter} {context}", f"{kind} {context}", f"-{grapheme}"]
    if spanish:
        features += [f"es --{letter} {context}", f"es {kind} {context}"]
    is_other_word = spanish and (context[0] == "c" if is_vowel else grapheme != "h")
    return Edit(tuple(features), 0.05, is_other_word)


def pair_features(first: NameForm, second: NameForm) -> list[str]:
    """The features of the pair as a whole: the length of the shorter word, and how many of the two are Spanish."""
    length = min(len(first.graphemes), len(second.graphemes), 10)
    spanish = f"spanish {first.is_spanish + second.is_spanish}"
    return ["bias", f"length {length}", spanish, f"{spanish} {min(length, 8)}"]


# Rough guesses, from which learning starts and to which it returns where the names have no evidence.
_PRIOR = {"same": 0.35, "vowels": 1.0, "mixed": 2.5, "consonants": 2.5, "bias": 2.0}
_PRIOR |= {"-h": -0.5, "-j": -0.5, "-y": -0.5, "-i": -0.5}


def prior(feature: str) -> float:
    """The weight of a feature before learning, and of one that `weights.tsv` leaves out."""
    if feature.startswith("vowel "):
        return 0.9
    return 2.0 if feature.startswith("consonant ") else _PRIOR.get(feature, 0.0)


class _Computed(dict[K, V]):
    """Key → value, each computed at its first lookup.

    With calls of `functools.cache` instead, a comparison of two names takes 27 % longer.
    """

    def __init__(self, compute: Callable[[K], V]) -> None:
        super().__init__()
        self._compute = compute

    def __missing__(self, key: K) -> V:
        self[key] = value = self._compute(key)
        return value


class EditCosts:
    """The model: the weights of features, and the costs of edits that follow from them."""

    def __init__(self, weights: Mapping[str, float], other_spanish_word: float = _OTHER_SPANISH_WORD) -> None:
        """`other_spanish_word` is the least cost of an edit that in Spanish makes another word."""
        self._weights = weights
        self._other_spanish_word = other_spanish_word
        # By whether both words are Spanish. The graphemes are few, so that the tables stay small.
        self._substitutions = {spanish: self._substitution_table(spanish) for spanish in (False, True)}
        self._omissions = {spanish: self._omission_table(spanish) for spanish in (False, True)}

    def _substitution_table(self, spanish: bool) -> _Computed[str, _Computed[str, float]]:
        def row(first: str) -> _Computed[str, float]:
            return _Computed(lambda second: self.cost(substitution(first, second, spanish)))

        return _Computed(row)

    def _omission_table(self, spanish: bool) -> _Computed[Gap, float]:
        return _Computed(lambda gap: self.cost(omission(gap, spanish)))

    def cost(self, edit: Edit) -> float:
        """The cost of one edit."""
        least = max(edit.least, self._other_spanish_word) if edit.is_other_word else edit.least
        return max(least, self._total(edit.features))

    def _total(self, features: Iterable[str]) -> float:
        return sum(self._weights[each] if each in self._weights else prior(each) for each in features)

    def log_odds(self, first: NameForm, second: NameForm) -> float:
        """The logarithm of the odds that both words write one name."""
        return self._total(pair_features(first, second)) - self._alignment_cost(first, second)

    def _alignment_cost(self, first: NameForm, second: NameForm) -> float:
        """The cost of the cheapest edits that turn one word into the other, row by row of the usual table."""
        spanish = first.is_spanish and second.is_spanish
        substitutions, omissions = self._substitutions[spanish], self._omissions[spanish]
        second_gaps = [omissions[gap] for gap in second.gaps]
        above = [0.0]
        for gap in second_gaps:
            above.append(above[-1] + gap)
        pairs = [*zip(second.graphemes, second_gaps, strict=True)]
        for grapheme, gap_in_first in zip(first.graphemes, first.gaps, strict=True):
            gap, costs = omissions[gap_in_first], substitutions[grapheme]
            left = above[0] + gap
            line = [left]
            corner = above[0]
            for (other, other_gap), upper in zip(pairs, above[1:], strict=True):
                best = corner + costs[other]
                without, without_other = upper + gap, left + other_gap
                best = without if without < best else best  # min() would take a third of the time
                best = without_other if without_other < best else best
                line.append(best)
                left, corner = best, upper
            above = line
        return above[-1]


@cache
def learnt_costs() -> EditCosts:
    """The model with the weights of `weights.tsv`."""
    text = Path(__file__).with_name("weights.tsv").read_text(encoding="utf-8")
    # Every line that begins with # is skipped as a comment, and with them the learnt weights of the features that
    # begin with the grapheme class # (`#~~C`): these features have their prior. Reading them would change the
    # similarities, and `NAME_THRESHOLD` would have to be measured anew.
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return EditCosts({feature: float(weight) for feature, weight in lines})
