"""How was the query understood? The tree once more, with only the words that were searched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from searchidx.query import ast


def interpreted(root: ast.Node | None, searched: Mapping[ast.Words, tuple[str, ...]]) -> str:
    """The query in its own language; `searched` has for each run of words the forms that were looked for."""
    return ast.to_text(_kept(root, searched) if root is not None else None)


def _kept(node: ast.Node, searched: Mapping[ast.Words, tuple[str, ...]]) -> ast.Node | None:
    match node:
        case ast.Words():
            forms = searched.get(node, ())
            return replace(node, text=" ".join(forms)) if forms else None
        case ast.And() | ast.Or() | ast.Sequence():
            children = tuple(kept for child in node.children if (kept := _kept(child, searched)) is not None)
            if len(children) > 1:
                return replace(node, children=children)
            return children[0] if children else None
        case ast.Not() | ast.Required() | ast.Field() | ast.Boosted():
            child = _kept(node.child, searched)
            return replace(node, child=child) if child is not None else None
        case _:
            return node
