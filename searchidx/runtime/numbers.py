"""Numbers as people write them, in Spanish and English."""

from __future__ import annotations

_SPANISH_SIGNS = str.maketrans(",.", ".,")


def format_number(value: float, language: str, digits: int = 0) -> str:
    """The number with so many decimals: 1,234.5 in English; 1234,5, but 12.345,6 in Spanish (`es`).

    Spanish does not separate four digits (RAE, Ortografía 2010, VIII.2.2.1.1).
    """
    if language != "es":
        return f"{value:,.{digits}f}"
    separator = "," if abs(value) >= 10_000 else ""
    return f"{value:{separator}.{digits}f}".translate(_SPANISH_SIGNS)
