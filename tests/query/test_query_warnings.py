"""What the parser says of what it could not read as an operator."""

from __future__ import annotations

import unicodedata

import pytest

from searchidx.errors import QuerySyntaxError
from searchidx.query.ast import (
    ParsedQuery,
    Words,
    to_text,
)
from searchidx.query.parsing.parser import parse
from searchidx.query.warnings import (
    LIMITS,
    WARNINGS,
    expected,
)

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
    ("año fecha:Navidad", "año", [("unreadable_date", 4, 17)]),
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
    ("año a* gas", "año a gas", [("short_prefix", 4, 6)]),
    ("año *", "año", [("short_prefix", 4, 5)]),
    ("*", "", [("short_prefix", 0, 1)]),
    ("****", "", [("short_prefix", 0, 4)]),
    ("*ón", "ón", [("short_prefix", 0, 3)]),
    ("5*3", "5 3", [("short_prefix", 0, 3)]),
    ("k*-NO*", "k NO*", [("short_prefix", 0, 2)]),
    ("-a*Y", "NO (a y)", [("short_prefix", 1, 4)]),
    ("a*-fuente:b", "a fuente b", [("short_prefix", 0, 2)]),
    ("foo:a*", "foo a", [("unknown_field", 0, 4), ("short_prefix", 4, 6)]),
    ("ab*c*d*e*f*", "ab c d e f", [("too_many_stars", 0, 11)]),
    ("año eu~", "año eu", [("short_fuzzy", 4, 7)]),
    ("2025~1", "2025", [("short_fuzzy", 0, 6)]),
    ("año putin~3,", "año putin~2", [("bad_distance", 9, 11)]),
    ("putin~0", "putin~1", [("bad_distance", 5, 7)]),
    ("putin~0.8", "putin~1", [("bad_distance", 5, 9)]),
    ("putin~" + "9" * 400, "putin~2", [("bad_distance", 5, 406)]),
    ("señor~NO paz", "señor no paz", [("ignored_sign", 5, 6)]),
    ("paz~~1", "paz 1", [("ignored_sign", 3, 4)]),
    ("energ*~2", "energ*", [("ignored_sign", 6, 8)]),
    ("=energ*", "energ*", [("ignored_sign", 0, 1)]),
    ("=paz~1", "=paz", [("ignored_sign", 4, 6)]),
    ('año "a b"~60', 'año "a b"~50', [("bad_slop", 9, 12)]),
    ('"a b"~', '"a b"', [("ignored_sign", 5, 6)]),
    ('"a b"~cinco', '"a b" cinco', [("ignored_sign", 5, 6)]),
    ('""~2', "", [("empty_quotes", 0, 2)]),
    ("año^20", "año^10", [("boost_limit", 3, 6)]),
    ("año^0", "año^0.1", [("boost_limit", 3, 5)]),
    ("(año^10)^2", "año^10", [("boost_limit", 8, 10)]),
    ("año^", "año", [("bad_boost", 3, 4)]),
    ("año^-1 x", "año x", [("bad_boost", 3, 6)]),
    ("año^2^3", "año", [("bad_boost", 3, 7)]),
    ("año^dos", "año dos", [("bad_boost", 3, 4)]),
    ("año ^2", "año", [("bad_boost", 4, 6)]),
    ("(-año)^2", "NO año", [("bad_boost", 6, 8)]),
    ("(-(-año))^20", "año^10", [("boost_limit", 9, 12)]),
    ("fecha:2025-11-12^2", "fecha:2025-11-12", [("bad_boost", 16, 18)]),
    ("(fecha:2025-11-12)^2", "fecha:2025-11-12", [("bad_boost", 18, 20)]),
    ("()^2", "", [("empty_parentheses", 0, 2)]),
    ("título:^2", "título", [("field_without_value", 0, 7), ("bad_boost", 7, 9)]),
    ("^^^^", "", [("bad_boost", 0, 4)]),
    ("~~~~", "", [("no_words", 0, 4)]),
    ("=====", "", [("no_words", 0, 5)]),
    ("¿?", "", [("no_words", 0, 2)]),
    ("\u200b", "", [("no_words", 0, 1)]),
]


PLANNED = {"too_many_forms"}
"""What the plan warns of, which knows the words of the corpus."""


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
    assert shown | set(LIMITS) | PLANNED == set(WARNINGS)


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
