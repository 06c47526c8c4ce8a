"""XML documents with text of unknown origin."""

from __future__ import annotations

from xml.etree import ElementTree

from flask import Response

from searchidx import strip_controls

_FORBIDDEN = dict.fromkeys((0xFFFE, 0xFFFF))  # in XML 1.0, besides the controls


def add_element(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    """A new element at the end of `parent`; its text without the characters that XML cannot write."""
    element = ElementTree.SubElement(parent, name, attributes)
    element.text = strip_controls(text).translate(_FORBIDDEN) or None
    return element


def xml_response(root: ElementTree.Element, media_type: str) -> Response:
    """A whole document in UTF-8."""
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return Response(body, content_type=f"{media_type}; charset=utf-8")
