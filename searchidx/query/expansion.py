"""Which forms of the corpus do a prefix, a pattern or a fuzzy word stand for?"""

from __future__ import annotations

from dataclasses import dataclass

from searchidx import ranking
from searchidx.model import Expansion, QueryWarning
from searchidx.query import tree
from searchidx.query.form_table import FoundForms
from searchidx.query.messages import warning
from searchidx.query.vocabulary import Vocabulary, WeightedForm

Pattern = tree.Prefix | tree.Wildcard | tree.Fuzzy

_SHORT = 5  # letters of a word up to which a fuzzy search without a distance allows one edit, else two
_TOLD = 20  # forms that a result names


@dataclass(frozen=True, slots=True)
class Expanded:
    """The forms that a pattern stands for, and what there is to tell of them."""

    forms: tuple[WeightedForm, ...]
    expansions: tuple[Expansion, ...] = ()
    warnings: tuple[QueryWarning, ...] = ()


def expand(node: Pattern, vocabulary: Vocabulary) -> Expanded:
    """The forms of the corpus that fit; none when it has no such word."""
    match node:
        case tree.Prefix():
            return _found(node, "prefix", vocabulary.forms.prefix(node.text))
        case tree.Wildcard():
            return _found(node, "wildcard", vocabulary.forms.wildcard(node.text))
        case tree.Fuzzy():
            distance = node.distance or (1 if len(node.text) <= _SHORT else 2)
            return _found(node, "fuzzy", vocabulary.forms.fuzzy(node.text, distance))


def _found(node: Pattern, kind: str, found: FoundForms) -> Expanded:
    forms = tuple(WeightedForm(form.fold, ranking.FUZZY[form.distance]) for form in found.forms)
    told = Expansion(node.text, kind, found.folds[:_TOLD])
    warnings = (warning("too_many_forms", node.start, node.end, node.text),) if found.was_cut else ()
    return Expanded(forms, (told,) if forms else (), warnings)
