"""What a query means: the tree, by its canonical text and by its nodes."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from searchidx.query.ast import (
    And,
    DateFilter,
    Field,
    Node,
    Not,
    Or,
    ParsedQuery,
    Quoted,
    Required,
    Sequence,
    Words,
    to_text,
)
from searchidx.query.parsing.parser import parse
from searchidx.schema import (
    QUERY_LABELS,
    field_of_query_name,
)


def read(query: str) -> str:
    """The canonical text of a query that must not warn."""
    parsed = parse(query)
    assert parsed.warnings == ()
    return to_text(parsed.root)


@pytest.mark.parametrize(
    ("query", "meaning"),
    [
        ("", ""),
        (" \t\n", ""),
        ("reunión", "reunión"),
        ("acuerdo con   Tokáyev", "acuerdo con Tokáyev"),
        ("Rusia NO EFE", "Rusia NO EFE"),
        ("Rusia NOT EFE", "Rusia NO EFE"),
        ("Rusia -EFE", "Rusia NO EFE"),
        ("Rusia Y NO EFE", "Rusia Y NO EFE"),
        ("a O NO b", "a O NO b"),
        ("NO EFE", "NO EFE"),
        ("-EFE", "NO EFE"),
        ("NO NO EFE", "EFE"),
        ("NO (NO EFE)", "EFE"),
        ("NO -EFE", "EFE"),
        ("NO +EFE", "NO EFE"),
        ("+(-EFE) x", "NO EFE x"),
        ("+gas petróleo", "+gas petróleo"),
        ('+"gas natural" x', '+"gas natural" x'),
        ("gas petróleo O carbón", "gas (petróleo O carbón)"),
        ("gas OR carbón", "gas O carbón"),
        ("gas O carbón O leña", "gas O carbón O leña"),
        ("Trump Y Lukoil", "Trump Y Lukoil"),
        ("Trump AND Lukoil", "Trump Y Lukoil"),
        ("a Y b c", "a Y b c"),
        ("Estados Unidos Y China", "Estados Unidos Y China"),
        ("a Y b O c", "(a Y b) O c"),
        ("a Y b O c Y d e", "((a Y b) O (c Y d)) e"),
        ("a O b c Y d", "(a O b) c Y d"),
        ("a Y (b O c)", "a Y (b O c)"),
        ("(a b) c", "a b c"),
        ("(a Y b) Y c", "a Y b Y c"),
        ("(((a)))", "a"),
        ('"a"Y"b"', '"a" Y "b"'),
        ('-"frase exacta" x', 'NO "frase exacta" x'),
        ("-(a O b)", "NO (a O b)"),
        ("fuente:EFE", "fuente:EFE"),
        ("fuente: EFE", "fuente:EFE"),
        ("Fuente:EFE Rusia", "fuente:EFE Rusia"),
        ("TITULO:amistad", "título:amistad"),
        ("fuente:(EFE O Reuters)", "fuente:(EFE O Reuters)"),
        ('título:"asociación estratégica"', 'título:"asociación estratégica"'),
        ("-fuente:EFE", "NO fuente:EFE"),
        ("NO fuente:EFE", "NO fuente:EFE"),
        ("+fuente:EFE x", "+(fuente:EFE) x"),
        ("fuente:-EFE", "fuente:(NO EFE)"),
        ("fuente:NO", "fuente:no"),
        ("-NO", "NO no"),
        ("título:(a fuente:b)", "título:(a fuente:b)"),
        ("título:(fecha:2025-11-11)", "fecha:2025-11-11"),
        ("fuente:EE. UU. x", "fuente:(EE. UU.) x"),
        ("-EE. UU.", "NO (EE. UU.)"),
        ("gas O 30 000 x", "(gas O (30 000)) x"),
        ("2025 100", "2025 100"),
        ("ruso-kazaja", "ruso-kazaja"),
        ("Rusia - China — ¿Kazajistán? 🚀", "Rusia China ¿Kazajistán?"),
        ("--verbose -- x", "verbose x"),
        ("http://efe.com/a 12:30 a:b", "http://efe.com/a 12:30 a:b"),
        ("file://c mailto:x Putin: paz", "file://c mailto:x Putin: paz"),
        ("Y, no O'Brien", "Y, no O'Brien"),
        ("E U", "E U"),
        ("“gas natural” «paz» „a“", '"gas natural" "paz" "a"'),
        ('"a”', '"a"'),
        ('«dijo "sí" ayer»', '«dijo "sí" ayer»'),
        ("RUSIA Y CHINA", "RUSIA Y CHINA"),
        ("RUSIA NO EFE", "RUSIA NO EFE"),
        ("NO (EFE TASS)", "NO (EFE TASS)"),
        ("-EFE TASS RUSIA", "NO EFE TASS RUSIA"),
    ],
)
def test_a_query_means(query: str, meaning: str) -> None:
    assert read(query) == meaning


@pytest.mark.parametrize(
    ("query", "root"),
    [
        ("Rusia hoy", Words("Rusia hoy", 0, 9)),
        ('x "gas  natural"', Sequence((Words("x", 0, 1), Quoted("gas natural", 2, 16)), 0, 16)),
        ("a Y b", And((Words("a", 0, 1), Words("b", 4, 5)), 0, 5)),
        ("a O b", Or((Words("a", 0, 1), Words("b", 4, 5)), 0, 5)),
        ("-a", Not(Words("a", 1, 2), 0, 2)),
        ("+(a b)", Required(Words("a b", 2, 5), 0, 6)),
        ("fuente: EFE", Field("source", Words("EFE", 8, 11), 0, 11)),
        ("hasta:2025", DateFilter(None, date(2025, 12, 31), 0, 10)),
    ],
)
def test_a_query_gives_nodes_with_their_places(query: str, root: Node) -> None:
    assert parse(query) == ParsedQuery(query, root)


@pytest.mark.parametrize(
    ("value", "meaning"),
    [
        ("fecha:2025-11-12", "fecha:2025-11-12"),
        ("fecha: 2025-11-12,", "fecha:2025-11-12"),
        ("fecha:2025-11", "fecha:[2025-11-01 a 2025-11-30]"),
        ("fecha:2024-2", "fecha:[2024-02-01 a 2024-02-29]"),
        ("fecha:2025-02", "fecha:[2025-02-01 a 2025-02-28]"),
        ("fecha:9999-12", "fecha:[9999-12-01 a 9999-12-31]"),
        ("date:2025", "fecha:[2025-01-01 a 2025-12-31]"),
        ('fecha:"2025-11"', "fecha:[2025-11-01 a 2025-11-30]"),
        ("fecha:«2025-11-12»", "fecha:2025-11-12"),
        ("fecha:[2025-11-01 a 2025-11-30]", "fecha:[2025-11-01 a 2025-11-30]"),
        ("fecha:(2025-11-01 AL 2025-11-30)", "fecha:[2025-11-01 a 2025-11-30]"),
        ("fecha:[2025-11 TO 2025]", "fecha:[2025-11-01 a 2025-12-31]"),
        ("fecha:[2025-11-01 a 2025-11-30", "fecha:[2025-11-01 a 2025-11-30]"),
        ("fecha:2025-11-01 a 2025-11-30", "fecha:[2025-11-01 a 2025-11-30]"),
        ("fecha:2025-11..2026", "fecha:[2025-11-01 a 2026-12-31]"),
        ("fecha:[2025-11-05 a *]", "desde:2025-11-05"),
        ("fecha:2025-11-05..", "desde:2025-11-05"),
        ("fecha:[* a 2025-11]", "hasta:2025-11-30"),
        ("desde:2025-11-12", "desde:2025-11-12"),
        ("desde:2025-11-01 hasta 2025-11-30.", "fecha:[2025-11-01 a 2025-11-30]"),
        ("hasta:[2025-11-05 a *]", "desde:2025-11-05"),
        ("since:2025", "desde:2025-01-01"),
        ("hasta:2025-11", "hasta:2025-11-30"),
        ("to:2025-11-12", "hasta:2025-11-12"),
        ("gas fecha:2025-11-11 Y Rusia", "gas fecha:2025-11-11 Y Rusia"),
        ("fecha:2025-11-11 O fecha:2025-11-12", "fecha:2025-11-11 O fecha:2025-11-12"),
        ("-fecha:2025-11-11", "NO (fecha:2025-11-11)"),
        ("gas desde:2025-11-01 hasta:2025-11-30", "gas desde:2025-11-01 hasta:2025-11-30"),
    ],
)
def test_a_date_means_days(value: str, meaning: str) -> None:
    assert read(value) == meaning


@pytest.mark.parametrize(
    "value",
    [
        "Navidad",
        "2025-02-30",
        "2025-00",
        "2025-11-00",
        "0000",
        "31/02/2025",
        "*",
        "[* a *]",
        "[2025 a x]",
        "2024..2025..2026",
    ],
)
@pytest.mark.parametrize("field", ["fecha", "desde", "hasta"])
def test_an_unreadable_date_does_not_filter(field: str, value: str) -> None:
    parsed = parse(f"gas {field}:{value}")
    assert to_text(parsed.root) == "gas"
    assert [(each.code, each.start, each.end) for each in parsed.warnings] == [
        ("unreadable_date", 4, len(parsed.text))
    ]
    assert "fecha:2025-11-12" in parsed.warnings[0].message


def test_an_unreadable_date_is_searched_as_words_when_nothing_else_is_asked() -> None:
    assert to_text(parse("fecha:Navidad").root) == "Navidad"
    assert to_text(parse("fecha:Navidad (desde:siempre)").root) == "Navidad siempre"
    assert parse("NO fecha:Navidad").root is None
    assert parse("fecha:*").root is None


@pytest.mark.parametrize("name", ["título", "titulo", "TITLE", "Título", unicodedata.normalize("NFD", "título")])
def test_field_names_are_blind_to_case_and_accents(name: str) -> None:
    assert field_of_query_name(name) == "title"
    assert read(f"{name}:paz") == "título:paz"


@pytest.mark.parametrize(
    ("canonical", "names"),
    [
        ("title", "título title"),
        ("text", "texto text cuerpo body"),
        ("source", "fuente source medio"),
        ("place", "lugar place"),
        ("author", "autor autora author"),
        ("path", "ruta path archivo file"),
        ("language", "idioma lang language"),
        ("date", "fecha date"),
        ("since", "desde since from"),
        ("until", "hasta until to"),
    ],
)
def test_every_field_has_its_names(canonical: str, names: str) -> None:
    assert {field_of_query_name(name) for name in names.split()} == {canonical}
    assert QUERY_LABELS[canonical] == names.split(maxsplit=1)[0]
    assert field_of_query_name("foo") is None
    assert field_of_query_name("") is None


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_places_refer_to_the_nfc_query(form: str) -> None:
    parsed = parse(unicodedata.normalize(form, "reunión -año"))  # type: ignore[arg-type]
    assert parsed.text == "reunión -año"
    assert parsed.root == Sequence((Words("reunión", 0, 7), Not(Words("año", 9, 12), 8, 12)), 0, 12)


@pytest.mark.parametrize("break_", ["\t", "\n", "\r\n", "\xa0", "\u3000", "\x00", "\x7f", "\u2028", "\x1f"])
def test_breaks_and_controls_are_spaces(break_: str) -> None:
    parsed = parse(f"Rusia{break_}NO{break_}EFE")
    assert to_text(parsed.root) == "Rusia NO EFE"
    assert parsed.root is not None
    assert parsed.root.end == len(parsed.text)


@pytest.mark.parametrize("invisible", ["\u200b", "\u200e", "\u202e", "\u2066", "\ufeff", "\xad", "\u200d"])
def test_invisible_characters_are_as_if_not_typed(invisible: str) -> None:
    parsed = parse(f"{invisible}N{invisible}O fuen{invisible}te:E{invisible}FE{invisible}")
    assert to_text(parsed.root) == "NO fuente:EFE"
    assert parsed.root is not None
    assert (parsed.root.start, parsed.root.end) == (1, 17)
    assert parsed.warnings == ()


def test_an_accent_parted_by_an_invisible_character_is_joined() -> None:
    assert read("reunio\u200b\u0301n") == "reunión"
