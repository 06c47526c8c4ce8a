"""HTML responses, parsed."""

from __future__ import annotations

from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode
from werkzeug.test import TestResponse


class Page:
    """An HTML answer, parsed."""

    def __init__(self, response: TestResponse) -> None:
        assert response.content_type == "text/html; charset=utf-8"
        self.status = response.status_code
        self.html = response.get_data(as_text=True)
        self._tree = LexborHTMLParser(self.html)

    def all(self, selector: str) -> list[LexborNode]:
        """The elements of a CSS selector."""
        return list(self._tree.css(selector))

    def one(self, selector: str) -> LexborNode:
        """The only element of a CSS selector."""
        (node,) = self.all(selector)
        return node

    def text(self, selector: str) -> str:
        """The text of the only element, with single spaces."""
        return text_of(self.one(selector))

    def texts(self, selector: str) -> list[str]:
        """The texts of all elements, with single spaces."""
        return [text_of(node) for node in self.all(selector)]

    def links(self, selector: str) -> dict[str, str]:
        """Text → address of the links of a selector."""
        return {text_of(node): href_of(node) for node in self.all(selector)}


def text_of(node: LexborNode | None) -> str:
    """The text of an element with single spaces."""
    assert node is not None
    return " ".join(node.text().split())


def href_of(node: LexborNode) -> str:
    """Where a link leads."""
    return node.attributes["href"] or ""


def without_fragment(href: str) -> str:
    """What a browser sends of an address."""
    return urlsplit(href)._replace(fragment="").geturl()
