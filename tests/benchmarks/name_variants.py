"""Measures how well the spellings of a name find each other, and learns the costs of `names/weights.tsv` anew.

    python -m tests.benchmarks.name_variants FILE                          measure
    python -m tests.benchmarks.name_variants FILE --folds 3 [--words W]    measure on groups left out of learning
    python -m tests.benchmarks.name_variants FILE --folds 3 --fold 0       the same, with one of the parts
    python -m tests.benchmarks.name_variants FILE --learn OUT [--words W]  learn the costs anew

FILE: tab-separated; group, spellings separated by |, spellings in other scripts. W: ordinary Spanish words in
lower case, one a line; each pair of them is a pair of different words to learn from.

The task: every spelling of four letters and more is a query against all others of the file. A hit is right when
the two share a group. Precision = right hits / hits, recall = right hits / pairs that share a group, both over
all queries together (micro); of held-out groups, over the queries of theirs, still against the whole file.
"""

from __future__ import annotations

import argparse
import os
import sys
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from itertools import combinations
from math import exp
from pathlib import Path
from typing import NamedTuple

from searchidx.analysis.folding import fold
from searchidx.analysis.names.costs import EditCosts
from searchidx.analysis.names.features import name_form
from searchidx.analysis.names.similarity import NAME_THRESHOLD, name_similarity
from tests.benchmarks.name_learning import Example, Names, Pair, candidates, examples, learn, read_names


class Measure(NamedTuple):
    precision: float
    recall: float


def measure(names: Names, pairs: Iterable[Pair], queries: Callable[[str], bool] = lambda _: True) -> Measure:
    """Micro precision and recall of these pairs, each searched from both words, over the chosen queries."""
    hits = right = 0
    for pair in pairs:
        directions = sum(map(queries, pair))
        hits += directions
        right += directions if pair in names.variants else 0
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


def held_out(names: Names, folds: int, chosen: Iterable[int], words: Sequence[str]) -> Iterator[str]:
    """The measures of the chosen folds of groups, each with costs learnt without it, as lines."""
    fold_of = {name: zlib.crc32(min(of).encode()) % folds for name, of in names.groups.items()}
    pairs = candidates(names.groups)
    for number in chosen:
        held = {name for name, of in fold_of.items() if of == number}
        costs = EditCosts(learn(_without(names, held, words), _say))
        held_pairs = [pair for pair in pairs if not held.isdisjoint(pair)]
        odds = [(costs.log_odds(*map(name_form, pair)), pair) for pair in held_pairs]
        for threshold in (0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8, NAME_THRESHOLD):
            found = (pair for each, pair in odds if 1 / (1 + exp(-each)) >= threshold)
            yield _line(f"held-out {number}, similarity {threshold:.2f}", measure(names, found, held.__contains__))


def _without(names: Names, held: Set[str], words: Sequence[str]) -> list[Example]:
    """The examples without held-out spellings and without Cyrillic ones of their groups."""
    groups = {name: of for name, of in names.groups.items() if name not in held}
    cyrillic = [(members, other) for members, other in names.cyrillic if held.isdisjoint(members)]
    return [*examples(Names(groups, names.variants, cyrillic), words)]


def _line(name: str, found: Measure) -> str:
    return f"{name:32} precision {found.precision:.3f}  recall {found.recall:.3f}"


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")


_HEADER = """\
# What two spellings of one name differ in: feature, weight (a cost; for the pair as a whole: log odds).
# Lines that begin with # and a space are comments. The others were learnt by
# `python -m tests.benchmarks.name_variants FILE --learn OUT --words W` (see there): logistic regression
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
    parser.add_argument("--fold", type=int, help="only this part, from 0")
    options = parser.parse_args()
    if options.file is None:
        parser.error("a file of names is needed, here or in SEARCHIDX_NAMES")
    names = read_names(Path(options.file))
    words = options.words.read_text(encoding="utf-8").split() if options.words else []
    if options.learn:
        weights = learn([*examples(names, words)], _say)
        lines = (f"{feature}\t{weight}\n" for feature, weight in sorted(weights.items()))
        options.learn.write_text(_HEADER + "".join(lines), encoding="utf-8")
        return
    chosen = range(options.folds or 0) if options.fold is None else (options.fold,)
    for line in held_out(names, options.folds, chosen, words) if options.folds else report(names):
        sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
