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

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from searchidx.analysis.names.features import (
    RELATIONS,
    Context,
    Edit,
    Exchange,
    NameForm,
    PairKind,
    context_features,
    ending_feature,
    grapheme_exchange,
    omission,
    pair_kind,
    pair_kind_features,
    prior,
    relation,
    shared_context,
)

K = TypeVar("K")
V = TypeVar("V")

_OTHER_SPANISH_WORD = 3.5
"""The least cost of an edit that in Spanish makes another word (*pedro* and *petro*, *silvia* and *silvina*).

The names that the weights were learnt from are mostly foreign, so that the weights lack Spanish words that differ
by such an edit."""

_SPANISH_PAIR = 1.0
"""What the log odds of two Spanish words lose, for the same reason (*casa* and *caza*, *gabriel* and *gabriela*).

Half as many pairs of ordinary Spanish words are taken for one name; the recall of names falls by 0.005."""


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
        self._substitutions = {each: self._substitution_table(each) for each in RELATIONS}
        self._omissions = {each: self._omission_table(each) for each in RELATIONS}
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
