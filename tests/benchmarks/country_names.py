"""Writes `query/terms/countries.tsv` anew from the names of Unicode's CLDR, as babel has them.

python -m tests.benchmarks.country_names OUT
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel import Locale

from searchidx.analysis.analyzer import Analyzer
from searchidx.query.terms.synonyms import Name

SPANISH = ("es", "es_419", "es_MX")
OTHERS = (
    *("ca", "de", "en", "eu", "fr", "gl", "it", "pl", "pt", "tr"),
    *("ar", "el", "fa", "he", "ja", "ko", "ru", "uk", "zh", "zh_Hant"),
)

NO_COUNTRIES = frozenset({"EZ", "QO", "UN", "XA", "XB", "ZZ"})
SECOND_MEANINGS = frozenset({"BL", "GD", "GG", "JE", "MF", "MU", "RE", "SH"})
"""Countries whose Spanish name is also a word, a person or another place (Reunión, Granada, Mauricio)."""

MIN_LATIN_LETTERS = 4


def country_names() -> Iterator[tuple[list[str], list[str]]]:
    """(names in Spanish, names in other languages) of each country, as the folded words of queries."""
    analyzer = Analyzer()
    codes = map(str, Locale.parse("es").territories)
    for code in sorted(each for each in codes if each.isalpha()):
        if code in NO_COUNTRIES | SECOND_MEANINGS:
            continue
        spanish = _names(code, SPANISH, analyzer)
        others = [name for name in _names(code, OTHERS, analyzer) if name not in spanish]
        if spanish and others:
            yield [" ".join(name) for name in spanish], [" ".join(name) for name in others]


def _names(code: str, languages: Sequence[str], analyzer: Analyzer) -> list[Name]:
    names = [Locale.parse(language).territories.get(code, "") for language in languages]
    whole = [name.partition(" (")[0] for name in names if " - " not in name]
    folded = (tuple(word.folded for word in analyzer.words(name)) for name in whole)
    return list(dict.fromkeys(name for name in folded if name and not _is_short(name)))


def _is_short(name: Name) -> bool:
    letters = "".join(name)
    return letters.isascii() and len(letters) < MIN_LATIN_LETTERS


_HEADER = """\
# Countries: names in Spanish | … , tab, names in other languages | …; each as the folded words of a query.
# Written by `python -m tests.benchmarks.country_names` from Unicode CLDR (Unicode License v3), not by hand.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("out", type=Path)
    lines = ("|".join(spanish) + "\t" + "|".join(others) + "\n" for spanish, others in country_names())
    parser.parse_args().out.write_text(_HEADER + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
