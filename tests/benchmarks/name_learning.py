"""The learning of the costs in `searchidx/analysis/names/weights.tsv` from a file of names.

`name_variants` measures what the costs achieve, and its docstring describes the file.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from math import exp
from pathlib import Path
from typing import NamedTuple

from searchidx.analysis.folding import fold
from searchidx.analysis.names.costs import EditCosts
from searchidx.analysis.names.features import (
    Edit,
    NameForm,
    name_form,
    omission,
    pair_features,
    prior,
    relation,
    substitution,
)
from searchidx.analysis.names.similarity import MIN_LETTERS, name_key, name_keys

Pair = tuple[str, str]


class Names(NamedTuple):
    """The spellings of a file, and which of them belong together."""

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
    """The pairs of words of which one has the key of the other among its first `keys` keys."""
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


_CYRILLIC = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_SPANISH = "a b v g d e io zh z i i k l m n o p r s t u f j ts ch sh sch  i  e yu ya"
_SPANISH_OF_CYRILLIC = dict(zip(_CYRILLIC, _SPANISH.split(" "), strict=True))


def spanish_spellings(cyrillic: str) -> set[str]:
    """How the Spanish press writes a Russian name.

    The file has few such spellings, and they improve the costs most.
    """
    word = cyrillic
    for end in ("ий", "ый"):
        word = word.removesuffix(end) + "и" if word.endswith(end) else word
    for consonant in "жшщч":
        word = word.replace(consonant + "ё", consonant + "о")
    spelt = "".join(_SPANISH_OF_CYRILLIC[letter] for letter in word)
    iotated = "".join(
        "ye" if letter == "е" and (i == 0 or word[i - 1] in "аеёиоуыэюяьъ") else _SPANISH_OF_CYRILLIC[letter]
        for i, letter in enumerate(word)
    )
    glides = "".join("y" if letter == "й" else _SPANISH_OF_CYRILLIC[letter] for letter in word)
    with_guttural = spelt.replace("ge", "gue").replace("gi", "gui")
    with_y, with_j, kazakh = iotated.replace("zh", "y"), spelt.replace("zh", "j"), spelt.replace("k", "q")
    return {spelt, iotated, glides, with_y, with_guttural, with_j, kazakh}


SPANISH_PRESS_WEIGHT = 0.1
"""The weight of a pair with a made spelling, of which there are several for each name.

The weights of both kinds of made pairs are the largest that take nothing from names left out of learning: with 0.5
and 2, the recall of these at a precision of 0.85 is 0.77 in place of 0.80. Without such pairs *Jrushchov* is far
from *Khrushchev*, and *Gabriela* near *Gabriel*.
"""

SPANISH_J_WEIGHT = 0.3
"""The weight of such a pair with j (for kh or zh), which no other language writes so."""

ORDINARY_WEIGHT = 0.15
"""The weight of a pair of ordinary words."""

WRONG_SHARE = 24
"""The first weights are learnt from one in so many wrong pairs."""


class Example(NamedTuple):
    pair: Pair
    right: bool
    weight: float


def examples(names: Names, words: Sequence[str]) -> Iterator[Example]:
    """Pairs to learn from: of one name, and of different names or words."""
    for pair in sorted(candidates(names.groups, 15)):
        yield Example(pair, pair in names.variants, 1.0)
    for members, cyrillic in names.cyrillic:
        for member in members:
            for spelt in sorted(spanish_spellings(cyrillic)):
                weight = SPANISH_J_WEIGHT if "j" in spelt else SPANISH_PRESS_WEIGHT
                yield Example((member, spelt), True, weight)
    for first, second in sorted(candidates(words, 6)):
        if fold(first) != fold(second):
            yield Example((first, second), False, ORDINARY_WEIGHT)


def learn(all_examples: Sequence[Example], say: Callable[[str], object]) -> dict[str, float]:
    """The weights, learnt first with a sample of the wrong pairs, then with all pairs that are not far apart.

    Weights close to their prior are left out. `say` receives a line for each step.
    """
    rng = random.Random(1)
    sample = [each for each in all_examples if each.right]
    sample += [
        each._replace(weight=WRONG_SHARE * each.weight)
        for each in all_examples
        if not each.right and rng.random() < 1 / WRONG_SHARE
    ]
    weights = _fit(sample, {}, rng, say)
    costs = EditCosts(weights, other_spanish_word=0.0, spanish_pair=0.0)
    near = [each for each in all_examples if each.right or costs.log_odds(*map(name_form, each.pair)) > -5.0]
    say(f"{len(all_examples)} pairs, {len(near)} of them near")
    for _ in range(2):
        weights = _fit(near, weights, rng, say)
    return {
        feature: round(weight, 2) for feature, weight in weights.items() if abs(weight - prior(feature)) >= 0.1
    }


class Step(NamedTuple):
    """The last step of an alignment of two beginnings."""

    cost: float  # of the whole alignment
    edit: Edit | None  # None where both beginnings are empty
    rows: int  # graphemes that the step takes from the first word, 0 or 1
    columns: int  # and from the second


class Aligner:
    """Finds the cheapest alignments of words."""

    def __init__(self, costs: EditCosts) -> None:
        self._costs = costs
        self._substitution = cache(lambda *edit: self._priced(substitution(*edit)))
        self._omission = cache(lambda *edit: self._priced(omission(*edit)))

    def _priced(self, edit: Edit) -> tuple[float, Edit]:
        return self._costs.cost(edit), edit

    def features(self, first: NameForm, second: NameForm) -> list[str]:
        """The features of the edits in the cheapest alignment, from the last edit to the first."""
        table = self._table(first, second)
        features: list[str] = []
        i, j = len(first.graphemes), len(second.graphemes)
        step = table[i][j]
        while step.edit is not None:
            features += step.edit.features
            i, j = i - step.rows, j - step.columns
            step = table[i][j]
        return features

    def _table(self, first: NameForm, second: NameForm) -> list[list[Step]]:
        """At [i][j] the last step that aligns the first i graphemes of one word with the first j of the other."""
        how = relation(first, second)
        without_second = [self._omission(each, how) for each in second.graphemes]
        table = [[Step(0.0, None, 0, 0)]]
        for price, edit in without_second:
            table[0].append(Step(table[0][-1].cost + price, edit, 0, 1))
        for grapheme in first.graphemes:
            above, without_first = table[-1], self._omission(grapheme, how)
            line = [Step(above[0].cost + without_first[0], without_first[1], 1, 0)]
            for j, (other, without_other) in enumerate(zip(second.graphemes, without_second, strict=True)):
                price, edit = self._substitution(grapheme, other, how)
                replaced = Step(above[j].cost + price, edit, 1, 1)
                omitted = Step(above[j + 1].cost + without_first[0], without_first[1], 1, 0)
                inserted = Step(line[j].cost + without_other[0], without_other[1], 0, 1)
                line.append(min(replaced, omitted, inserted, key=lambda step: step.cost))
            table.append(line)
        return table


def _fit(
    pairs: Sequence[Example], weights: Mapping[str, float], rng: random.Random, say: Callable[[str], object]
) -> dict[str, float]:
    """Logistic regression on the cheapest alignments (AdaGrad, pulled towards the prior)."""
    aligner, number = Aligner(EditCosts(weights, other_spanish_word=0.0)), dict[str, int]()
    rows = []
    for example in pairs:
        first, second = map(name_form, example.pair)
        whole = [number.setdefault(each, len(number)) for each in pair_features(first, second)]
        edits = [number.setdefault(each, len(number)) for each in aligner.features(first, second)]
        rows.append((float(example.right), example.weight, whole, edits))
    target = [prior(feature) for feature in number]
    value = [weights.get(feature, prior(feature)) for feature in number]
    squares = [1.0] * len(value)
    for epoch in range(3):
        rng.shuffle(rows)
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
