"""The features of an edit between two spellings of a name, and of the pair of spellings as a whole.

`costs` learns a weight for each feature.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from searchidx.analysis.names.graphemes import CLASS_OF, VOWELS, graphemes, latin_letters

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
RELATIONS = ("es", "same", "two", "unknown")


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
