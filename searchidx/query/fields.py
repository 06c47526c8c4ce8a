"""Which field does a name before a colon mean?

Names are Spanish and English, blind to case and accents. A field is known by its canonical English
name inside the engine, and by its Spanish label to readers.
"""

from __future__ import annotations

import unicodedata

_NAMES: dict[str, tuple[str, ...]] = {
    "title": ("título", "title"),
    "text": ("texto", "text", "cuerpo", "body"),
    "source": ("fuente", "source", "medio"),
    "place": ("lugar", "place"),
    "author": ("autor", "autora", "author"),
    "path": ("ruta", "path", "archivo", "file"),
    "language": ("idioma", "lang", "language"),
    "date": ("fecha", "date"),
    "since": ("desde", "since", "from"),
    "until": ("hasta", "until", "to"),
}
"""Canonical name → names that readers may type; the first is the Spanish label."""

FIELDS: tuple[str, ...] = tuple(_NAMES)
"""The canonical names."""

LABELS: dict[str, str] = {canonical: names[0] for canonical, names in _NAMES.items()}
"""Canonical name → the Spanish name that readers see."""

DATE_FIELDS = frozenset({"date", "since", "until"})
"""Fields whose value is a date or a range of dates, never words."""


def _fold(name: str) -> str:
    """The name in lower case without accents."""
    decomposed = unicodedata.normalize("NFD", name.lower())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


_CANONICAL = {_fold(name): canonical for canonical, names in _NAMES.items() for name in names}


def canonical_field(name: str) -> str | None:
    """The canonical name of a typed field name, without its colon; None when there is no such field."""
    return _CANONICAL.get(_fold(name))


def metadata_term(field: str, word: str) -> str:
    """The term under which a folded word of a metadata field is indexed and looked for."""
    return f"{_fold(field)}:{word}"
