"""Which paragraphs does a tree of HTML elements hold?

A paragraph is what a browser would show as one block of text. Nothing is said twice: text belongs to
the innermost block around it.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from searchidx.corpus.text.characters import one_line
from searchidx.errors import CorpusError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BLOCKS = _names("""address article aside blockquote body caption center dd details dialog dir div dl dt fieldset
    figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li listing main menu nav ol
    optgroup option p plaintext pre search section summary table tbody tfoot thead tr ul video xmp""")
_CELLS = frozenset(("td", "th"))
_NEVER_TEXT = _names(
    "head script style template svg math iframe object embed canvas audio map noscript noframes noembed"
)
_FURNITURE = _names("nav footer aside form button select textarea input dialog menu datalist")
_HOLDS_ARTICLE = "main, article, h1, h2, p + p"  # in a form: some servers wrap the whole page in one

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)")
_UNNESTED = _names("""area base br col embed hr img input link meta param source track wbr
    p li dt dd td th tr thead tbody tfoot option optgroup colgroup html head body rp rt a""")
_FORMATTING = _names("b big code em font i s small strike strong tt u")
_DEEPEST = 5_000
_MOST_REOPENED = 5_000_000
_MOST_ATTRIBUTES = 2_000


def refuse_hostile(text: str, name: str) -> None:
    """Raises `CorpusError` for a page that would take the parser minutes or all memory.

    lexbor needs time with the square of the depth (200,000 open elements: 88 s; 5,000: 0.06 s), and HTML
    has each block reopen all formatting elements that are open. Both are estimated from the tags alone.
    """
    depth = deepest = tags = formatting = most_formatting = 0
    seen: Counter[str] = Counter()
    for match in _TAG.finditer(text):
        closing, tag, attributes = match[1], match[2].lower(), match[3]
        tags += 1
        if attributes.count("=") > _MOST_ATTRIBUTES or attributes.count(" ") > 4 * _MOST_ATTRIBUTES:
            raise CorpusError(name, "an element of this page has thousands of attributes")
        if tag in _UNNESTED:
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        deepest = max(deepest, depth)
        if tag in _FORMATTING:
            seen[match[0]] += 1
            # The standard keeps at most three that are alike.
            formatting += -1 if closing else seen[match[0]] <= 3
            formatting = max(0, formatting)
            most_formatting = max(most_formatting, formatting)
    if deepest > _DEEPEST or most_formatting * tags > _MOST_REOPENED:
        raise CorpusError(name, "its elements are nested too deep, or never closed")


def paragraphs_of(root: LexborNode, *, keep_furniture: bool = False) -> list[str]:
    """The paragraphs below an element, none empty.

    Scripts, styles and the like are no text; menus, forms, footers and asides are left out unless
    `keep_furniture`. Two line breaks in a row part paragraphs, one is a space.
    """
    found = _Paragraphs()
    # Children wait on a stack, with None where a block ends: a page may be deeper than Python's own stack.
    waiting: list[LexborNode | None] = [root]
    while waiting:
        node = waiting.pop()
        if node is None:
            found.end()
        elif node.is_text_node:
            found.add(node.text_content or "")
        elif node.tag == "br":
            found.add_break()
        elif not _is_left_out(node, keep_furniture):
            _enter(node, found, waiting)
    found.end()
    return found.paragraphs


def _enter(node: LexborNode, found: _Paragraphs, waiting: list[LexborNode | None]) -> None:
    if node.tag in _BLOCKS:
        found.end()
        waiting.append(None)
    elif node.tag in _CELLS:
        found.add(" ")
    place = len(waiting)
    child = node.child
    while child is not None:
        waiting.append(child)
        child = child.next
    waiting[place:] = reversed(waiting[place:])


def _is_left_out(node: LexborNode, keep_furniture: bool) -> bool:
    if not node.is_element_node:
        return True  # comments, doctypes
    if node.tag in _NEVER_TEXT:
        return True
    if keep_furniture or node.tag not in _FURNITURE:
        return False
    return not (node.tag == "form" and node.css_first(_HOLDS_ARTICLE) is not None)


class _Paragraphs:
    """Collects the texts of a block until the block ends."""

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
        paragraph = one_line("".join(self._parts))
        if paragraph:
            self.paragraphs.append(paragraph)
        self._parts.clear()
        self._after_break = False
