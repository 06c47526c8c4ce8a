"""How are numbers, dates and names said to a Spanish reader?"""

from __future__ import annotations

from datetime import date as Date  # noqa: N812 - as in searchidx.model

_MONTHS = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()  # noqa: SIM905
)

FIELD_LABELS = {
    "source": "Fuente",
    "place": "Lugar",
    "author": "Autor",
    "language": "Idioma",
    "year": "Año",
    "month": "Mes",
}


def number(value: int) -> str:
    """1234, but 12.345: four digits bear no separator (RAE, Ortografía 2010, VIII.2.2.1.1)."""
    return f"{value:,}".replace(",", ".") if abs(value) >= 10_000 else str(value)


def plural(count: int, one: str, many: str) -> str:
    """`1 resultado`, `3 resultados`."""
    return f"{number(count)} {one if count == 1 else many}"


def long_date(date: Date) -> str:
    """`12 de noviembre de 2025`."""
    return f"{date.day} de {_MONTHS[date.month - 1]} de {date.year}"
