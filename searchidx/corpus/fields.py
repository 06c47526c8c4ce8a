"""The fields of a document that its source file gives: title, date, source, author and so on."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from searchidx.corpus.dates import parse_date
from searchidx.corpus.text.characters import clean, clean_line
from searchidx.model.document import MetadataProperties
from searchidx.schema import METADATA_FIELDS, field_of_column

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{1,8})*)")


@dataclass(frozen=True, slots=True)
class SourceFields(MetadataProperties):
    """The fields that a record, a front matter or a page gives; "" or None where it gives none."""

    id: str = ""
    title: str = ""
    text: str = ""  # cleaned; its line ends are kept
    date: dt.date | None = None
    keywords: dict[str, str] = field(default_factory=dict)  # values of `schema.METADATA_FIELDS`; none is empty
    url: str = ""
    language: str = ""  # BCP 47
    metadata: dict[str, str] = field(default_factory=dict)  # every other key

    def with_defaults(self, date: dt.date | None = None, **keywords: str) -> SourceFields:
        """A copy that takes this date and these keywords where the fields have none."""
        defaults = {name: value for name, value in keywords.items() if value}
        return replace(self, date=self.date or date, keywords=defaults | self.keywords)


_field_of_column = lru_cache(maxsize=4096)(field_of_column)  # every record of a file has the same columns


def read_fields(pairs: Iterable[tuple[str, object]]) -> SourceFields:
    """The fields in these keys and values.

    A value that fits no field becomes metadata under its own key: that of an unknown key, that of a second key for
    the same field, a date that cannot be read, a language that is not a BCP 47 tag. So nothing is lost. Empty
    values are left out. Raises `ValueError` with a reason when the text or the id has the wrong type.
    """
    values: dict[str, str] = {}
    metadata: dict[str, str] = {}
    for key, value in pairs:
        name = _field_of_column(key)
        text = _multiline_text(value) if name == "text" else _single_line(name, value)
        if not text:
            continue
        if name is None or name in values:
            metadata[clean_line(key)] = text
        else:
            values[name] = text
    written_date = values.pop("date", "")
    date = parse_date(written_date)
    if written_date and date is None:
        metadata["date"] = written_date
    written_language = values.pop("language", "")
    language = parse_language(written_language)
    if written_language and not language:
        metadata["language"] = written_language
    keywords = {name: values.pop(name) for name in METADATA_FIELDS if name in values}
    return SourceFields(date=date, language=language, keywords=keywords, metadata=metadata, **values)


def parse_language(text: str) -> str:
    """The BCP 47 tag that a text means (*es_mx* → *es-MX*); "" when it means none."""
    match = _LANGUAGE.fullmatch(text.strip().replace("_", "-"))
    if match is None:
        return ""
    subtags = [subtag.upper() if len(subtag) == 2 else subtag for subtag in match[2].split("-")]
    return match[1].lower() + "-".join(subtags)


def _multiline_text(value: object) -> str:
    if isinstance(value, str):
        return clean(value)
    if value is None:
        return ""
    raise ValueError(f"its text is {_type_name(value)}, not a string")


def _single_line(name: str | None, value: object) -> str:
    """A value of a field (or of an unknown key) on one line.

    The plain values of a list are joined by commas where the key is a field; any other value that is not a string
    is written as JSON.
    """
    if isinstance(value, str):
        return clean_line(value)
    if value is None:
        return ""
    if name == "id" and not isinstance(value, int | float):
        raise ValueError(f"its id is {_type_name(value)}, not a string")
    if name and isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return clean_line(", ".join(map(str, value)))
    return clean_line(json.dumps(value, ensure_ascii=False))


def _type_name(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    names = {int: "a number", float: "a number", list: "a list", dict: "an object", str: "a string"}
    return names.get(type(value), f"a {type(value).__name__}")
