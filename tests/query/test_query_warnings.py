"""What the parser says of what it could not read as an operator, and that nothing breaks it."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from searchidx.errors import QuerySyntaxError
from searchidx.query.messages import LIMITS, WARNINGS, expected
from searchidx.query.parser import parse
from searchidx.query.tree import And, Node, Or, ParsedQuery, Quoted, Sequence, Words, to_text

CASES = [
    ("Y Rusia", "y Rusia", [("operator_without_operand", 0, 1)]),
    ("OR", "or", [("operator_without_operand", 0, 2)]),
    ("Rusia NO", "Rusia no", [("operator_without_operand", 6, 8)]),
    ("paz O (Y b)", "paz O (y b)", [("operator_without_operand", 7, 8)]),
    ("(a Y) b", "a y b", [("operator_without_operand", 3, 4)]),
    ("a O NO", "a o no", [("operator_without_operand", 2, 3), ("operator_without_operand", 4, 6)]),
    ("Y O a", "y o a", [("operator_without_operand", 0, 1), ("operator_without_operand", 2, 3)]),
    ('x -"', "x", [("operator_without_operand", 2, 3), ("unbalanced_quote", 3, 4)]),
    ("a Y O b", "a Y b", [("repeated_operator", 4, 5)]),
    ("NO A LA GUERRA", "no A LA GUERRA", [("capitals_word", 0, 2)]),
    ("NO ONU OTAN", "no ONU OTAN", [("capitals_word", 0, 2)]),
    ("RUSIA NO ATACA UCRANIA", "RUSIA NO ATACA UCRANIA", [("capitals_operator", 6, 8)]),
    ("reunión foo:bar", "reunión foo:bar", [("unknown_field", 8, 12)]),
    ('foo:"bar"', 'foo: "bar"', [("unknown_field", 0, 4)]),
    ("reunión fuente:", "reunión fuente", [("field_without_value", 8, 15)]),
    ("fuente: O año", "fuente o año", [("field_without_value", 0, 7), ("operator_without_operand", 8, 9)]),
    ("fuente:lugar:Moscú", "fuente lugar:Moscú", [("field_without_value", 0, 7)]),
    ("fuente:fecha:2025-01-01", "fuente fecha:2025-01-01", [("field_without_value", 0, 7)]),
    ("fecha: Y gas", "fecha y gas", [("field_without_value", 0, 6), ("operator_without_operand", 7, 8)]),
    ("fecha: lugar:Moscú", "fecha lugar:Moscú", [("field_without_value", 0, 6)]),
    ('fecha:"2025', "fecha 2025", [("field_without_value", 0, 6), ("unbalanced_quote", 6, 7)]),
    ("fecha:(2025", "fecha 2025", [("field_without_value", 0, 6), ("unclosed_parenthesis", 6, 7)]),
    ('fecha:""', "fecha", [("field_without_value", 0, 6), ("empty_quotes", 6, 8)]),
    ("año fecha:", "año fecha", [("field_without_value", 4, 10)]),
    ("año fecha:ayer", "año", [("unreadable_date", 4, 14)]),
    ("año fecha:[2025-11 a 2024]", "año fecha:[2024-01-01 a 2025-11-30]", [("reversed_dates", 4, 26)]),
    ('acuerdo "con Tokáyev', "acuerdo con Tokáyev", [("unbalanced_quote", 8, 9)]),
    ("«paz", "paz", [("unbalanced_quote", 0, 1)]),
    ('-"a b', "NO a b", [("unbalanced_quote", 1, 2)]),
    ('paz ""', "paz", [("empty_quotes", 4, 6)]),
    ('paz Y "¿?"', "paz", [("empty_quotes", 6, 10)]),
    ("año (a O b", "año (a O b)", [("unclosed_parenthesis", 4, 5)]),
    ("fuente:(EFE O Reuters", "fuente:(EFE O Reuters)", [("unclosed_parenthesis", 7, 8)]),
    ("año) b", "año b", [("unopened_parenthesis", 3, 4)]),
    ("año Y ()", "año", [("empty_parentheses", 6, 8)]),
    ("-() fuente:()", "", [("empty_parentheses", 1, 3), ("empty_parentheses", 11, 13)]),
    ("¿?", "", [("no_words", 0, 2)]),
    ("\u200b", "", [("no_words", 0, 1)]),
]


def codes(parsed: ParsedQuery) -> list[tuple[str, int, int]]:
    return [(each.code, each.start, each.end) for each in parsed.warnings]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("query", "meaning", "warnings"), CASES)
def test_a_warning_says_what_and_where(
    query: str, meaning: str, warnings: list[tuple[str, int, int]], form: str
) -> None:
    parsed = parse(unicodedata.normalize(form, query))  # type: ignore[arg-type]
    assert parsed.text == query
    assert to_text(parsed.root) == meaning
    assert codes(parsed) == warnings


@pytest.mark.parametrize(("query", "meaning", "warnings"), CASES)
def test_strict_parsing_refuses_what_the_default_warns_of(
    query: str, meaning: str, warnings: list[tuple[str, int, int]]
) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        parse(query, strict=True)
    error = caught.value
    assert (error.text, error.start, error.end) == (query, *warnings[0][1:])
    assert error.expected == expected(warnings[0][0])


def test_every_warning_is_shown_by_a_case() -> None:
    shown = {code for _, _, warnings in CASES for code, _, _ in warnings}
    assert shown | set(LIMITS) == set(WARNINGS)


def test_messages_are_in_two_languages_and_quote_what_was_typed() -> None:
    (found,) = parse("Rusia NO").warnings
    assert "«NO»" in found.message
    assert "“NO”" in found.message_en
    (unknown,) = parse("{x} foo:bar").warnings
    assert "título" in unknown.message
    assert all("{" not in expected(code) for code in WARNINGS)


def test_a_query_is_cut_at_512_characters_between_words() -> None:
    parsed = parse("-gas " + "año " * 20 + "x" * 400 + " petróleos y más")
    assert to_text(parsed.root).endswith("x petróleos y más")
    assert parsed.warnings == ()
    longer = parse("-gas " + "año " * 20 + "x" * 420 + " petróleos")
    assert codes(longer) == [("too_long", 506, 515)]
    assert codes(parse("á" * 513)) == [("too_long", 512, 513)]
    assert codes(parse("a" * 512 + " b")) == [("too_long", 512, 514)]
    assert codes(parse("b " + "a" * 509 + " año")) == [("too_long", 512, 515)]
    assert parse("b " + "a" * 509 + " año").root == Words("b " + "a" * 509, 0, 511)


def test_a_query_is_cut_at_64_clauses() -> None:
    words = " ".join("a" * 64)
    assert parse(words).warnings == ()
    parsed = parse(f"{words} b c")
    assert parsed.root == Words(words, 0, 127)
    assert codes(parsed) == [("too_many_clauses", 128, 131)]
    dangling = parse(f"({words} O -(fuente:b) c)")
    assert dangling.root == Words(words, 1, 128)
    assert codes(dangling) == [("too_many_clauses", 140, 145)]


def test_parentheses_deeper_than_32_levels_are_ignored() -> None:
    assert parse("(" * 32 + "a" + ")" * 32).warnings == ()
    parsed = parse("-(a O " * 31 + "(b (c) (d)) " + ")" * 31)
    assert codes(parsed) == [("too_deep", 189, 190)]
    assert "b c d" in to_text(parsed.root)


def test_a_deep_tree_can_be_walked() -> None:
    parsed = parse("-(a O (b " * 16 + "c")
    assert to_text(parsed.root).count("a") == 16


def test_no_more_than_four_warnings_of_a_kind_are_given() -> None:
    assert codes(parse(")" * 100 + "(")) == [
        *(("unopened_parenthesis", place, place + 1) for place in range(4)),
        ("unclosed_parenthesis", 100, 101),
    ]


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


def check(parsed: ParsedQuery) -> None:
    """What holds for every query."""
    assert unicodedata.is_normalized("NFC", parsed.text)
    for node in walk(parsed.root) if parsed.root else []:
        assert node.end <= len(parsed.text)
        if isinstance(node, (Words, Quoted)):
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
        "^",
        "=",
        "/",
        "\\",
        "\ud800",
        "🚀",
    ),
]
queries = st.one_of(st.text(st.characters(codec=None)), st.lists(st.sampled_from(PIECES)).map("".join))


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


operands = st.sampled_from(["gas", "ruso-kazaja", "a b", "-x", "+y", '"p q"', "fuente:z", "fecha:2025", "EE. UU."])
groups = st.recursive(
    st.lists(operands, min_size=1, max_size=3).map(" ".join),
    lambda inner: st.tuples(
        st.sampled_from(["", "-", "+", "NO ", "título:"]),
        inner,
        st.sampled_from([" ", " Y ", " O ", " Y NO "]),
        inner,
    ).map(lambda parts: "{}({}){}({})".format(*parts)),
    max_leaves=6,
)


def shape(node: Node | None) -> object:
    """A tree without its places."""
    if node is None:
        return None
    if isinstance(node, (And, Or, Sequence)):
        return type(node), *map(shape, node.children)
    if hasattr(node, "child"):
        return type(node), getattr(node, "name", ""), shape(node.child)
    return type(node), to_text(node)


@given(groups)
def test_the_text_of_a_tree_is_read_as_the_same_tree(query: str) -> None:
    root = parse(query).root
    again = parse(to_text(root))
    assert shape(again.root) == shape(root)
    assert again.warnings == ()
