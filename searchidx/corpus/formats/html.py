"""HTML pages: the fields from the head, the paragraphs from the main part of the body."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from searchidx.corpus.documents import FileContent, single_document
from searchidx.corpus.fields import SourceFields, read_fields
from searchidx.corpus.files import SourceFile, read_bytes
from searchidx.corpus.formats.html_blocks import block_paragraphs, reject_hostile
from searchidx.corpus.news.articles import article_from_paragraphs
from searchidx.corpus.text.characters import clean, clean_line
from searchidx.corpus.text.encodings import decode

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_DECLARATION = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{1,40})""",
    re.IGNORECASE,
)
_DECLARED_WITHIN = 4096  # bytes; the standard looks at 1024

# Names of meta elements, the most reliable first.
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
_TITLE_WITHIN = 5  # paragraphs; a rubric or a breadcrumb trail may stand above the heading


def read(file: SourceFile) -> FileContent:
    """The one document of an HTML page or fragment.

    Raises `CorpusError` when the file cannot be read, holds no text, or would exhaust the parser.
    """
    data = read_bytes(file)
    decoded = decode(data, file.relative, _declared_encoding(data))
    fields, paragraphs = _parse(clean(decoded.text), file.relative)
    return single_document(file, decoded, article_from_paragraphs(paragraphs, fields))


def _declared_encoding(data: bytes) -> str:
    """The encoding that a page declares; "" when it declares none."""
    match = _DECLARATION.search(data[:_DECLARED_WITHIN])
    return (match[1] or match[2]).decode("ascii", "ignore") if match else ""


def _parse(text: str, name: str) -> tuple[SourceFields, list[str]]:
    """The fields and the paragraphs of a cleaned page; the heading that repeats the title is left out."""
    from selectolax.lexbor import LexborHTMLParser  # 10 ms that only HTML needs

    reject_hostile(text, name)
    tree = LexborHTMLParser(text)
    fields, paragraphs = _fields(tree), _body(tree)
    if len(paragraphs) > 1 and fields.title in paragraphs[:_TITLE_WITHIN]:
        paragraphs.remove(fields.title)
    return fields, paragraphs


def _body(tree: LexborHTMLParser) -> list[str]:
    """The paragraphs of the main part; if it has none, of the body; if that has none, with its boilerplate."""
    if tree.body is None:
        return []  # a page of frames
    for root in (_main(tree), tree.body):
        paragraphs = block_paragraphs(root) if root is not None else []
        if paragraphs:
            return paragraphs
    return block_paragraphs(tree.body, keep_boilerplate=True)


def _main(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the article; None unless exactly one does."""
    for selector in ("main", "[role=main]", "article"):
        found = tree.css(selector)
        if len(found) == 1:
            return found[0]
    return None


def _fields(tree: LexborHTMLParser) -> SourceFields:
    metas = _meta_contents(tree)
    site = _first_content(metas, _SITES)
    title = _first_content(metas, _TITLES) or _own_title(tree)
    link = tree.css_first("link[rel=canonical]")
    url = _attribute(link, "href") or metas.get("og:url", "")
    author = next((metas[name] for name in _AUTHORS if "://" not in metas.get(name, "://")), "")
    language = _attribute(tree.css_first("html"), "lang") or metas.get("content-language", "")
    date = _first_content(metas, _DATES) or _attribute(tree.css_first("time[datetime]"), "datetime")
    values = {"title": title, "date": date, "source": site, "author": author, "url": url, "language": language}
    return read_fields(values.items())


def _meta_contents(tree: LexborHTMLParser) -> dict[str, str]:
    """Name, property, itemprop or http-equiv of each meta element, in lower case → its content, the first one."""
    contents: dict[str, str] = {}
    for node in tree.css("meta"):
        content = _attribute(node, "content")
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            key = _attribute(node, attribute).lower()
            if key and content:
                contents.setdefault(key, content)
    return contents


def _own_title(tree: LexborHTMLParser) -> str:
    """The title element, without the site's name that often follows it; or else the first heading."""
    title = _text_of(tree.css_first("head > title"))
    heading = _text_of(tree.css_first("h1"))
    if heading and _SITE_SUFFIX.match(title, len(heading)) and title.startswith(heading):
        return heading
    return title or heading


def _first_content(metas: dict[str, str], names: tuple[str, ...]) -> str:
    """The content under the first of these names that has any; "" when none has."""
    return next(filter(None, (metas.get(name, "") for name in names)), "")


def _attribute(node: LexborNode | None, name: str) -> str:
    value = node.attributes.get(name) if node is not None else None
    return clean_line(value or "")


def _text_of(node: LexborNode | None) -> str:
    return clean_line(node.text()) if node is not None else ""
