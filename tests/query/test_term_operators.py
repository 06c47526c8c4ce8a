"""What `*`, `?`, `~`, `=` and `^` mean, and when they are only punctuation."""

from __future__ import annotations

import unicodedata

import pytest

from searchidx.query.ast import (
    Boosted,
    Exact,
    Field,
    Fuzzy,
    Node,
    Not,
    Or,
    Prefix,
    Quoted,
    Required,
    Sequence,
    Wildcard,
    Words,
    to_text,
)
from searchidx.query.parsing.parser import parse


@pytest.mark.parametrize(
    ("query", "root"),
    [
        ("reunió*", Prefix("reunió", 0, 7)),
        ("reunio*,", Prefix("reunio", 0, 7)),
        ("¿energ*?", Prefix("energ", 1, 7)),
        ("UE*", Prefix("UE", 0, 3)),
        ("202*", Prefix("202", 0, 4)),
        ("ka?a*", Wildcard("ka?a*", 0, 5)),
        ("ka??a", Wildcard("ka??a", 0, 5)),
        ("*ción", Wildcard("*ción", 0, 5)),
        ("?ato", Wildcard("?ato", 0, 4)),
        ("ener?*", Wildcard("ener?*", 0, 6)),
        ("m**r*?da", Wildcard("m*r?*da", 0, 8)),
        ("putin~", Fuzzy("putin", 0, 6)),
        ("Putin~1.", Fuzzy("Putin", 0, 7, 1)),
        ("putin~2", Fuzzy("putin", 0, 7, 2)),
        ("EE. UU.~", Fuzzy("EE. UU.", 0, 8)),
        ("=Tokaev", Exact("Tokaev", 0, 7)),
        ("==Tokaev?", Exact("Tokaev", 0, 8)),
        ("=ruso-kazaja", Exact("ruso-kazaja", 0, 12)),
        ('"a b"~5', Quoted("a b", 0, 7, 5)),
        ("«a b»~0", Quoted("a b", 0, 7, 0)),
        ("gas^2", Boosted(Words("gas", 0, 3), 2, 0, 5)),
        ("gas^0,5,", Boosted(Words("gas", 0, 3), 0.5, 0, 7)),
        ("gas^.5", Boosted(Words("gas", 0, 3), 0.5, 0, 6)),
        ("(a b)^2", Boosted(Words("a b", 1, 4), 2, 0, 7)),
        ("(gas^2)^3", Boosted(Words("gas", 1, 4), 6, 0, 9)),
        ("(+gas)^3", Required(Boosted(Words("gas", 2, 5), 3, 2, 8), 0, 8)),
        ("Y^2", Boosted(Words("y", 0, 1), 2, 0, 3)),
        ("título:energ*", Field("title", Prefix("energ", 7, 13), 0, 13)),
        ("título:=amistad", Field("title", Exact("amistad", 7, 15), 0, 15)),
        ("-putin~1", Not(Fuzzy("putin", 1, 8, 1), 0, 8)),
        ('+"a b"~3^2', Required(Boosted(Quoted("a b", 1, 8, 3), 2, 1, 10), 0, 10)),
        (
            "fuente:(EFE^2 O Reuters)",
            Field(
                "source",
                Or((Boosted(Words("EFE", 8, 11), 2, 8, 13), Words("Reuters", 16, 23)), 8, 23),
                0,
                24,
            ),
        ),
        ("ruso-kaz*", Sequence((Words("ruso", 0, 4), Prefix("kaz", 5, 9)), 0, 9)),
        ("Kasim-Yomart~1", Sequence((Fuzzy("Kasim", 0, 5, 1), Fuzzy("Yomart", 6, 14, 1)), 0, 14)),
        ("-ruso-kaz*", Not(Sequence((Words("ruso", 1, 5), Prefix("kaz", 6, 10)), 1, 10), 0, 10)),
    ],
)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_sign_gives_a_node_with_its_place(query: str, root: Node, form: str) -> None:
    parsed = parse(unicodedata.normalize(form, query))  # type: ignore[arg-type]
    assert (parsed.root, parsed.warnings) == (root, ())


@pytest.mark.parametrize(
    "query",
    [
        "¿Quién es Putin?",
        "Quién es Putin?",
        "?Quién es Putin?",
        "¿Putin??",
        "¿«Rusia»? ¿Y Putin?",
        "Putin ? Rusia",
        "¿Putin?, dijo",
        "https://efe.com/a?b=c*~user",
        "www.efe.com/~ana",
        "efe.com/?id=3",
        "a=b",
        "~30 países",
        "e=mc",
    ],
)
def test_punctuation_is_left_to_the_words(query: str) -> None:
    root = parse(query).root
    nodes = root.children if isinstance(root, Sequence) else (root,)
    assert all(isinstance(node, (Words, Quoted)) for node in nodes)
    assert parse(query).warnings == ()


@pytest.mark.parametrize(
    ("query", "meaning"),
    [
        ("reunio\u200b\u0301*", "reunió*"),
        ("pu\u200btin~\u200b1", "putin~1"),
        ("हिन्दी*", "हिन्दी*"),
        ("EE. UU.^2 x", "(EE. UU.)^2 x"),
        ("energ*^2 putin~^3", "energ*^2 putin~^3"),
        ("NO (a O b)^1,5", "NO (a O b)^1.5"),
        ("(título:paz)^2", "(título:paz)^2"),
        ("título:(paz gas)^2", "título:(paz gas)^2"),
        ("gas^2 petróleo O carbón^3", "gas^2 (petróleo O carbón^3)"),
        ("O'Brien*", "o Brien*"),
        ("(a)^1", "a^1"),
        ("a^0.123456", "a^0.123"),
    ],
)
def test_signs_are_written_as_they_are_read(query: str, meaning: str) -> None:
    text = to_text(parse(query).root)
    assert text == meaning
    assert to_text(parse(text).root) == meaning


def test_a_boost_belongs_to_the_group_that_it_follows_even_beyond_the_depth() -> None:
    parsed = parse("(" * 33 + "a b)^2" + ")" * 32)
    assert to_text(parsed.root) == "a b"
    assert [each.code for each in parsed.warnings] == ["too_deep"]


def test_each_term_is_a_clause() -> None:
    assert parse("gas* " * 64).warnings == ()
    assert [each.code for each in parse("gas* " * 65).warnings] == ["too_many_clauses"]
