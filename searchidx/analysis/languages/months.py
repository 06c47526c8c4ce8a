"""Month names and abbreviations, Spanish and English."""

from __future__ import annotations

_NAMES = (
    ("ene", "enero", "jan", "january"),
    ("feb", "febrero", "february"),
    ("mar", "marzo", "march"),
    ("abr", "abril", "apr", "april"),
    ("may", "mayo"),
    ("jun", "junio", "june"),
    ("jul", "julio", "july"),
    ("ago", "agosto", "aug", "august"),
    ("sep", "sept", "set", "septiembre", "setiembre", "september"),
    ("oct", "octubre", "october"),
    ("nov", "noviembre", "november"),
    ("dic", "diciembre", "dec", "december"),
)

MONTH_NUMBERS = {name: number for number, names in enumerate(_NAMES, 1) for name in names}
"""Name or abbreviation, in lower case and without a full stop → number of the month, 1-12."""

MONTH_PATTERN = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
"""The alternatives of a regular expression, the longest first; match them without regard to case."""
