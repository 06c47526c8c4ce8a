"""What may a record, a front matter or a page say of a document, and under which names?"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from searchidx.corpus.dates import parse_date
from searchidx.corpus.text.characters import (
    clean,
    one_line,
)
from searchidx.schema import METADATA_FIELDS, field_of_column

_LANGUAGE = re.compile(r"([A-Za-z]{2,3})((?:-[A-Za-z0-9]{1,8})*)")


@dataclass(frozen=True, slots=True)
class Fields:
    """What is known of a document beside its text; "" or None is not known."""

    id: str = ""
    title: str = ""
    text: str = ""  # cleaned; its line ends are kept
    date: dt.date | None = None
    keywords: dict[str, str] = field(default_factory=dict)  # of `schema.METADATA_FIELDS`
    url: str = ""
    language: str = ""  # BCP 47
    metadata: dict[str, str] = field(default_factory=dict)

    def filled(self, date: dt.date | None = None, **keywords: str) -> Fields:
        """The same, with this date and these keywords where none is known."""
        given = {name: value for name, value in keywords.items() if value}
        return replace(self, date=self.date or date, keywords=given | self.keywords)


_field_of_column = lru_cache(maxsize=4096)(field_of_column)  # every record has the same columns


def read_fields(pairs: Iterable[tuple[str, object]]) -> Fields:
    """The fields that these keys and values give.

    Any other key becomes metadata, as does a second name of a field that is given already, a date that
    is none, and a language that is none: nothing that was written is lost. Raises `ValueError` with a
    reason when the text or the id has the wrong type.
    """
    values: dict[str, str] = {}
    metadata: dict[str, str] = {}
    for key, value in pairs:
        name = _field_of_column(key) or ""
        given = _text(value) if name == "text" else _scalar(name, value)
        if not given:
            continue
        if not name or name in values:
            metadata[one_line(key)] = given
        else:
            values[name] = given
    date = parse_date(values["date"]) if "date" in values else None
    if "date" in values and date is None:
        metadata["date"] = values["date"]
    language = as_language(values.get("language", ""))
    if "language" in values and not language:
        metadata["language"] = values["language"]
    values.pop("date", None)
    values.pop("language", None)
    keywords = {name: values.pop(name) for name in METADATA_FIELDS if name in values}
    return Fields(date=date, language=language, keywords=keywords, metadata=metadata, **values)


def as_language(written: str) -> str:
    """A BCP 47 tag (*es-MX* of *es_mx*), "" when the text is none."""
    match = _LANGUAGE.fullmatch(written.strip().replace("_", "-"))
    if match is None:
        return ""
    parts = [part.upper() if len(part) == 2 else part for part in match[2].split("-")]
    return match[1].lower() + "-".join(parts)


def _text(value: object) -> str:
    if isinstance(value, str):
        return clean(value)
    if value is None:
        return ""
    raise ValueError(f"its text is {_kind(value)}, not a string")


def _scalar(name: str, value: object) -> str:
    """A value on one line; a list of plain values with commas, anything deeper as JSON."""
    if isinstance(value, str):
        return one_line(value)
    if value is None:
        return ""
    if name == "id" and not isinstance(value, int | float):
        raise ValueError(f"its id is {_kind(value)}, not a string")
    if name and isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return one_line(", ".join(map(str, value)))
    return one_line(json.dumps(value, ensure_ascii=False))


def _kind(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    names = {int: "a number", float: "a number", list: "a list", dict: "an object", str: "a string"}
    return names.get(type(value), f"a {type(value).__name__}")
