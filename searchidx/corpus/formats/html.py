"""What does an HTML page say? Its head gives the fields, its blocks the paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searchidx.corpus.fields import Fields, read_fields
from searchidx.corpus.formats.html_blocks import (
    paragraphs_of,
    refuse_hostile,
)
from searchidx.corpus.text.characters import one_line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_DECLARATION = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096  # bytes; the standard looks at 1024

_DATES = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "publish-date",
    "fecha",
)
_TITLES = ("og:title", "twitter:title", "dc.title")
_AUTHORS = ("author", "article:author", "dc.creator", "autor")
_SITES = ("og:site_name", "application-name", "dc.publisher")
_SITE_SUFFIX = re.compile(r"\s+[|–—·»-]\s+")


def declared_encoding(data: bytes) -> str:
    """The encoding that a page says it has, "" when it says none."""
    match = _DECLARATION.search(data[:_DECLARED_WITHIN])
    return (match[1] or match[2]).decode("ascii", "ignore") if match else ""


def read_html(text: str, name: str) -> tuple[Fields, list[str]]:
    """The fields and the paragraphs of a cleaned HTML page or fragment.

    Raises `CorpusError` for a page whose tags are nested beyond reason.
    """
    from selectolax.lexbor import LexborHTMLParser  # 10 ms

    refuse_hostile(text, name)
    tree = LexborHTMLParser(text)
    paragraphs = _body(tree)
    fields = _fields(tree)
    # A heading that repeats the title is not body; it stands at the head, under a rubric or a crumb trail.
    for number, paragraph in enumerate(paragraphs[:5]):
        if paragraph == fields.title and len(paragraphs) > 1:
            del paragraphs[number]
            break
    return fields, paragraphs


def paragraphs_of_fragment(text: str, name: str) -> list[str]:
    """The paragraphs of a piece of HTML that stands in another format."""
    from selectolax.lexbor import LexborHTMLParser

    refuse_hostile(text, name)
    body = LexborHTMLParser(text).body
    return paragraphs_of(body) if body is not None else []


def _body(tree: LexborHTMLParser) -> list[str]:
    """The paragraphs of the main part; of the whole body when that is empty, furniture and all at last."""
    if tree.body is None:
        return []  # a page of frames
    for root in (_main(tree), tree.body):
        paragraphs = paragraphs_of(root) if root is not None else []
        if paragraphs:
            return paragraphs
    return paragraphs_of(tree.body, keep_furniture=True)


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the article, if one and only one does."""
    for selector in ("main", "[role=main]", "article"):
        found = tree.css(selector)
        if len(found) == 1:
            return found[0]
    return None


def _fields(tree: LexborHTMLParser) -> Fields:
    metas = _metas(tree)
    site = _first(metas, _SITES)
    title = _first(metas, _TITLES) or _own_title(tree)
    link = tree.css_first("link[rel=canonical]")
    url = _attribute(link, "href") or metas.get("og:url", "")
    author = next((metas[name] for name in _AUTHORS if "://" not in metas.get(name, "://")), "")
    language = _attribute(tree.css_first("html"), "lang") or metas.get("content-language", "")
    date = _first(metas, _DATES) or _attribute(tree.css_first("time[datetime]"), "datetime")
    values = {"title": title, "date": date, "source": site, "author": author, "url": url, "language": language}
    return read_fields(values.items())


def _metas(tree: LexborHTMLParser) -> dict[str, str]:
    """What the meta elements say: name, property, itemprop or http-equiv in lower case; the first counts."""
    found: dict[str, str] = {}
    for node in tree.css("meta"):
        content = _attribute(node, "content")
        for kind in ("property", "name", "itemprop", "http-equiv"):
            key = _attribute(node, kind).lower()
            if key and content:
                found.setdefault(key, content)
    return found


def _own_title(tree: LexborHTMLParser) -> str:
    """The title element, without the site's name that is often put after it; else the first heading."""
    title = _text_of(tree.css_first("head > title"))
    heading = _text_of(tree.css_first("h1"))
    if heading and _SITE_SUFFIX.match(title, len(heading)) and title.startswith(heading):
        return heading
    return title or heading


def _first(metas: dict[str, str], names: tuple[str, ...]) -> str:
    return next(filter(None, (metas.get(name, "") for name in names)), "")


def _attribute(node: LexborNode | None, name: str) -> str:
    value = node.attributes.get(name) if node is not None else None
    return one_line(value or "")


def _text_of(node: LexborNode | None) -> str:
    return one_line(node.text()) if node is not None else ""
