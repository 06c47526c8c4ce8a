"""How does an agency open and close a story, and what does that say of it?

Opening: ` date 2025-11-12 Title`, then `Moscú, 12 nov (EFE).-`. Closing: `… últimas semanas. EFE`, and
under it the initials of who wrote and edited it, `mos/lar`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from searchidx.corpus.dates import MONTH_PATTERN, MONTHS, calendar_date
from searchidx.corpus.news.word_lists import agencies

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
_LONGEST = 200  # characters of a dateline
_PARTICLES = frozenset(("de", "del", "la", "las", "el", "los", "y", "e", "do", "da", "dos", "en"))
_DESK = re.compile(r"redacci[oó]n\b", re.IGNORECASE)  # stands where a place would, and is none

_CLOSING = re.compile(r"(?<=[.!?…»”\"')\]])\s+\(?(?P<agency>[^\W\d_][^.!?…()\n]{1,40})\)?\.?$")
_ALONE = re.compile(r"\(?(?:Fuente: )?(?P<agency>[^\W\d_][^.()/\n]{1,40})(?P<credit>/[^/\n]{1,40}){0,3}\)?\.?")
_INITIALS = re.compile(r"\(?[a-zñ]{2,4}(?:[/-][a-zñ]{2,4}){1,4}\)?")
_LONGEST_CLOSING = 60  # characters of a signature
_JOINT = re.compile(r"[/,-]| y ")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says, and the text that follows it."""

    place: str  # "" for a desk
    agency: str
    date: dt.date | None  # only when it names a year
    rest: str


def read_header(line: str) -> tuple[dt.date, str] | None:
    """The date and the title of a ` date 2025-11-12 Title` line; None when it is another line."""
    match = _HEADER.fullmatch(line.rstrip())
    if match is None:
        return None
    date = calendar_date(*map(int, match.group(1, 2, 3)))
    return (date, match[4] or "") if date else None


def read_dateline(paragraph: str) -> Dateline | None:
    """The dateline that opens a paragraph; None when it opens with something else.

    A place and an agency in parentheses are not enough (*Sánchez (PSOE) - ...*): either the agency is a
    known one and a dash follows, or a date stands between and a dash follows, or all three are there.
    """
    head = paragraph[:_LONGEST]
    match = _DATELINE.match(head) if "(" in head else None
    if match is None or not _is_place(match["place"]):
        return None
    known = agency_name(match["agency"])
    dated = match["day"] or match["english_day"]
    dashed = match["stop"].endswith(("-", "–", "—"))
    if sum(map(bool, (known, dated, dashed))) < 2:
        return None
    place = "" if _DESK.match(match["place"]) else _in_lower_case(match["place"])
    return Dateline(place, known or match["agency"].strip(), _date(match), paragraph[match.end() :])


def agency_name(written: str) -> str:
    """The name under which a known agency is shown; "" when no known agency signs so.

    Of two (*EFE/AP*), as written if one of them is known.
    """
    written = written.strip()
    name = agencies().get(written)
    if name:
        return name
    parts = [part.strip() for part in _JOINT.split(written)]
    return written if len(parts) > 1 and any(part in agencies() for part in parts) else ""


def cut_signature(paragraph: str, source: str) -> tuple[str, str]:
    """A paragraph without the agency that signs after its last sentence, and that agency.

    Signatures are those of known agencies, and that of `source`. Otherwise the paragraph and "".
    """
    start = max(0, len(paragraph) - _LONGEST_CLOSING)
    match = _CLOSING.search(paragraph, start)
    if match is None:
        return paragraph, ""
    agency = agency_name(match["agency"]) or (source if match["agency"] == source else "")
    return (paragraph[: match.start()].rstrip(), agency) if agency else (paragraph, "")


def signing_agency(paragraph: str, source: str) -> str:
    """The agency whose name, be it with a credit (*EFE/EPA/...*), is the whole paragraph; or ""."""
    match = _ALONE.fullmatch(paragraph) if len(paragraph) <= _LONGEST_CLOSING else None
    if match is None:
        return ""
    return agency_name(match["agency"]) or (source if match["agency"] == source else "")


def is_initials(paragraph: str) -> bool:
    """Whether the whole paragraph looks like the initials of writer and editor, *mos/lar*."""
    return _INITIALS.fullmatch(paragraph) is not None


def _is_place(written: str) -> bool:
    """Whether each word has a capital, as those of a place do."""
    words = re.findall(r"[^\W\d_]+", written)
    return len(words) <= 8 and all(word[0].isupper() or word in _PARTICLES for word in words)


def _in_lower_case(place: str) -> str:
    """A place in capitals as it is usually written, so that a facet shows it once: *San José de Costa Rica*."""
    place = place.strip(" ,")
    if not place.isupper() or "." in place:
        return place
    words = [word if word in _PARTICLES else word.title() for word in place.lower().split(" ")]
    return " ".join([words[0].title(), *words[1:]])


def _date(match: re.Match[str]) -> dt.date | None:
    if not match["year"]:
        return None
    month = MONTHS[(match["month"] or match["english_month"]).lower()]
    return calendar_date(int(match["year"]), month, int(match["day"] or match["english_day"]))
