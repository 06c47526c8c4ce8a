"""Numerals of centuries, popes and kings: *siglo 21* for *siglo XXI*, *Juan Pablo 2* for *Juan Pablo II*."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from searchidx.query.terms.synonyms import Synonym

_ROMAN = [
    tens + ones
    for tens in ("", "x", "xx", "xxx")
    for ones in ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
]
_NUMBERS = {roman: number for number, roman in enumerate(_ROMAN) if roman}
_ALSO_WORDS = frozenset(("i", "v", "x", "vi", "xi"))
"""Numerals that are words, letters or names too; after a name they count only in capitals."""

_CENTURIES = frozenset(("siglo", "siglos"))


def numeral_synonyms(
    folded_forms: Sequence[str], tokens: Sequence[str], is_name: Callable[[str], bool]
) -> Iterator[Synonym]:
    """The other way to write each numeral after *siglo* or a name, from left to right.

    `tokens` are the words as typed; `is_name` says whether the corpus mostly writes a folded word with a capital.
    """
    for index in range(1, len(folded_forms)):
        before, numeral = folded_forms[index - 1], folded_forms[index]
        is_century = before in _CENTURIES
        if numeral in _NUMBERS:
            is_numeral = is_century or numeral not in _ALSO_WORDS or tokens[index].isupper()
            if is_numeral and (is_century or is_name(before)):
                others = ((before, str(_NUMBERS[numeral])), *([("s", numeral)] if is_century else []))
                yield Synonym(index - 1, index + 1, others)
        elif numeral.isascii() and numeral.isdecimal() and 0 < int(numeral[:3]) < len(_ROMAN):
            roman = _ROMAN[int(numeral[:3])]
            if is_century and len(roman) > 1:
                yield Synonym(index, index + 1, ((roman,),))  # siglos XX y XXI too
            elif is_century or is_name(before):
                yield Synonym(index - 1, index + 1, ((before, roman),))
