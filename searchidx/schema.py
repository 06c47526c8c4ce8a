"""The fields of a document, and the names of each field.

The columns of the store, the schemas of the engines, the JSON keys, the facets and filters, the field names of the
query language, the column names of source files and the labels are derived from one table. To add a metadata
field, add a row; `tests/test_schema.py` shows what follows from it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["text", "keyword", "date"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a document.

    A `text` field has words, a `keyword` field one value, which filters compare as a whole, a `date` field a
    calendar date. `name` is the column of the store, the JSON key, the URL parameter and, for a keyword field, the
    name in engines. `column_names` are those of columns, front matter and JSON keys in source files.
    """

    name: str
    kind: FieldKind
    label: str  # Spanish
    label_en: str
    query_names: tuple[str, ...]  # typed before a colon; the first is Spanish and shown to readers
    column_names: tuple[str, ...] = ()  # lower case, no accents
    is_metadata: bool = False  # a key of `Document.keywords`; plain words of a query find its words too
    is_facet: bool = False  # its values can be counted over all hits


_FIELDS = (
    Field("title", "text", "Título", "Title", ("título", "title"), ("title", "titulo")),
    Field("text", "text", "Texto", "Text", ("texto", "text", "cuerpo", "body"), ("text", "texto")),
    Field(
        "source",
        "keyword",
        "Fuente",
        "Source",
        ("fuente", "source", "medio"),
        ("source", "fuente"),
        is_metadata=True,
        is_facet=True,
    ),
    Field(
        "place",
        "keyword",
        "Lugar",
        "Place",
        ("lugar", "place"),
        ("place", "lugar"),
        is_metadata=True,
        is_facet=True,
    ),
    Field(
        "author",
        "keyword",
        "Autor",
        "Author",
        ("autor", "autora", "author"),
        ("author", "autor"),
        is_metadata=True,
        is_facet=True,
    ),
    Field("path", "keyword", "Archivo", "File", ("ruta", "path", "archivo", "file")),
    Field(
        "language",
        "keyword",
        "Idioma",
        "Language",
        ("idioma", "lang", "language"),
        ("language", "lang", "idioma"),
        is_facet=True,
    ),
    Field("date", "date", "Fecha", "Date", ("fecha", "date"), ("date", "fecha")),
)

FIELDS = {field.name: field for field in _FIELDS}
"""Name → field."""

KEYWORD_FIELDS = tuple(field.name for field in _FIELDS if field.kind == "keyword")
"""Names of the fields whose value filters compare as a whole."""

METADATA_FIELDS = tuple(field.name for field in _FIELDS if field.is_metadata)
"""Names of the fields that describe a document; plain words of a query find their words too."""

PERIODS = {"year": "YYYY", "month": "YYYY-MM"}
"""Part of the date that can be filtered and counted → the form of its values."""

FACETS = (*(field.name for field in _FIELDS if field.is_facet), *PERIODS)
"""Names of what can be counted over all hits."""

FILTERS = (*KEYWORD_FIELDS, *PERIODS)
"""Names of what hits can be filtered by."""

DATE_QUERY_FIELDS = ("date", "since", "until")
"""Fields of the query language whose value is a date or a range of dates, never words."""

_BOUND_NAMES = {"since": ("desde", "since", "from"), "until": ("hasta", "until", "to")}
"""Field of the query language that limits the date on one side → its names."""

QUERY_NAMES = {field.name: field.query_names for field in _FIELDS} | _BOUND_NAMES
"""Field of the query language → the names that readers may type; the first is Spanish and shown to readers."""

QUERY_LABELS = {name: names[0] for name, names in QUERY_NAMES.items()}
"""Field of the query language → the name that readers see."""

TEXT_FIELDS = ("stem", "folded", "accented", "title_stem", "title_folded", "metadata")
"""The text fields of an engine. `metadata` has the folded words of metadata, as `word` and as `field:word`."""

PHRASE_FIELDS = ("folded", "title_folded", "metadata")
"""The text fields with positions, which phrase queries need. Quoted words are not stemmed: stems need none."""


def _plain(name: str) -> str:
    """The name in lower case without accents.

    Not `analysis.folding.fold`: this module lies below analysis, and `fold` keeps ñ, which names may lack here.
    """
    decomposed = unicodedata.normalize("NFD", name.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_BY_QUERY_NAME = {_plain(each): name for name, names in QUERY_NAMES.items() for each in names}
_BY_COLUMN_NAME = {each: field.name for field in _FIELDS for each in field.column_names} | {
    "id": "id",
    "url": "url",
}


def field_of_query_name(name: str) -> str | None:
    """The field with this name in the query language, whatever its case and accents; None when there is none."""
    return _BY_QUERY_NAME.get(_plain(name))


def field_of_column(name: str) -> str | None:
    """The field that a column of a source file means (*Título* → title); None when there is none."""
    return _BY_COLUMN_NAME.get("".join(filter(str.isalnum, _plain(name))))


def metadata_term(field: str, word: str) -> str:
    """The term of a folded word of one metadata field, in the text field `metadata`."""
    return f"{_plain(field)}:{word}"
