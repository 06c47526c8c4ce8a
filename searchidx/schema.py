"""The table of fields: what a document has beside its text, and under which names each field is known.

The columns of the store, the schemas of the engines, the JSON keys, the facets, the field names of the query
language, the names of columns in source files and the labels follow from this table. A new metadata field is one
more row.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["text", "keyword", "date"]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a document.

    `text` fields hold paragraphs of words, `keyword` fields one value, which filters compare as a whole, `date`
    fields a calendar date.
    """

    name: (
        str  # of the column in the store, the JSON key and the URL parameter; the engines' name of a keyword field
    )
    kind: FieldKind
    label: str  # Spanish
    label_en: str
    query_names: tuple[str, ...]  # that readers type before a colon; the first is Spanish and is shown to them
    column_names: tuple[
        str, ...
    ] = ()  # of columns, front matter and JSON keys in source files; lower case, no accents
    is_metadata: bool = False  # a key of `Document.keywords`; plain words of a query find its words too
    is_facet: bool = False  # can be counted over all hits


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
"""Names of the fields that filters compare as a whole."""

METADATA_FIELDS = tuple(field.name for field in _FIELDS if field.is_metadata)
"""Names of the fields that describe a document, and whose words plain words of a query find too."""

PERIODS = {"year": "YYYY", "month": "YYYY-MM"}
"""Parts of the date that can be filtered by and counted → how their values are written."""

FACETS = (*(field.name for field in _FIELDS if field.is_facet), *PERIODS)
"""What can be counted over all hits."""

FILTERS = (*KEYWORD_FIELDS, *PERIODS)
"""What hits can be filtered by."""

DATE_QUERY_FIELDS = ("date", "since", "until")
"""Names in the query language whose value is a date or a range of dates, never words."""

_BOUND_NAMES = {"since": ("desde", "since", "from"), "until": ("hasta", "until", "to")}
"""Names in the query language that bound the date on one side."""

QUERY_NAMES = {field.name: field.query_names for field in _FIELDS} | _BOUND_NAMES
"""Field of the query language → the names that readers may type; the first is Spanish and is shown to them."""

QUERY_LABELS = {name: names[0] for name, names in QUERY_NAMES.items()}
"""Field of the query language → the name that readers see."""

TEXT_FIELDS = ("stem", "folded", "accented", "title_stem", "title_folded", "metadata")
"""Fields of terms that every engine indexes. `metadata` holds the folded words of the metadata, bare and as
`field:word`."""

PHRASE_FIELDS = ("folded", "title_folded", "metadata")
"""The text fields whose terms have positions, which a phrase query needs: what is quoted is never stemmed."""


def _plain(name: str) -> str:
    """The name in lower case without accents."""
    decomposed = unicodedata.normalize("NFD", name.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_BY_QUERY_NAME = {_plain(each): name for name, names in QUERY_NAMES.items() for each in names}
_BY_COLUMN_NAME = {each: field.name for field in _FIELDS for each in field.column_names} | {
    "id": "id",
    "url": "url",
}


def field_of_query_name(name: str) -> str | None:
    """The field that a name before a colon means, whatever its case and accents; None when there is none."""
    return _BY_QUERY_NAME.get(_plain(name))


def field_of_column(name: str) -> str | None:
    """The field that a column of a source file means: *Título* → title. None when it means none."""
    return _BY_COLUMN_NAME.get("".join(filter(str.isalnum, _plain(name))))


def metadata_term(field: str, word: str) -> str:
    """The term under which engines index a folded word of a metadata field."""
    return f"{_plain(field)}:{word}"
