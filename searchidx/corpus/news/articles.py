"""Newswire articles: their body, and the metadata that stands around it in the text.

Agencies and web pages put a header, a dateline, signatures, a reading time and buttons around an article. These
become title, date, place, source and author, or are removed. A line is removed only when it can hardly be part of
the body: in doubt it stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from searchidx.corpus.fields import SourceFields
from searchidx.corpus.news.datelines import (
    is_initials,
    parse_dateline,
    parse_header,
    signing_agency,
    strip_signature,
)
from searchidx.corpus.text.paragraphs import is_hard_wrapped, split_paragraphs
from searchidx.corpus.text.sentences import ends_in_abbreviation, title_from
from searchidx.runtime.files import data_lines

_MAX_HEADER = 1000  # characters
_MAX_TITLE = 160  # characters; the longest headline of the seeds has 88
_OPENING = 5  # paragraphs in which a dateline or a bare reading time may stand
_BYLINE_WITHIN = 2  # paragraphs

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
    """The body of a text, and its fields."""

    fields: SourceFields  # without the text; the title is never "" when there are paragraphs
    title_is_derived: bool
    paragraphs: list[str]


def article_from_text(text: str, fields: SourceFields) -> Article:
    """The article in a cleaned plain text; a field that has a value is not looked for in the text."""
    body, fields = _split_header(text, fields)
    if not fields.title:
        body = _skip_leading_boilerplate(body)
        title, following = _split_headline(body)
        if title:
            return article_from_paragraphs(split_paragraphs(following), replace(fields, title=title))
    paragraphs = split_paragraphs(body)
    if not paragraphs and fields.title:
        paragraphs = [fields.title]
    return article_from_paragraphs(paragraphs, fields)


def article_from_paragraphs(paragraphs: list[str], fields: SourceFields) -> Article:
    """The article in paragraphs that may still hold a dateline, signatures and boilerplate.

    When the fields give both source and place, all paragraphs are body.
    """
    body = paragraphs
    if not (fields.source and fields.place):
        body, fields = _extract_opening(_remove_boilerplate(paragraphs), fields)
        body, fields = _extract_closing(body, fields)
    # A text of nothing but boilerplate is kept as the body, so that it can be found.
    body = body or paragraphs
    fields = replace(fields, text="") if fields.text else fields
    if fields.title or not body:
        return Article(fields, False, body)
    return Article(replace(fields, title=title_from(body[0])), True, body)


def _split_header(text: str, fields: SourceFields) -> tuple[str, SourceFields]:
    """The text after its ` date 2025-11-12 Title` line, and the fields with what that line gives."""
    start = len(text) - len(text.lstrip("\n"))
    end = text.find("\n", start)
    end = len(text) if end < 0 else end
    header = parse_header(text[start:end]) if end - start < _MAX_HEADER else None
    if header is None:
        return text, fields
    date, title = header
    return text[end:], replace(fields, date=fields.date or date, title=fields.title or " ".join(title.split()))


def _skip_leading_boilerplate(text: str) -> str:
    """The text from its first line that may be a title."""
    remaining = text.lstrip()
    for _ in range(_OPENING):
        line, _, following = remaining.partition("\n")
        line = line[:200].strip()
        if not (following.strip() and (_is_boilerplate(line) or _is_reading_time(line, in_opening=True))):
            break
        remaining = following.lstrip()
    return remaining


def _split_headline(text: str) -> tuple[str, str]:
    """The first line and the text after it, when that line is a headline; otherwise "" and the whole text.

    A headline is short, does not end as a sentence does, and has a blank line or a longer paragraph after it.
    """
    line, _, following = text.partition("\n")
    title = " ".join(line.split())
    if not _is_headline(title) or not following.strip():
        return "", text
    if following.split("\n", 1)[0].strip():
        paragraph = split_paragraphs(following[:2000])[0]
        if is_hard_wrapped(text) or len(paragraph) < max(80, 1.5 * len(title)):
            return "", text
    return title, following


def _is_headline(line: str) -> bool:
    if not 0 < len(line) <= _MAX_TITLE or not any(map(str.isalpha, line)):
        return False
    if line.endswith((".", ":", ";", ",", "-")) and not ends_in_abbreviation(line):
        return False
    return not (parse_dateline(line) or _BYLINE.fullmatch(line) or signing_agency(line, ""))


def _remove_boilerplate(paragraphs: list[str]) -> list[str]:
    max_length = _max_boilerplate()
    return [
        paragraph
        for number, paragraph in enumerate(paragraphs)
        if len(paragraph) > max_length
        or not (_is_boilerplate(paragraph) or _is_reading_time(paragraph, in_opening=number < _OPENING))
    ]


def _is_reading_time(paragraph: str, *, in_opening: bool) -> bool:
    """Whether the whole paragraph is a reading time; *2 minutos* alone is one only in the opening.

    Further down it may be an answer in an interview.
    """
    if len(paragraph) > 50 or not _DIGIT.search(paragraph):
        return False
    return bool(_READING_TIME.fullmatch(paragraph) or (in_opening and _BARE_MINUTES.fullmatch(paragraph)))


def _is_boilerplate(line: str) -> bool:
    return _boilerplate_key(line) in _boilerplate()


def _boilerplate_key(line: str) -> str:
    """The line without what varies between pages: capitals, and punctuation at its ends."""
    return line.casefold().strip(" .:»«<>|-–—*→←")


@cache
def _boilerplate() -> frozenset[str]:
    """The keys of lines of web pages that are never body text."""
    return frozenset(
        _boilerplate_key(entry) for _, entry in data_lines(Path(__file__).with_name("boilerplate.txt"))
    )


@cache
def _max_boilerplate() -> int:
    """Characters of the longest line that can be boilerplate, with some punctuation at its ends."""
    return 4 + max(map(len, _boilerplate()))


def _extract_opening(paragraphs: list[str], fields: SourceFields) -> tuple[list[str], SourceFields]:
    """The paragraphs without agency line, byline and dateline, and the fields with what these give."""
    body = list(paragraphs)
    for number, paragraph in enumerate(body[:_OPENING]):
        dateline = parse_dateline(paragraph)
        if dateline:
            body[number] = dateline.body
            fields = fields.with_defaults(dateline.date, place=dateline.place, source=dateline.agency)
            break
    for number, paragraph in enumerate(body[:_BYLINE_WITHIN] if len(body) > 1 else ()):
        byline = _BYLINE.fullmatch(paragraph)
        agency = signing_agency(paragraph, fields.source)
        if byline or agency:
            body[number] = ""
            fields = fields.with_defaults(author=byline[1] if byline else "", source=agency)
    return [paragraph for paragraph in body if paragraph], fields


def _extract_closing(paragraphs: list[str], fields: SourceFields) -> tuple[list[str], SourceFields]:
    """The paragraphs without the signatures at their end, and the fields with the agency that signs."""
    body = list(paragraphs)
    initials = body.pop() if len(body) > 1 and is_initials(body[-1]) else ""
    agency = signing_agency(body[-1], fields.source) if len(body) > 1 else ""
    if agency:
        body.pop()
    elif body:
        body[-1], agency = strip_signature(body[-1], fields.source)
    fields = fields.with_defaults(source=agency)
    if initials and not fields.source:
        # Nothing else shows that an agency wrote this: the initials may be a word such as "sí/no".
        body.append(initials)
    return body, fields
