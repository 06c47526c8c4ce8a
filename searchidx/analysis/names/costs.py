"""The learnt costs of turning one spelling of a name into another, and the odds that both write one name.

A logistic model over the cheapest alignment of the graphemes of both (edit distance: Wagner and Fischer 1974;
costs learnt from pairs of names, as in Ristad and Yianilos 1998, here from pairs of one name against pairs of
two). The cost of an edit is the sum of the weights of its features. They go from the one pair of graphemes to its
whole class, so that a rare grapheme borrows from its class, and to the graphemes before and after it. What an edit
means depends on how both words are spelt (`relation`): s for z is usual between a German and an English spelling
of a name; in two Spanish words it makes another word. `weights.tsv` holds the weights; its header says how they
were learnt.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple, TypeVar

from searchidx.analysis.names.graphemes import CLASS_OF, VOWELS, graphemes, latin_letters

K = TypeVar("K")
V = TypeVar("V")

_MAX_GRAPHEMES = 32  # further graphemes of a longer word are not compared
_MAX_COUNTED = 12  # graphemes of a longer word do not count in the length of a pair
_CACHED_FORMS = 1 << 16

_SPANISH_GRAPHEMES = frozenset("aeioubcdfghjlmnñpqrstvxyzü") | {"ch", "gu", "ll", "qu", "rr"}
_SPANISH_ENDS = frozenset("aeiouylnrsdz")
_NOT_SPANISH = re.compile(
    "z[eiy]|[^aeiou]y|iy|yi"  # letters that Spanish does not join
    "|[^aeiouñnlr]j|lj|j[^aeiou]|v[^aeiou]|n[pb]|m[^aeioubpn]|aa|ii|uu|[aeiou]h(?![aeiou])|[^aeiouc]h"
    "|...(?:ova|(?<!u)eva)$|j[ei]v"  # endings and beginnings of Slavic names
    "|^(?![pbtdcgf][rl]|ch|ll|ps)[^aeiou]{2}"  # two consonants at the beginning
)

_OTHER_SPANISH_WORD = 3.5
"""The least cost of an edit that in Spanish makes another word (*pedro* and *petro*, *silvia* and *silvina*).

The names that the weights were learnt from are mostly foreign, so that the weights lack Spanish words that differ
by such an edit."""

_SPANISH_PAIR = 1.0
"""What the log odds of two Spanish words lose, for the same reason (*casa* and *caza*, *gabriel* and *gabriela*).

Half as many pairs of ordinary Spanish words are taken for one name; the recall of names falls by 0.005."""

_SPANISH_CONFUSIONS = frozenset({"b~~v", "g~~j", "i~~j", "T~~s", "X~~j", "X~~s", "X~~k", "C~~s"})
"""Pairs of classes that Spanish spellings of one name do exchange."""

_MARKS_OF_SPELLING = (
    ("haceks", "[čšžřňťďě]"),
    ("polish", "ł|cz|rz|[śźżń]|sz.*w|w.*sz"),
    ("german", "sch|tz|w"),
    ("hungarian", "cs|zs|sz|gy"),
    ("french", "ou|tch|gu[ei]"),
    ("english", "[skz]h|y"),
    ("nordic", "[stz]j|oe"),
    ("turkic", "[şçğıəüöä]"),
    ("j", "j"),
)
"""The ways to spell foreign names, each with what shows it, those that are easiest to tell first."""

_MARKS = re.compile("|".join(f"(?P<{name}>{marks})" for name, marks in _MARKS_OF_SPELLING))

_NOT_IN_SKELETON = frozenset("aeiouhj")
_RELATIONS = ("es", "same", "two", "unknown")


@dataclass(frozen=True, slots=True)
class NameForm:
    """A word prepared for comparison."""

    graphemes: tuple[str, ...]  # each between the kinds of the graphemes before and after it: `^čv`, `vvc`
    spelling: str  # the way to spell foreign names that its letters show; empty when they show none
    skeleton: str  # the classes of its consonants
    ending: str  # the classes of the last two graphemes
    is_spanish: bool  # spelt as Spanish words are: an edit more often makes another word


@dataclass(frozen=True, slots=True)
class Edit:
    """One step of an alignment, as the model sees it."""

    features: tuple[str, ...]  # as `weights.tsv` names them
    least: float  # the cost is never lower
    is_other_word: bool = False  # two Spanish words that differ by this edit are seldom one name


def _kind(grapheme: str) -> str:
    letter = CLASS_OF[grapheme]
    return "i" if letter in "ij" else "e" if letter == "e" else "v" if letter in VOWELS else "c"


@lru_cache(maxsize=_CACHED_FORMS)
def name_form(word: str) -> NameForm:
    """The prepared form of a word; without graphemes when it has no letters."""
    letters = latin_letters(word)
    found = graphemes(letters)[:_MAX_GRAPHEMES]
    if not found:
        return NameForm((), "", "", "", False)
    kinds = "^" + "".join(map(_kind, found)) + "$"
    in_context = tuple(kinds[i] + grapheme + kinds[i + 2] for i, grapheme in enumerate(found))
    classes = [CLASS_OF[each] for each in found]
    skeleton = "".join(each for each in classes if each not in _NOT_IN_SKELETON)
    ending = "".join(classes[-2:])
    has_spanish_letters = _SPANISH_GRAPHEMES.issuperset(found) and found[-1] in _SPANISH_ENDS
    is_spanish = has_spanish_letters and not _NOT_SPANISH.search(letters)
    return NameForm(in_context, _spelling(letters), skeleton, ending, is_spanish)


def _spelling(letters: str) -> str:
    found = {mark.lastgroup for mark in _MARKS.finditer(letters)}
    return next((name for name, _ in _MARKS_OF_SPELLING if name in found), "")


def relation(first: NameForm, second: NameForm) -> str:
    """How the spellings of two words relate: both Spanish, both of one foreign way, of two, or unknown."""
    if first.is_spanish and second.is_spanish:
        return "es"
    if not (first.spelling and second.spelling):
        return "unknown"
    return "same" if first.spelling == second.spelling else "two"


Context = tuple[str, str]
"""What stands before and after two graphemes, where both have the same there; else empty."""


def shared_context(first: str, second: str) -> Context:
    """The context of two graphemes of a `NameForm`."""
    before, after = first[0], first[-1]
    return before if before == second[0] else "", after if after == second[-1] else ""


def substitution(first: str, second: str, how: str) -> Edit:
    """Writing one grapheme of a `NameForm` for another, in either direction, in words that relate in this way."""
    exchange = grapheme_exchange(first[1:-1], second[1:-1], how)
    return replace(
        exchange.edit,
        features=(*exchange.edit.features, *context_features(exchange, shared_context(first, second))),
    )


class Exchange(NamedTuple):
    """Writing one grapheme for another, wherever they stand."""

    edit: Edit
    classes: str
    kind: str  # same (class), vowels, mixed, consonants; empty for one grapheme
    name: str  # under which the spelling of both words counts; empty where it does not


def grapheme_exchange(first: str, second: str, how: str) -> Exchange:
    """The exchange of two graphemes in words that relate in this way (`relation`)."""
    (a, one), (b, other) = sorted(((CLASS_OF[first], first), (CLASS_OF[second], second)))
    if one == other:
        return Exchange(Edit((f"={a}", f"={how}"), least=-1.0), "", "", "")  # raises the odds
    kind = "same" if a == b else "vowels" if {a, b} <= VOWELS else "mixed" if {a, b} & VOWELS else "consonants"
    classes, graphemes = f"{a}~~{b}", f"{one}~{other}"
    name = graphemes if a == b else classes
    features = [graphemes, classes, kind]
    if how != "es":
        features += [f"{how} {name}", f"{how} {kind}"]
    is_other_word = how == "es" and kind in ("consonants", "mixed") and classes not in _SPANISH_CONFUSIONS
    return Exchange(Edit(tuple(features), 0.0, is_other_word), classes, kind, name if how == "es" else "")


def context_features(exchange: Exchange, context: Context) -> list[str]:
    """The features of an exchange in this context."""
    before, after = context
    edge = "^" if before == "^" else "$" if after == "$" else ""
    classes, kind = exchange.classes, exchange.kind
    if not kind:
        return [f"={edge}"]
    features = [f"{edge} {classes}", f"{edge} {kind}"] if edge else []
    if before and before != "^":
        features.append(f"{before}< {classes}")
    if after and after != "$":
        features.append(f"{classes} >{after}")
    if exchange.name:
        features += [f"es {edge}{exchange.name}", f"es {edge} {kind}"]
    return features


_COARSE = str.maketrans("ie", "vv")


def omission(in_context: str, relation: str) -> Edit:
    """Leaving a grapheme of a `NameForm` out."""
    grapheme, context = in_context[1:-1], in_context[0] + in_context[-1]
    coarse = context.translate(_COARSE)
    letter = CLASS_OF[grapheme]
    is_vowel = letter in VOWELS
    kind = "vowel" if is_vowel else "consonant"
    features = [f"-{grapheme} {context}", f"--{letter} {context}", f"-- {letter} {coarse}"]
    features += [
        f"{kind} {coarse}",
        f"-{grapheme}",
        f"{relation} --{letter} {coarse}",
        f"{relation} {kind} {coarse}",
    ]
    is_glide = letter == "j" and context in ("iv", "ie", "^e")
    is_other_word = relation == "es" and (coarse[0] == "c" if is_vowel else grapheme != "h" and not is_glide)
    return Edit(tuple(features), 0.05, is_other_word)


class PairKind(NamedTuple):
    """What two words have in common as a whole."""

    length: int  # graphemes of the shorter one, at most 10
    longer: int  # graphemes that the other one has more, at most 4
    spanish: int  # how many of the two are spelt as Spanish words
    spellings: str
    relation: str
    same_skeleton: bool
    same_start: bool


def pair_kind(first: NameForm, second: NameForm, how: str) -> PairKind:
    """The kind of a pair whose spellings relate in this way (`relation`)."""
    one, other = min(len(first.graphemes), _MAX_COUNTED), min(len(second.graphemes), _MAX_COUNTED)
    shorter, longer = (one, other - one) if one < other else (other, one - other)
    a, b = first.spelling, second.spelling
    return PairKind(
        shorter if shorter < 10 else 10,
        longer if longer < 4 else 4,
        first.is_spanish + second.is_spanish,
        f"{a} {b}" if a < b else f"{b} {a}",
        how,
        first.skeleton == second.skeleton,
        first.graphemes[0][1] == second.graphemes[0][1],
    )


def pair_kind_features(kind: PairKind) -> list[str]:
    """The features of a kind of pairs."""
    return [
        "bias",
        f"length {kind.length}",
        f"longer {kind.longer}",
        f"spanish {kind.spanish}",
        f"spanish {kind.spanish} {min(kind.length, 8)}",
        f"spelt {kind.spellings}",
        f"skeleton {kind.same_skeleton}",
        f"skeleton {kind.same_skeleton} {kind.relation}",
        f"first {kind.same_start}",
    ]


def ending_feature(first: str, second: str) -> str:
    """The feature of two endings, in either order."""
    return f"end {first}|{second}" if first < second else f"end {second}|{first}"


def pair_features(first: NameForm, second: NameForm) -> list[str]:
    """The features of the pair as a whole: lengths, spellings, consonants and endings."""
    kind = pair_kind(first, second, relation(first, second))
    return [*pair_kind_features(kind), ending_feature(first.ending, second.ending)]


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

    def __init__(
        self,
        weights: Mapping[str, float],
        other_spanish_word: float = _OTHER_SPANISH_WORD,
        spanish_pair: float = _SPANISH_PAIR,
    ) -> None:
        """`other_spanish_word` is the least cost of an edit that in Spanish makes another word, `spanish_pair`
        what two Spanish words cost as a pair."""
        self._spanish_pair = spanish_pair
        self._weights = weights
        self._other_spanish_word = other_spanish_word
        # By the relation of the spellings. The graphemes are few, so that the tables stay small.
        self._substitutions = {each: self._substitution_table(each) for each in _RELATIONS}
        self._omissions = {each: self._omission_table(each) for each in _RELATIONS}
        self._pairs = _Computed[PairKind, float](lambda kind: self._total(pair_kind_features(kind)))
        self._endings = _Computed[str, _Computed[str, float]](self._ending_row)

    def _ending_row(self, first: str) -> _Computed[str, float]:
        return _Computed(lambda second: self._total([ending_feature(first, second)]))

    def _substitution_table(self, how: str) -> _Computed[str, _Computed[str, float]]:
        exchanges: dict[tuple[str, str], tuple[float, float, dict[Context, float], Exchange]] = {}
        contexts: dict[tuple[str, str, str], dict[Context, float]] = {}

        def compute(first: str, second: str) -> float:
            # As `cost(substitution(…))`, from parts that other graphemes and contexts share: a third of the time.
            graphemes = first[1:-1], second[1:-1]
            if graphemes not in exchanges:
                exchange = grapheme_exchange(*graphemes, how)
                of_contexts = contexts.setdefault(exchange[1:], {})
                parts = self._least(exchange.edit), self._total(exchange.edit.features), of_contexts, exchange
                exchanges[graphemes] = parts
            least, total, of_contexts, exchange = exchanges[graphemes]
            context = shared_context(first, second)
            if context not in of_contexts:
                of_contexts[context] = self._total(context_features(exchange, context))
            return max(least, total + of_contexts[context])

        def row(first: str) -> _Computed[str, float]:
            return _Computed(lambda second: compute(first, second))

        return _Computed(row)

    def _omission_table(self, relation: str) -> _Computed[str, float]:
        return _Computed(lambda grapheme: self.cost(omission(grapheme, relation)))

    def cost(self, edit: Edit) -> float:
        """The cost of one edit."""
        return max(self._least(edit), self._total(edit.features))

    def _least(self, edit: Edit) -> float:
        return max(edit.least, self._other_spanish_word) if edit.is_other_word else edit.least

    def _total(self, features: Iterable[str]) -> float:
        weight_of, total = self._weights.get, 0.0
        for each in features:
            weight = weight_of(each)
            total += prior(each) if weight is None else weight
        return total

    def log_odds(self, first: NameForm, second: NameForm) -> float:
        """The logarithm of the odds that both words write one name."""
        how = relation(first, second)
        of_pair = self._pairs[pair_kind(first, second, how)] + self._endings[first.ending][second.ending]
        of_pair -= self._spanish_pair if how == "es" else 0.0
        return of_pair - self._alignment_cost(first, second, how)

    def _alignment_cost(self, first: NameForm, second: NameForm, how: str) -> float:
        """The cost of the cheapest edits that turn one word into the other, row by row of the usual table."""
        substitutions, omissions = self._substitutions[how], self._omissions[how]
        second_gaps = [omissions[each] for each in second.graphemes]
        above = [0.0]
        for gap in second_gaps:
            above.append(above[-1] + gap)
        pairs = [*zip(second.graphemes, second_gaps, strict=True)]
        for grapheme in first.graphemes:
            gap, costs = omissions[grapheme], substitutions[grapheme]
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
    # A comment begins with # and a space; a feature can begin with the class # (`#~~C`).
    lines = (line.split("\t") for line in text.splitlines() if not line.startswith("# "))
    return EditCosts({feature: float(weight) for feature, weight in lines})
