"""The header, the dateline and the signatures of an agency's story.

A story opens with ` date 2025-11-12 Title` and `Moscú, 12 nov (EFE).-`. It closes with `… últimas semanas. EFE`,
and under that the initials of its writer and its editor, `mos/lar`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from searchidx.analysis.languages.months import MONTH_NUMBERS, MONTH_PATTERN
from searchidx.corpus.dates import calendar_date
from searchidx.runtime.files import data_lines

_HEADER = re.compile(r"\s*date (\d{4})-(\d\d)-(\d\d)(?:[ \t]+(\S.*))?")

_DATELINE = re.compile(
    rf"""
    (?P<place>[^\W\d_][^\d\n]{{0,70}}?)
    (?:,?\s (?: (?P<day>\d\d?)\s?[º°ª.]?\s (?:de\s)? (?P<month>{MONTH_PATTERN})\b\.?
              | (?P<english_month>{MONTH_PATTERN})\b\.?\s (?P<english_day>\d\d?) )
        (?:,?\s (?:del?\s)? (?P<year>\d{{4}}))?
    )?
    \s?\( (?P<agency>[^()\d\n]{{2,40}}) \)
    (?P<stop>\s?[.:]?\s?[-–—]+ | \s?[.:] |)
    (?:\s+|$|(?<=[-–—]))
    """,
    re.VERBOSE | re.IGNORECASE,
)
_MAX_DATELINE = 200  # characters
_PARTICLES = frozenset(("de", "del", "la", "las", "el", "los", "y", "e", "do", "da", "dos", "en"))
_DESK = re.compile(r"redacci[oó]n\b", re.IGNORECASE)  # stands in the position of a place but is none

_SIGNATURE = re.compile(r"(?<=[.!?…»”\"')\]])\s+\(?(?P<agency>[^\W\d_][^.!?…()\n]{1,40})\)?\.?$")
_SIGNATURE_LINE = re.compile(
    r"\(?(?:Fuente: )?(?P<agency>[^\W\d_][^.()/\n]{1,40})(?P<credit>/[^/\n]{1,40}){0,3}\)?\.?"
)
_INITIALS = re.compile(r"\(?[a-zñ]{2,4}(?:[/-][a-zñ]{2,4}){1,4}\)?")
_MAX_SIGNATURE = 60  # characters
_AGENCY_SEPARATOR = re.compile(r"[/,-]| y ")


@dataclass(frozen=True, slots=True)
class Dateline:
    """The parts of a dateline, and the text after it."""

    place: str  # "" for a newsroom desk (*Redacción Internacional*)
    agency: str
    date: dt.date | None  # None unless the dateline names a year
    body: str  # the paragraph without the dateline


def parse_header(line: str) -> tuple[dt.date, str] | None:
    """The date and the title of a ` date 2025-11-12 Title` line; None for any other line."""
    match = _HEADER.fullmatch(line.rstrip())
    if match is None:
        return None
    date = calendar_date(*map(int, match.group(1, 2, 3)))
    return (date, match[4] or "") if date else None


def parse_dateline(paragraph: str) -> Dateline | None:
    """The dateline at the start of a paragraph; None when there is none.

    A place and an agency in parentheses are not enough (*Sánchez (PSOE) - ...*). Two of three marks are required:
    the agency is a known one, a date stands before it, a dash follows it.
    """
    head = paragraph[:_MAX_DATELINE]
    match = _DATELINE.match(head) if "(" in head else None
    if match is None or not _is_place(match["place"]):
        return None
    known_agency = _known_agency(match["agency"])
    has_date = bool(match["day"] or match["english_day"])
    has_dash = match["stop"].endswith(("-", "–", "—"))
    if bool(known_agency) + has_date + has_dash < 2:
        return None
    place = "" if _DESK.match(match["place"]) else _title_case(match["place"])
    return Dateline(place, known_agency or match["agency"].strip(), _date(match), paragraph[match.end() :])


def strip_signature(paragraph: str, source: str) -> tuple[str, str]:
    """The paragraph without the agency that signs after its last sentence, and that agency.

    Only known agencies and `source` are signatures. Without one, the result is the whole paragraph and "".
    """
    start = max(0, len(paragraph) - _MAX_SIGNATURE)
    match = _SIGNATURE.search(paragraph, start)
    if match is None:
        return paragraph, ""
    agency = _signature(match["agency"], source)
    return (paragraph[: match.start()].rstrip(), agency) if agency else (paragraph, "")


def signing_agency(paragraph: str, source: str) -> str:
    """The agency whose name, with or without a photo credit (*EFE/EPA/...*), is the whole paragraph; else "".

    Only known agencies and `source` are signatures.
    """
    match = _SIGNATURE_LINE.fullmatch(paragraph) if len(paragraph) <= _MAX_SIGNATURE else None
    if match is None:
        return ""
    return _signature(match["agency"], source)


def is_initials(paragraph: str) -> bool:
    """Whether the whole paragraph has the form of the initials of writer and editor, *mos/lar*."""
    return _INITIALS.fullmatch(paragraph) is not None


def _signature(written: str, source: str) -> str:
    """The agency that signs so: a known one, or `source`; else ""."""
    return _known_agency(written) or (source if written == source else "")


def _known_agency(written: str) -> str:
    """The name under which a known agency is shown; "" when the text names no known agency.

    Several agencies (*EFE/AP*) are returned as written if one of them is known.
    """
    written = written.strip()
    agencies = _agencies()
    name = agencies.get(written)
    if name:
        return name
    parts = [part.strip() for part in _AGENCY_SEPARATOR.split(written)]
    return written if len(parts) > 1 and any(part in agencies for part in parts) else ""


def _is_place(written: str) -> bool:
    """Whether the words are capitalised as those of a place are."""
    words = re.findall(r"[^\W\d_]+", written)
    return len(words) <= 8 and all(word[0].isupper() or word in _PARTICLES for word in words)


def _title_case(place: str) -> str:
    """A place in capitals as it is usually written (*San José de Costa Rica*), so that a facet shows it once."""
    place = place.strip(" ,")
    if not place.isupper() or "." in place:
        return place
    words = [word if word in _PARTICLES else word.title() for word in place.lower().split(" ")]
    return " ".join([words[0].title(), *words[1:]])


def _date(match: re.Match[str]) -> dt.date | None:
    """The date of a dateline; None without a year, or when the calendar has no such day."""
    if not match["year"]:
        return None
    month = MONTH_NUMBERS[(match["month"] or match["english_month"]).lower()]
    return calendar_date(int(match["year"]), month, int(match["day"] or match["english_day"]))


@cache
def _agencies() -> dict[str, str]:
    """Each signature of a news agency, as in the list and in capitals → the name that is shown."""
    names = {}
    for _, entry in data_lines(Path(__file__).with_name("agencies.txt")):
        signature, _, shown = (part.strip() for part in entry.partition("="))
        names[signature] = names[signature.upper()] = shown or signature
    return names
