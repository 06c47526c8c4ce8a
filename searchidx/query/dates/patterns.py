"""Regular expressions of dates in words, which may stand after `fecha:` without quotes.

They are matched without regard to case; `written_dates` reads the texts that they match.
"""

from __future__ import annotations

from searchidx.analysis.languages.months import MONTH_PATTERN

COUNTS = dict.fromkeys(("un", "una", "a", "an", "one"), "1") | {
    **dict.fromkeys(("dos", "two"), "2"),
    **dict.fromkeys(("tres", "three"), "3"),
    **dict.fromkeys(("cuatro", "four"), "4"),
    **dict.fromkeys(("cinco", "five"), "5"),
    **dict.fromkeys(("seis", "six"), "6"),
    **dict.fromkeys(("siete", "seven"), "7"),
    **dict.fromkeys(("ocho", "eight"), "8"),
    **dict.fromkeys(("nueve", "nine"), "9"),
    **dict.fromkeys(("diez", "ten"), "10"),
    "quince": "15",
    "veinte": "20",
    "treinta": "30",
}
"""Numbers in words that are common in dates → their digits."""

MONTH = rf"(?:{MONTH_PATTERN})\.?"
WEEKDAY = (
    "lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|"
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
)
UNIT = "d[ií]as?|semanas?|mes(?:es)?|a[nñ]os?|days?|weeks?|months?|years?"

DAY_AND_MONTH = rf"[0-9]{{1,2}}(?:\.?[ºª°]|st|nd|rd|th)?\s+(?:(?:de|of)\s+)?{MONTH}"
_YEAR = r"(?:,|\s+del?|\s+of)?\s+[0-9]{4}"
_COUNT = "[0-9]{1,4}|" + "|".join(COUNTS)
_THE = r"(?:(?:el|la|los|las|the)\s+)?"
_PERIOD = rf"(?:{UNIT}|{WEEKDAY}|{MONTH})"

DAY_NAMES = "hoy|ayer|anteayer|today|yesterday"

PHRASE = "|".join(
    (
        rf"{_THE}(?:(?:{WEEKDAY}),?\s+)?{_THE}{DAY_AND_MONTH}(?:{_YEAR})?",
        rf"{MONTH}\s+[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s+[0-9]{{4}}",
        rf"{MONTH}{_YEAR}",
        rf"{_THE}{_PERIOD}\s+(?:pasad[oa]|anterior)",
        rf"{_THE}(?:pasad[oa]|last|previous)\s+{_PERIOD}",
        rf"(?:est[ea]|this)\s+(?:{UNIT})",
        rf"{_THE}(?:[uú]ltim[oa]s?|last|past)\s+(?:(?:{_COUNT})\s+)?(?:{UNIT})",
        rf"hace\s+(?:{_COUNT})\s+(?:{UNIT})",
        rf"(?:{_COUNT})\s+(?:{UNIT})\s+ago",
        r"antes\s+de\s+ayer|(?:the\s+)?day\s+before\s+yesterday",
    )
)
"""A date of several words."""
