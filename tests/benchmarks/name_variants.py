"""How well do the spellings of a name find each other? And how the costs of `analysis/names/costs.py` are learnt.

    python -m tests.benchmarks.name_variants FILE                          measure
    python -m tests.benchmarks.name_variants FILE --folds 3 [--words W]    measure on groups left out of learning
    python -m tests.benchmarks.name_variants FILE --learn OUT [--words W]  learn the costs anew

FILE: tab-separated; group, spellings parted by |, spellings in other scripts. W: ordinary Spanish words in
lower case, one a line; each pair of them is a wrong pair to learn from.

The task: every spelling of four letters and more is a query against all others of the file. A hit is right when
the two share a group. Precision = right hits / hits, recall = right hits / pairs that share a group, both over
all queries together (micro); of held-out groups, over the queries of theirs, still against the whole file.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import combinations
from math import exp
from pathlib import Path
from typing import NamedTuple

from searchidx.analysis.folding import fold
from searchidx.analysis.names.costs import (
    Costs,
    pair_features,
    prior,
    spelling,
)
from searchidx.analysis.names.similarity import (
    MIN_LETTERS,
    NAME_THRESHOLD,
    name_key,
    name_keys,
    name_similarity,
)

Pair = tuple[str, str]


class Names(NamedTuple):
    """The spellings of a file and which belong together."""

    groups: Mapping[str, frozenset[str]]  # of each spelling
    variants: frozenset[Pair]  # two spellings of one group, in the order of their letters
    cyrillic: Sequence[tuple[Sequence[str], str]]  # the spellings of a group and one in Cyrillic

    def share_a_group(self, first: str, second: str) -> bool:
        return ((first, second) if first < second else (second, first)) in self.variants


def read_names(path: Path) -> Names:
    """The names of a file, without those under four letters."""
    groups, variants, cyrillic = defaultdict(set), set[Pair](), list[tuple[Sequence[str], str]]()
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        group, spellings, *others = line.split("\t")
        members = sorted({each for each in spellings.split("|") if len(each) >= MIN_LETTERS})
        for member in members:
            groups[member].add(group)
        variants.update(combinations(members, 2))
        for other in others[0].split("|") if others else ():
            if other and set(other) <= _SPANISH_OF_CYRILLIC.keys():
                cyrillic.append((members, other))
    return Names({name: frozenset(of) for name, of in groups.items()}, frozenset(variants), cyrillic)


def candidates(words: Iterable[str], keys: int = 1000) -> set[Pair]:
    """The pairs of words whose keys meet, looking up at most so many keys of a word."""
    by_key = defaultdict(list)
    for word in words:
        by_key[name_key(word)].append(word)
    by_key.pop(None, None)
    found = set[Pair]()
    for words_of_key in list(by_key.values()):
        for word in words_of_key:
            for key in name_keys(word)[:keys]:
                found.update(
                    (min(word, other), max(word, other)) for other in by_key.get(key, ()) if other != word
                )
    return found


# Learning


_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_SPANISH = "a b v g d e io zh z i i k l m n o p r s t u f j ts ch sh sch  i  e yu ya"
_SPANISH_OF_CYRILLIC = dict(zip(_CYRILLIC, _SPANISH.split(" "), strict=True))


def spanish_spellings(cyrillic: str) -> set[str]:
    """How the Spanish press writes a Russian name; the file has few such spellings, and they teach most here."""
    word = cyrillic
    for end in ("ий", "ый"):
        word = word.removesuffix(end) + "и" if word.endswith(end) else word
    for hushing in "жшщч":
        word = word.replace(hushing + "ё", hushing + "о")
    spelt = "".join(_SPANISH_OF_CYRILLIC[letter] for letter in word)
    iotated = "".join(
        "ye" if letter == "е" and (i == 0 or word[i - 1] in "аеёиоуыэюяьъ") else _SPANISH_OF_CYRILLIC[letter]
        for i, letter in enumerate(word)
    )
    glides = "".join("y" if letter == "й" else _SPANISH_OF_CYRILLIC[letter] for letter in word)
    with_guttural = spelt.replace("ge", "gue").replace("gi", "gui")
    return {spelt, iotated, glides, iotated.replace("zh", "y"), with_guttural, spelt.replace("zh", "j")}


SPANISH_PRESS_WEIGHT = 0.5
"""Of a pair with a made spelling: there are several for each name."""

ORDINARY_WEIGHT = 2.0
"""Of a pair of ordinary words: in a Spanish text they are many more than the names."""

WRONG_SHARE = 6
"""One in so many wrong pairs makes the first weights."""


class Example(NamedTuple):
    pair: Pair
    right: bool
    weight: float


def examples(names: Names, words: Sequence[str]) -> Iterator[Example]:
    """Right and wrong pairs to learn from."""
    for pair in sorted(candidates(names.groups, 15)):
        yield Example(pair, pair in names.variants, 1.0)
    for members, cyrillic in names.cyrillic:
        for member in members:
            for spelt in sorted(spanish_spellings(cyrillic)):
                yield Example((member, spelt), True, SPANISH_PRESS_WEIGHT)
    for first, second in sorted(candidates(words, 6)):
        if fold(first) != fold(second):
            yield Example((first, second), False, ORDINARY_WEIGHT)


def learn(all_examples: Sequence[Example], say: Callable[[str], object]) -> dict[str, float]:
    """The weights: first from a sample of the wrong pairs, then from all that are not far apart."""
    chance = random.Random(1)
    sample = [each for each in all_examples if each.right]
    sample += [
        each._replace(weight=WRONG_SHARE * each.weight)
        for each in all_examples
        if not each.right and chance.random() < 1 / WRONG_SHARE
    ]
    weights: dict[str, float] = {}
    weights = _fit(sample, weights, chance, say)
    costs = Costs(weights, least=0.0)
    near = [each for each in all_examples if each.right or costs.log_odds(*map(spelling, each.pair)) > -5.0]
    say(f"{len(all_examples)} pairs, {len(near)} of them near")
    for _ in range(3):
        weights = _fit(near, weights, chance, say)
    return {
        feature: round(weight, 2) for feature, weight in weights.items() if abs(weight - prior(feature)) >= 0.1
    }


def _fit(
    chosen: Sequence[Example], weights: Mapping[str, float], chance: random.Random, say: Callable[[str], object]
) -> dict[str, float]:
    """Logistic regression on the cheapest alignments (AdaGrad, pulled towards the prior)."""
    costs, number = Costs(weights, least=0.0), dict[str, int]()
    rows = []
    for example in chosen:
        first, second = map(spelling, example.pair)
        whole = [number.setdefault(each, len(number)) for each in pair_features(first, second)]
        edits = [number.setdefault(each, len(number)) for each in costs.edits(first, second)]
        rows.append((float(example.right), example.weight, whole, edits))
    target = [prior(feature) for feature in number]
    value = [weights.get(feature, prior(feature)) for feature in number]
    squares = [1.0] * len(value)
    for epoch in range(3):
        chance.shuffle(rows)
        rate = 0.15 / (1 + 0.5 * epoch)
        for right, weight, whole, edits in rows:
            log_odds = sum([value[i] for i in whole]) - sum([value[i] for i in edits])
            error = weight * (right - 1 / (1 + exp(-max(-30.0, min(30.0, log_odds)))))
            if abs(error) < 1e-3:
                continue
            for features, sign in ((whole, 1), (edits, -1)):
                for i in features:
                    slope = sign * error - 1e-3 * (value[i] - target[i])
                    squares[i] += slope * slope
                    value[i] += rate * slope / squares[i] ** 0.5
    say(f"learnt {len(number)} weights from {len(rows)} pairs")
    return dict(zip(number, value, strict=True))


# Measuring


class Measure(NamedTuple):
    precision: float
    recall: float


def measure(names: Names, pairs: Iterable[Pair], queries: Callable[[str], bool] = lambda _: True) -> Measure:
    """Micro precision and recall of these pairs, each found from both its ends, over the chosen queries."""
    hits = right = 0
    for pair in pairs:
        asked = sum(map(queries, pair))
        hits += asked
        right += asked if pair in names.variants else 0
    wanted = sum(sum(map(queries, pair)) for pair in names.variants)
    return Measure(right / hits if hits else 1.0, right / wanted if wanted else 1.0)


def by_edit_distance(words: Iterable[str], distance: int) -> set[Pair]:
    """The pairs of words within this Levenshtein distance of each other, after folding."""
    folded = {word: fold(word) for word in words}
    by_remainder = defaultdict(list)
    for word, letters in folded.items():
        for remainder in _with_deletions(letters, distance):
            by_remainder[remainder].append(word)
    near = {pair for sharing in by_remainder.values() for pair in combinations(sorted(sharing), 2)}
    return {(one, other) for one, other in near if _levenshtein(folded[one], folded[other]) <= distance}


def _with_deletions(letters: str, deletions: int) -> set[str]:
    found = {letters}
    for _ in range(deletions):
        found |= {each[:i] + each[i + 1 :] for each in found for i in range(len(each))}
    return found


def _levenshtein(first: str, second: str) -> int:
    above: list[int] = [*range(len(second) + 1)]
    for i, letter in enumerate(first, 1):
        line = [i]
        for j, other in enumerate(second, 1):
            line.append(min(above[j] + 1, line[-1] + 1, above[j - 1] + (letter != other)))
        above = line
    return above[-1]


def report(names: Names) -> Iterator[str]:
    """The table of measures, as lines."""
    yield f"{len(names.groups)} spellings, {len(names.variants)} pairs of one name"
    for distance in (1, 2):
        yield _line(f"edit distance {distance}", measure(names, by_edit_distance(names.groups, distance)))
    pairs = candidates(names.groups)
    yield _line("same key", measure(names, candidates(names.groups, 1)))
    yield _line("keys meet", measure(names, pairs))
    similar = [(name_similarity(*pair), pair) for pair in pairs]
    for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, NAME_THRESHOLD):
        found = measure(names, (pair for similarity, pair in similar if similarity >= threshold))
        yield _line(f"similarity {threshold:.2f}", found)


def held_out(names: Names, folds: int, words: Sequence[str]) -> Iterator[str]:
    """The measures of each fold of groups, with costs learnt without them, as lines."""
    fold_of = {name: zlib.crc32(min(of).encode()) % folds for name, of in names.groups.items()}
    pairs = candidates(names.groups)
    for number in range(folds):
        held = {name for name, of in fold_of.items() if of == number}
        costs = Costs(learn(_without(names, held, words), _say))
        asked = [pair for pair in pairs if not held.isdisjoint(pair)]
        odds = [(costs.log_odds(*map(spelling, pair)), pair) for pair in asked]
        for threshold in (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, NAME_THRESHOLD):
            found = (pair for each, pair in odds if 1 / (1 + exp(-each)) >= threshold)
            yield _line(f"held-out {number}, similarity {threshold:.2f}", measure(names, found, held.__contains__))


def _without(names: Names, held: Set[str], words: Sequence[str]) -> list[Example]:
    """The examples in which no held-out spelling stands, nor a Cyrillic one of their groups."""
    groups = {name: of for name, of in names.groups.items() if name not in held}
    cyrillic = [(members, other) for members, other in names.cyrillic if held.isdisjoint(members)]
    return [*examples(Names(groups, names.variants, cyrillic), words)]


def _line(what: str, found: Measure) -> str:
    return f"{what:32} precision {found.precision:.3f}  recall {found.recall:.3f}"


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


_HEADER = """\
# What two spellings of one name differ in: feature, weight (a cost; for the pair as a whole: log odds).
# Learnt by `python -m tests.benchmarks.name_variants FILE --learn OUT --words W` (see there): logistic regression
# on the cheapest alignments of the pairs whose keys meet, of 7,794 names of Wikidata in Latin spellings, with
# Spanish press spellings made from the Cyrillic ones, against pairs of other names and of ordinary Spanish words.
# Weights nearer than 0.1 to their prior (`costs.prior`) are left out. No line is made by hand.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("file", type=Path, nargs="?", default=os.environ.get("SEARCHIDX_NAMES"))
    parser.add_argument("--words", type=Path, help="ordinary Spanish words in lower case, one a line")
    parser.add_argument("--learn", type=Path, help="learn the costs and write them here")
    parser.add_argument("--folds", type=int, help="learn and measure on so many parts, each left out once")
    chosen = parser.parse_args()
    if chosen.file is None:
        parser.error("a file of names is needed, here or in SEARCHIDX_NAMES")
    names = read_names(Path(chosen.file))
    words = chosen.words.read_text(encoding="utf-8").split() if chosen.words else []
    if chosen.learn:
        weights = learn([*examples(names, words)], _say)
        lines = (f"{feature}\t{weight}\n" for feature, weight in sorted(weights.items()))
        chosen.learn.write_text(_HEADER + "".join(lines), encoding="utf-8")
        return
    for line in held_out(names, chosen.folds, words) if chosen.folds else report(names):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
