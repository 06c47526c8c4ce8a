"""How does text of unknown origin get into XML? Without the characters that XML has no way to write."""

from __future__ import annotations

from xml.etree import ElementTree

from web.control_characters import harmless

_FORBIDDEN = dict.fromkeys((0xFFFE, 0xFFFF))


def xml_text(text: str) -> str:
    """The text without controls, bidi controls and what XML 1.0 forbids."""
    return str(harmless(text)).translate(_FORBIDDEN)


def to_xml(root: ElementTree.Element) -> bytes:
    """A whole document in UTF-8."""
    written: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
