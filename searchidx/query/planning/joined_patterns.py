"""Patterns of several tokens: `rfc28*` stands for *rfc* and, next to it, a word that begins with *28*."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, product

from searchidx.query import ast
from searchidx.query.terms.term_dictionary import TermDictionary
from searchidx.query.terms.vocabulary import Vocabulary

_MAX_WORDS = 100  # for one part of a pattern
_MAX_PHRASES = 200  # each is a query of its own

_letter_meets_digit = re.compile(r"(?<=[^\W\d_])(?=[*?]*\d)|(?<=\d)(?=[^\W\d_])|(?<=\d[*?])(?=[^\W\d_])")
_wildcards = re.compile(r"[*?]")


def joined_pattern(node: ast.Prefix | ast.Wildcard, vocabulary: Vocabulary) -> list[tuple[str, ...]]:
    """The phrases of folded words that a pattern may stand for; none for a pattern of one token.

    At most `_MAX_PHRASES`, with the most frequent words first.
    """
    if isinstance(node, ast.Prefix):
        parts = list(vocabulary.folded_forms(node.text))
        parts[-1:] = [f"{part}*" for part in parts[-1:]]
    else:
        parts = _letter_meets_digit.split(node.text)
    if len(parts) < 2:
        return []
    words = [_words(part, vocabulary, vocabulary.term_dictionary) for part in parts]
    return list(islice(product(*words), _MAX_PHRASES))


def _words(part: str, vocabulary: Vocabulary, dictionary: TermDictionary) -> Sequence[str]:
    if not _wildcards.search(part):
        return vocabulary.folded_forms(part)
    is_prefix = part.find("*") == len(part) - 1 and "?" not in part
    matched = dictionary.prefix(part[:-1]) if is_prefix else dictionary.wildcard(part)
    return matched.folded_forms[:_MAX_WORDS]
