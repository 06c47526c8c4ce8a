"""Which part of a news text is body, and what does the rest say of it?

Agencies and web pages put a header, a dateline, signatures, a reading time and buttons around an
article. They become title, date, place, source and author, or go. Only what can hardly be body text is
taken: where in doubt, a line stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from searchidx.corpus.fields import Fields
from searchidx.corpus.news import (
    datelines,
)
from searchidx.corpus.news import (
    word_lists as words,
)
from searchidx.corpus.text.paragraphs import (
    is_hard_wrapped,
    split_paragraphs,
)
from searchidx.corpus.text.sentences import (
    ends_in_abbreviation,
    title_from,
)

_LONGEST_TITLE = 160  # characters; the longest headline of the seeds has 88
_OPENING = 5  # paragraphs in which a dateline, a byline, or a bare reading time may stand

_MINUTES = r"\d{1,3}\s?(?:minutos?|mins?\.?|minutes?)"
_READING_TIME = re.compile(
    rf"(?:(?:tiempo )?(?:estimado )?(?:de )?lectura:?(?: de)? {_MINUTES}"
    rf"|{_MINUTES} (?:de )?(?:lectura|read)|reading time:? {_MINUTES})\.?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
_BARE_MINUTES = re.compile(rf"{_MINUTES}\.?", re.IGNORECASE)
_NAME = r"[A-ZÁÉÍÓÚÜÑ][\w'’.-]*"
_BYLINE = re.compile(rf"(?:Por|By):? ({_NAME}(?: (?:de |del |la |y )*{_NAME}){{1,5}})")


@dataclass(frozen=True, slots=True)
class Article:
    """The body, and all that is known beside it."""

    fields: Fields  # without the text; the title is never "" when there are paragraphs
    title_is_derived: bool
    paragraphs: list[str]


def from_text(text: str, known: Fields) -> Article:
    """An article from cleaned plain text; what `known` holds is not looked for in the text."""
    start, known = _take_header(text, known)
    body = text[start:]
    if not known.title:
        body = _without_leading_debris(body)
        title, rest = _first_line_title(body)
        if title:
            return from_paragraphs(split_paragraphs(rest), replace(known, title=title))
    paragraphs = split_paragraphs(body)
    return from_paragraphs(paragraphs or list(filter(None, [known.title])), known)


def from_paragraphs(paragraphs: list[str], known: Fields) -> Article:
    """An article from its paragraphs, which may still hold a dateline, signatures and debris."""
    body = paragraphs
    if not (known.keywords.get("source", "") and known.keywords.get("place", "")):
        body, known = _take_opening(_without_debris(paragraphs), known)
        body, known = _take_closing(body, known)
    # A text of nothing but furniture is its own body: better to find it than to lose it.
    body = body or paragraphs
    known = replace(known, text="") if known.text else known
    if known.title or not body:
        return Article(known, False, body)
    return Article(replace(known, title=title_from(body[0])), True, body)


def _take_header(text: str, known: Fields) -> tuple[int, Fields]:
    """Where the text goes on after its ` date 2025-11-12 Title` line, and what that line says."""
    start = len(text) - len(text.lstrip("\n"))
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    header = datelines.read_header(text[start:end]) if end - start < 1000 else None
    if header is None:
        return 0, known
    date, title = header
    return end, replace(known, date=known.date or date, title=known.title or " ".join(title.split()))


def _without_leading_debris(text: str) -> str:
    """The text from its first line that may be a title."""
    rest = text.lstrip()
    for _ in range(_OPENING):
        line, _, following = rest.partition("\n")
        line = line[:200].strip()
        if not (following.strip() and (_is_debris(line) or _is_reading_time(line, True))):
            break
        rest = following.lstrip()
    return rest


def _first_line_title(text: str) -> tuple[str, str]:
    """The first line and what follows, when that line is a headline; "" and the text otherwise.

    A headline is short, does not end as a sentence does, and has a blank line or a longer paragraph
    after it.
    """
    line, _, rest = text.partition("\n")
    title = " ".join(line.split())
    if not _is_headline(title) or not rest.strip():
        return "", text
    if rest.split("\n", 1)[0].strip():
        following = split_paragraphs(rest[:2000])[0]
        if is_hard_wrapped(text) or len(following) < max(80, 1.5 * len(title)):
            return "", text
    return title, rest


def _is_headline(line: str) -> bool:
    if not 0 < len(line) <= _LONGEST_TITLE or not any(map(str.isalpha, line)):
        return False
    if line.endswith((".", ":", ";", ",", "-")) and not ends_in_abbreviation(line):
        return False
    opens_story = datelines.read_dateline(line) or _BYLINE.fullmatch(line)
    return not (opens_story or datelines.signing_agency(line, ""))


def _without_debris(paragraphs: list[str]) -> list[str]:
    longest = words.longest_debris()
    return [
        paragraph
        for number, paragraph in enumerate(paragraphs)
        if len(paragraph) > longest
        or not (_is_debris(paragraph) or _is_reading_time(paragraph, number < _OPENING))
    ]


def _is_debris(paragraph: str) -> bool:
    return words.debris_key(paragraph) in words.debris()


def _is_reading_time(paragraph: str, opening: bool) -> bool:
    """*2 minutos* alone is a reading time only near the top; further down it may be an answer."""
    if len(paragraph) > 50 or not _DIGIT.search(paragraph):
        return False
    return bool(_READING_TIME.fullmatch(paragraph) or (opening and _BARE_MINUTES.fullmatch(paragraph)))


def _take_opening(paragraphs: list[str], known: Fields) -> tuple[list[str], Fields]:
    """The paragraphs without agency line, byline and dateline at their head, and what those say."""
    body = list(paragraphs)
    for number, paragraph in enumerate(body[:_OPENING]):
        dateline = datelines.read_dateline(paragraph)
        if dateline:
            body[number] = dateline.rest
            known = known.filled(dateline.date, place=dateline.place, source=dateline.agency)
            break
    for number, paragraph in enumerate(body[:2] if len(body) > 1 else ()):
        byline = _BYLINE.fullmatch(paragraph)
        agency = datelines.signing_agency(paragraph, known.keywords.get("source", ""))
        if byline or agency:
            body[number] = ""
            author = byline[1] if byline else ""
            known = known.filled(author=author, source=agency)
    return [paragraph for paragraph in body if paragraph], known


def _take_closing(paragraphs: list[str], known: Fields) -> tuple[list[str], Fields]:
    """The paragraphs without signatures at their end, and the agency that signs."""
    body = list(paragraphs)
    initials = body.pop() if len(body) > 1 and datelines.is_initials(body[-1]) else ""
    agency = datelines.signing_agency(body[-1], known.keywords.get("source", "")) if len(body) > 1 else ""
    if agency:
        body.pop()
    elif body:
        body[-1], agency = datelines.cut_signature(body[-1], known.keywords.get("source", ""))
    known = known.filled(source=agency)
    if initials and not known.keywords.get("source", ""):
        # Nothing else says that this is an agency's story: it may be a word such as "sí/no".
        body.append(initials)
    return body, known
