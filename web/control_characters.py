"""How is text shown so that it cannot disturb the text around it?

Escaping is Jinja's work. Here go the characters that are no markup and do harm all the same: controls, which
browsers render each in their own way, and the bidi embeddings, overrides and isolates that can turn the letters of
a whole line round. They never stand in markup, so they may be taken out of finished HTML, where highlights are
already placed.
"""

from __future__ import annotations

_CONTROLS = {code: None for code in (*range(0x20), *range(0x7F, 0xA0)) if chr(code) not in "\t\n\r"}
_BIDI = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")

_HARMFUL = _CONTROLS | _BIDI | _SURROGATES


def harmless(value: object) -> object:
    """A text without controls and bidi controls, safe HTML staying safe; any other value as it is."""
    return value.translate(_HARMFUL) if isinstance(value, str) else value
