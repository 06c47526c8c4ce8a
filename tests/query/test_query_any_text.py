"""Whatever is typed is a query: hostile texts, random ones, and trees that are written and read again."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.errors import QuerySyntaxError
from searchidx.query.ast import (
    And,
    Boosted,
    DateFilter,
    Exact,
    Fuzzy,
    Node,
    Not,
    Or,
    ParsedQuery,
    Prefix,
    Quoted,
    Required,
    Sequence,
    Wildcard,
    Words,
    to_text,
)
from searchidx.query.parsing.parser import parse
from searchidx.query.warnings import WARNINGS

HOSTILE = [
    "(" * 8500,
    ")" * 8500,
    "-(" * 8500,
    "fuente:(" * 8500,
    "NO " * 5000,
    "Y O " * 5000,
    "- + " * 5000,
    "-+" * 5000,
    '"' * 8501,
    "«" * 8500,
    "fecha:" * 3000,
    "fecha:[" * 3000,
    "[2025 a " * 3000,
    "a:" * 5000,
    "palabra " * 1_250_000,
    "x" * 10_000_000,
    "e\u0301\u0327" * 3_000_000,
    "\u0301\u0327" * 100_000,
    "\x00" * 10_000,
    "\u202e(\u202d" * 1000,
    "שלום NO עולם",
    "\ud800 O \udfff",
    "\ud83d\ude00",
    "a\u0300" * 3000,
    "9" * 10_000,
    "fecha:" + "9" * 400,
    "*" * 8500,
    "?" * 8500,
    "~" * 8500,
    "^" * 8500,
    "=" * 8500,
    "a*b*c*" * 100,
    "a?b?c?" * 100,
    "?a " * 200,
    "=~*?^" * 100,
    "a~1^2 " * 1000,
    "(a*)^" * 1000,
    "a^" + "9" * 500,
    '"a b"~' + "9" * 500,
    "fecha:hace " * 50,
    "fecha:" + "9/" * 250,
    "fecha:" + "último " * 70,
    "fecha:[" + "el " * 160,
    "desde:1 de mayo a " * 30,
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_query_is_read_all_the_same(query: str) -> None:
    check(parse(query))


def test_lone_surrogates_become_replacement_characters() -> None:
    parsed = parse("a\ud800b")
    assert parsed.text == "a\ufffdb"
    parsed.text.encode()


def walk(node: Node) -> list[Node]:
    """A node and all below it, after checking that its children lie inside it, in their order."""
    assert 0 <= node.start < node.end
    if isinstance(node, (And, Or, Sequence)):
        children = list(node.children)
        assert len(children) > 1
        assert not any(isinstance(child, type(node)) for child in children)
        for left, right in pairwise(children):
            assert left.end <= right.start
            assert not (isinstance(node, Sequence) and isinstance(left, Words) and isinstance(right, Words))
    else:
        children = [node.child] if hasattr(node, "child") else []
    assert all(node.start <= child.start and child.end <= node.end for child in children)
    return [node, *(below for child in children for below in walk(child))]


def check_new_terms(node: Node) -> None:
    match node:
        case Prefix():
            assert sum(map(str.isalnum, node.text)) >= 2
            assert not set(node.text) & set("*?~^= ")
        case Wildcard():
            assert sum(map(str.isalnum, node.text)) >= 2
            assert node.text.count("*") <= 4
            assert not any(pair in node.text for pair in ("**", "*?"))
        case Fuzzy():
            assert sum(map(str.isalpha, node.text)) >= 3
            assert node.distance in (None, 1, 2)
        case Quoted():
            assert 0 <= node.slop <= 50
        case Boosted():
            assert 0.1 <= node.factor <= 10
            assert not isinstance(node.child, (Not, Required, DateFilter, Boosted))


def check(parsed: ParsedQuery) -> None:
    """What holds for every query."""
    assert unicodedata.is_normalized("NFC", parsed.text)
    for node in walk(parsed.root) if parsed.root else []:
        assert node.end <= len(parsed.text)
        check_new_terms(node)
        if isinstance(node, (Words, Quoted, Prefix, Fuzzy, Exact)):
            assert any(char.isalnum() for char in node.text)
            assert node.text == " ".join(node.text.split())
            assert unicodedata.is_normalized("NFC", node.text)
    ranges = [(each.start, each.end) for each in parsed.warnings]
    assert ranges == sorted(ranges)
    assert all(0 <= start < end <= len(parsed.text) for start, end in ranges)
    assert all(each.code in WARNINGS and each.message and each.message_en for each in parsed.warnings)


PIECES = [
    *(
        "Y",
        "O",
        "NO",
        "AND",
        "OR",
        "NOT",
        "-",
        "+",
        "(",
        ")",
        '"',
        "“",
        "”",
        "«",
        "»",
        " ",
        " ",
        " ",
        "\u200b",
        "\x00",
    ),
    *(
        "fuente:",
        "título:",
        "fecha:",
        "desde:",
        "foo:",
        "http:",
        "2025",
        "2025-11",
        "[",
        "]",
        " a ",
        "..",
        "*",
        "ayer",
    ),
    *(
        "gas",
        "año",
        "EE.",
        "UU.",
        "30",
        "000",
        "e\u0301",
        "a",
        "B",
        "...",
        "~2",
        "~",
        "^",
        "^2",
        "=",
        "?",
        "reunió*",
        "la semana pasada",
        "12 de noviembre de 2025",
        "/",
        "\\",
        "\ud800",
        "🚀",
    ),
]
queries = st.one_of(st.text(st.characters(codec=None)), st.lists(st.sampled_from(PIECES)).map("".join))


@pytest.fixture(scope="module", autouse=True)
def _load_the_date_library() -> None:
    """So that no generated query takes the blame for its 0.2 s."""
    parse("fecha:ayer")


@given(queries)
def test_any_text_is_a_query(query: str) -> None:
    check(parse(query))


@given(queries)
def test_strict_parsing_agrees_with_the_default(query: str) -> None:
    parsed = parse(query)
    if not parsed.warnings:
        assert parse(query, strict=True) == parsed
        return
    with pytest.raises(QuerySyntaxError) as caught:
        parse(query, strict=True)
    first = parsed.warnings[0]
    assert (caught.value.text, caught.value.start, caught.value.end) == (parsed.text, first.start, first.end)


OPERANDS = [
    *("gas", "ruso-kazaja", "a b", "-x", "+y", '"p q"', "fuente:z", "fecha:2025", "EE. UU."),
    *("reunió*", "ka?a*", "*ción", "?ato", "putin~", "putin~1", "=Tokaev", "=EE. UU.", '"p q"~5', "EE. UU.~2"),
    *("gas^2", '-"p q"~3^0,5', "fuente:energ*^1.5", "+ruso-kaz*^3", "EE. UU.^2", "fecha:ayer"),
]
operands = st.sampled_from(OPERANDS)
groups = st.recursive(
    st.lists(operands, min_size=1, max_size=3).map(" ".join),
    lambda inner: st.tuples(
        st.sampled_from(["", "-", "+", "NO ", "título:"]),
        inner,
        st.sampled_from(["", "^2", "^0.5"]),
        st.sampled_from([" ", " Y ", " O ", " Y NO "]),
        inner,
    ).map(lambda parts: "{}(gas {}){}{}({})".format(*parts)),
    max_leaves=6,
)


def shape(node: Node | None) -> object:
    """A tree without its places."""
    if node is None:
        return None
    if isinstance(node, (And, Or, Sequence)):
        return type(node), *map(shape, node.children)
    if hasattr(node, "child"):
        return type(node), getattr(node, "name", ""), getattr(node, "factor", 1), shape(node.child)
    return type(node), to_text(node)


@given(groups)
def test_the_text_of_a_tree_is_read_as_the_same_tree(query: str) -> None:
    root = parse(query).root
    again = parse(to_text(root))
    assert shape(again.root) == shape(root)
    assert again.warnings == ()
