"""Which forms of the corpus do a prefix, a pattern or a fuzzy word stand for?"""

from __future__ import annotations

from dataclasses import dataclass

from searchidx import ranking
from searchidx.model.results import (
    Expansion,
    QueryWarning,
)
from searchidx.query import ast
from searchidx.query.terms.term_dictionary import MatchedTerms
from searchidx.query.terms.vocabulary import (
    Vocabulary,
    WeightedForm,
)
from searchidx.query.warnings import warning

Pattern = ast.Prefix | ast.Wildcard | ast.Fuzzy

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
        case ast.Prefix():
            return _found(node, "prefix", vocabulary.forms.prefix(node.text))
        case ast.Wildcard():
            return _found(node, "wildcard", vocabulary.forms.wildcard(node.text))
        case ast.Fuzzy():
            distance = node.distance or (1 if len(node.text) <= _SHORT else 2)
            return _found(node, "fuzzy", vocabulary.forms.fuzzy(node.text, distance))


def _found(node: Pattern, kind: str, found: MatchedTerms) -> Expanded:
    forms = tuple(WeightedForm(form.folded, ranking.FUZZY[form.distance]) for form in found.forms)
    told = Expansion(node.text, kind, found.folded_forms[:_TOLD])
    warnings = (warning("too_many_forms", node.start, node.end, node.text),) if found.was_cut else ()
    return Expanded(forms, (told,) if forms else (), warnings)
