"""How was the query understood? The tree once more, with only the words that were searched."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from searchidx.query import tree


def interpreted(root: tree.Node | None, searched: Mapping[tree.Words, tuple[str, ...]]) -> str:
    """The query in its own language; `searched` has for each run of words the forms that were looked for."""
    return tree.to_text(_kept(root, searched) if root is not None else None)


def _kept(node: tree.Node, searched: Mapping[tree.Words, tuple[str, ...]]) -> tree.Node | None:
    match node:
        case tree.Words():
            forms = searched.get(node, ())
            return replace(node, text=" ".join(forms)) if forms else None
        case tree.And() | tree.Or() | tree.Sequence():
            children = tuple(kept for child in node.children if (kept := _kept(child, searched)) is not None)
            if len(children) > 1:
                return replace(node, children=children)
            return children[0] if children else None
        case tree.Not() | tree.Required() | tree.Field() | tree.Boosted():
            child = _kept(node.child, searched)
            return replace(node, child=child) if child is not None else None
        case _:
            return node
