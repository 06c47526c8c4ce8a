"""Spellings of one name: *Tokáyev, Tokayev, Tokaev, Toqaev, Токаев*.

Two steps. A key that ignores differences of transliteration finds whatever could be the same name (`name_key`,
which a lexicon stores for a form; `name_keys`, to look up for a word of a query). A similarity with learnt costs
decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from math import exp

from searchidx.analysis.names.costs import learnt_costs
from searchidx.analysis.names.features import name_form
from searchidx.analysis.names.graphemes import CLASS_OF, graphemes, latin_letters

NAMES_VERSION = 1
"""Raise it when the key of any form changes: then the keys in lexicons are made anew."""

NAME_THRESHOLD = 0.4
"""The lowest similarity of two words that are one name.

Precision and recall of names that the costs were not learnt on, `tests/benchmarks/name_variants.py` with
`--folds 5`, the mean of folds 0, 1 and 3 (0 and 3 without `_SPANISH_PAIR`, which takes about 0.005 of the recall):

    threshold   precision, recall
    0.30        0.81, 0.84
    0.40        0.84, 0.81
    0.50        0.87, 0.77
    0.55        0.88, 0.75
"""

MIN_LETTERS = 4
"""The fewest Latin letters of a word with variants."""

MAX_KEYS = 16
"""Most keys of one word of a query. The own key joins 0.77 of the pairs of that file, all keys 0.96."""

_NO_CONSONANT = "-"
_KEY_OF_CLASS = (
    dict.fromkeys("aeiouhj", "") | dict.fromkeys("sSZCT#", "s") | dict.fromkeys("bfv", "v") | {"X": "ks"}
)
_KEY_OF_GRAPHEME = {grapheme: _KEY_OF_CLASS.get(letter, letter) for grapheme, letter in CLASS_OF.items()}
_KEY_OF_GRAPHEME_WITH_J = _KEY_OF_GRAPHEME | {"j": "s"}
_DOUBLED = re.compile(r"(.)\1+")
_DIGIT = re.compile(r"\d")

_KEY_EDITS = (
    "t>s vs>v g> s> v> ks>s d>s k>s g>k s>t p>v v>vs ks> d>t s>k t>d l> l>ls t>ts k>g >s g>d n> d>g >v "
    "r> s>d k> s>ks v>p m>n g>s s>ts s>ds"
)
"""Edits by which the keys of one name differ, ordered by how many names of that file each joins for the keys that
it makes."""

_EDITS = tuple((old, new) for old, _, new in (edit.partition(">") for edit in _KEY_EDITS.split()))


def name_key(form: str) -> str | None:
    """The key of a word: its consonants in a few classes; None under four letters or with digits.

    >>> name_key("Tokáyev"), name_key("Toqaev"), name_key("Токаев"), name_key("Ana")
    ('tkv', 'tkv', 'tkv', None)
    """
    letters = latin_letters(form)
    if len(letters) < MIN_LETTERS or _DIGIT.search(form):
        return None
    return _key(graphemes(letters), _KEY_OF_GRAPHEME)


def _key(letters: Iterable[str], key_of_grapheme: Mapping[str, str]) -> str:
    return _DOUBLED.sub(r"\1", "".join(map(key_of_grapheme.__getitem__, letters))) or _NO_CONSONANT


def name_keys(form: str) -> tuple[str, ...]:
    """The keys under which the variants of a word may be, its own first; none when it has no key."""
    own = name_key(form)
    if own is None:
        return ()
    letters = graphemes(latin_letters(form))
    keys = {own: None}
    if "j" in letters:  # a sound of s in French, English and Turkish names
        keys[_key(letters, _KEY_OF_GRAPHEME_WITH_J)] = None
    for key in _edited(own.replace(_NO_CONSONANT, "")):
        keys[key] = None
        if len(keys) == MAX_KEYS:
            break
    return tuple(keys)


def _edited(key: str) -> Iterator[str]:
    """The keys that are one edit away, likeliest first."""
    for old, new in _EDITS:
        start = key.find(old)
        while start >= 0:
            yield _DOUBLED.sub(r"\1", key[:start] + new + key[start + len(old) :]) or _NO_CONSONANT
            start = key.find(old, start + 1) if start < len(key) else -1


def name_similarity(first: str, second: str) -> float:
    """The probability that two words write one name, 0 to 1; symmetric.

    1 for the same letters, accents left out; 0 when one of two different words has no letters.
    """
    one, other = latin_letters(first), latin_letters(second)
    if one == other and one:
        return 1.0
    if not (one and other):
        return float(first == second)
    log_odds = learnt_costs().log_odds(name_form(one), name_form(other))
    return 1 / (1 + exp(-max(-50.0, min(50.0, log_odds))))
