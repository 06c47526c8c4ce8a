"""The paragraphs of a tree of HTML elements, for every format that holds HTML.

A paragraph is what a browser shows as one block of text. Text belongs to the innermost block around it, so that
no text occurs twice.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from searchidx.corpus.text.characters import clean_line
from searchidx.errors import CorpusError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def _name_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BLOCKS = _name_set("""
    address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol
    optgroup option p plaintext pre search section summary table tbody tfoot thead tr ul video xmp""")
_CELLS = frozenset(("td", "th"))
_WITHOUT_TEXT = _name_set(
    "head script style template svg math iframe object embed canvas audio map noscript noframes noembed"
)
_BOILERPLATE = _name_set("nav footer aside form button select textarea input dialog menu datalist")
_ARTICLE_SELECTOR = "main, article, h1, h2, p + p"  # in a form: some servers wrap the whole page in one

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)")
_UNNESTED = _name_set("""area base br col embed hr img input link meta param source track wbr
    p li dt dd td th tr thead tbody tfoot option optgroup colgroup html head body rp rt a""")
_FORMATTING = _name_set("b big code em font i s small strike strong tt u")
_MAX_DEPTH = 5_000  # elements inside one another
_MAX_REOPENED = 5_000_000  # formatting elements that the parser opens again
_MAX_ATTRIBUTES = 2_000  # of one element


def paragraphs_of_fragment(text: str, name: str) -> list[str]:
    """The paragraphs of a piece of HTML that stands in another format.

    Raises `CorpusError` under `name` when it would exhaust the parser.
    """
    from selectolax.lexbor import LexborHTMLParser  # 10 ms that only HTML needs

    reject_hostile(text, name)
    body = LexborHTMLParser(text).body
    return block_paragraphs(body) if body is not None else []


def reject_hostile(text: str, name: str) -> None:
    """Raises `CorpusError` for a page that would take the parser minutes or all memory.

    The time of lexbor grows with the square of the depth (200,000 open elements: 88 s; 5,000: 0.06 s), and HTML
    makes each block reopen all formatting elements that are open. Both are estimated from the tags alone.
    """
    depth = max_depth = tags = formatting = max_formatting = 0
    occurrences: Counter[str] = Counter()
    for match in _TAG.finditer(text):
        closing, tag, attributes = match[1], match[2].lower(), match[3]
        tags += 1
        if attributes.count("=") > _MAX_ATTRIBUTES or attributes.count(" ") > 4 * _MAX_ATTRIBUTES:
            raise CorpusError(name, "an element of this page has thousands of attributes")
        if tag in _UNNESTED:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        max_depth = max(max_depth, depth)
        if tag in _FORMATTING:
            occurrences[match[0]] += 1
            if closing:
                formatting = max(0, formatting - 1)
            elif occurrences[match[0]] <= 3:  # the standard keeps at most three that are alike
                formatting += 1
            max_formatting = max(max_formatting, formatting)
    if max_depth > _MAX_DEPTH or max_formatting * tags > _MAX_REOPENED:
        raise CorpusError(name, "its elements are nested too deep, or never closed")


def block_paragraphs(root: LexborNode, *, keep_boilerplate: bool = False) -> list[str]:
    """The paragraphs below an element, none empty.

    Scripts, styles and the like hold no text. Menus, forms, footers and asides are left out unless
    `keep_boilerplate`. Two line breaks in a row end a paragraph, a single one is a space.
    """
    collector = _ParagraphCollector()
    # Nodes wait on a stack of our own (None: a block ends), because a page may be deeper than Python's call stack.
    waiting: list[LexborNode | None] = [root]
    while waiting:
        node = waiting.pop()
        if node is None:
            collector.end()
        elif node.is_text_node:
            collector.add(node.text_content or "")
        elif node.tag == "br":
            collector.add_break()
        elif not _is_left_out(node, keep_boilerplate):
            _enter(node, collector, waiting)
    collector.end()
    return collector.paragraphs


def _enter(node: LexborNode, collector: _ParagraphCollector, waiting: list[LexborNode | None]) -> None:
    """Put the children of an element on the stack."""
    if node.tag in _BLOCKS:
        collector.end()
        waiting.append(None)
    elif node.tag in _CELLS:
        collector.add(" ")
    children: list[LexborNode] = []
    child = node.child
    while child is not None:
        children.append(child)
        child = child.next
    waiting.extend(reversed(children))  # the first child is popped first


def _is_left_out(node: LexborNode, keep_boilerplate: bool) -> bool:
    if not node.is_element_node:
        return True  # comments, doctypes
    if node.tag in _WITHOUT_TEXT:
        return True
    if keep_boilerplate or node.tag not in _BOILERPLATE:
        return False
    return not (node.tag == "form" and node.css_first(_ARTICLE_SELECTOR) is not None)


class _ParagraphCollector:
    """Joins the texts of a block until the block ends."""

    def __init__(self) -> None:
        self.paragraphs: list[str] = []
        self._parts: list[str] = []
        self._after_break = False

    def add(self, text: str) -> None:
        if text and not text.isspace():
            self._after_break = False
        self._parts.append(text)

    def add_break(self) -> None:
        if self._after_break:
            self.end()
        else:
            self._parts.append(" ")
            self._after_break = True

    def end(self) -> None:
        paragraph = clean_line("".join(self._parts))
        if paragraph:
            self.paragraphs.append(paragraph)
        self._parts.clear()
        self._after_break = False
