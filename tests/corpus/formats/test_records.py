"""The documents of JSONL and CSV files, and their broken records."""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Generator
from datetime import date
from pathlib import Path

import pytest

from searchidx.corpus import read
from searchidx.errors import CorpusError
from searchidx.model.document import Document
from tests.corpus.corpus_support import (
    body,
    document,
    documents,
    errors,
    read_all,
    source,
)

FULL = {
    "id": "ar/1",
    "title": "Una cumbre",
    "text": "Empezó.\r\n\r\nTerminó.",
    "date": "2025-11-12",
    "source": "Diario",
    "place": "Moscú",
    "author": "Ana Gil",
    "url": "https://diario.example",
    "lang": "pt_br",
}


def as_csv(delimiter: str) -> str:
    head = delimiter.join(FULL)
    return (
        f"{head}{delimiter}sección\r\n" + delimiter.join(f'"{value}"' for value in FULL.values()) + delimiter + "x"
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", json.dumps(FULL | {"sección": "x", "nada": None, "vacío": ""})),
        ("a.ndjson", "\n\n" + json.dumps(FULL | {"sección": "x"}, ensure_ascii=False) + "\n"),
        ("a.csv", as_csv(",")),
        ("b.csv", as_csv(";")),
        ("c.csv", "\ufeff" + as_csv("|")),
        ("a.tsv", as_csv("\t")),
    ],
)
def test_a_record_gives_all_fields(tmp_path: Path, name: str, content: str) -> None:
    found = document(tmp_path, name, content)
    assert (found.id, found.path, found.title) == ("ar/1", name, "Una cumbre")
    assert (found.date, found.source, found.place) == (date(2025, 11, 12), "Diario", "Moscú")
    assert (found.author, found.url, found.language) == ("Ana Gil", "https://diario.example", "pt-BR")
    assert found.metadata == {"sección": "x"}
    assert body(found) == ["Empezó.", "Terminó."]


def lines(*records: object) -> str:
    return "".join(json.dumps(record) + "\n" for record in records)


def test_a_record_without_an_id_is_known_by_its_line(tmp_path: Path) -> None:
    found = documents(tmp_path, "a.jsonl", "\n" + lines({"text": "Uno."}, {"id": 7, "text": "Dos."}))
    assert [item.id for item in found] == ["a.jsonl:2", "7"]


def test_a_record_without_fields_is_read_like_a_story(tmp_path: Path) -> None:
    text = " date 2025-11-12 Una cumbre\n\n2 minutos\n\nMoscú, 12 nov (EFE).- Empezó. EFE\n\nmos/lar"
    found = document(tmp_path, "a.jsonl", lines({"text": text}))
    assert (found.title, found.date, found.place, found.source) == (
        "Una cumbre",
        date(2025, 11, 12),
        "Moscú",
        "EFE",
    )
    assert body(found) == ["Empezó."]


def test_a_field_of_the_record_is_not_looked_for_in_its_text(tmp_path: Path) -> None:
    text = "Titular\n\nMoscú, 12 nov (EFE).- Empezó. EFE"
    given = {"title": "Otro", "source": "Diario", "place": "Madrid", "text": text}
    found = document(tmp_path, "a.jsonl", lines(given))
    assert (found.title, found.source, found.place) == ("Otro", "Diario", "Madrid")
    assert found.text == text
    del given["place"]
    found = document(tmp_path, "a.jsonl", lines(given))
    assert (found.source, found.place) == ("Diario", "Moscú")


def test_other_values_become_text(tmp_path: Path) -> None:
    record = {
        "text": "Uno.",
        "title": 2025,
        "author": ["Ana", "Luis"],
        "source": {"a": 1},
        "n": 1.5,
        "l": [1, "ñ"],
        "fecha": "12 de noviembre de 2025",
        "date": "ayer",
        "language": "español",
    }
    found = document(tmp_path, "a.jsonl", lines(record))
    assert (found.title, found.author, found.source) == ("2025", "Ana, Luis", '{"a": 1}')
    assert (found.date, found.language) == (date(2025, 11, 12), "es")
    assert found.metadata == {"n": "1.5", "l": '[1, "ñ"]', "date": "ayer", "language": "español"}


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2025-11-12", date(2025, 11, 12)),
        ("2025-11-12T23:59:00-05:00", date(2025, 11, 12)),
        ("2025/11/2", date(2025, 11, 2)),
        ("20251112", date(2025, 11, 12)),
        ("12/11/2025", date(2025, 11, 12)),
        ("2.11.2025 10:00", date(2025, 11, 2)),
        ("miércoles, 12 de noviembre de 2025", date(2025, 11, 12)),
        ("1º de mayo de 2024", date(2024, 5, 1)),
        ("Wed, 12 Nov 2025 10:00:00 GMT", date(2025, 11, 12)),
        ("November 12, 2025", date(2025, 11, 12)),
        ("31/02/2025", None),
        ("12-11/2025", None),
        ("2025-11", None),
    ],
)
def test_dates_are_read_as_people_write_them(tmp_path: Path, written: str, expected: date | None) -> None:
    found = document(tmp_path, "a.jsonl", lines({"text": "Uno.", "date": written}))
    assert found.date == expected
    assert found.metadata == ({} if expected else {"date": written})


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "not valid JSON: Expecting property name enclosed in double quotes at column 2"),
        ("[1]", "not a JSON object"),
        ('{"text": 3}', "its text is a number, not a string"),
        ('{"text": ["a"]}', "its text is a list, not a string"),
        ('{"text": true}', "its text is true or false, not a string"),
        ('{"text": " "}', "its text is empty"),
        ('{"text": "date 2025-11-12"}', "there is no text in it"),
        ('{"text": null}', "its text is empty"),
        ('{"título": "a"}', "it has no 'text'; what it has is: título"),
        ("{}", "it has no 'text'; what it has is: none"),
        ('{"id": [1], "text": "a"}', "its id is a list, not a string"),
        ('{"id": "a", "text": "Otra vez."}', "the id 'a' occurred before in this file"),
        ("[" * 100_000, "not JSON that can be read: too many digits or too deep"),
        ('{"text": ' + "1" * 5000 + "}", "not JSON that can be read: too many digits or too deep"),
    ],
)
def test_a_broken_line_is_reported_by_number_and_the_rest_is_read(tmp_path: Path, line: str, reason: str) -> None:
    content = '{"id": "a", "text": "Uno."}\n' + line + '\n{"id": "b", "text": "Dos."}\n'
    assert [item.id for item in documents(tmp_path, "a.jsonl", content)] == ["a", "b"]
    assert errors(tmp_path, "a.jsonl", content) == [f"a.jsonl:2: {reason}"]


def test_a_lone_surrogate_does_not_reach_the_text(tmp_path: Path) -> None:
    assert document(tmp_path, "a.jsonl", '{"text": "a \\ud800 b"}').text == "a \ufffd b"


def test_a_line_too_long_to_be_held_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchidx.corpus.formats.jsonl.MAX_RECORD_BYTES", 40)
    content = lines({"text": "Uno."}, {"text": "x" * 100}, {"text": "Dos."}) + '{"text": "' + "y" * 50
    for codec in ("utf-8", "utf-16"):
        found = read_all(tmp_path, "a.jsonl", content.encode(codec))
        assert [item.line if isinstance(item, CorpusError) else item.id for item in found] == [
            "a.jsonl:1",
            2,
            "a.jsonl:3",
            4,
        ]


def test_quoted_fields_may_be_long_and_hold_line_ends(tmp_path: Path) -> None:
    long = "palabra " * 40_000
    content = f'text,n\n"Uno.\n\n""Dos"".",1\n"{long}",2\nTres.,3\n'
    found = documents(tmp_path, "a.csv", content)
    assert [item.id for item in found] == ["a.csv:2", "a.csv:5", "a.csv:6"]
    assert body(found[0]) == ["Uno.", '"Dos".']
    assert found[1].text == long.strip()


def test_broken_rows_are_reported_by_number_and_the_rest_is_read(tmp_path: Path) -> None:
    content = 'text,n\nUno.,1\nDos.\nTres.,3,\n"Cuatro"x,4\n\n,\n"Cinco.,5\nSeis.,6\n"Siete.",7\nOcho.,8,9\n'
    assert [item.text for item in documents(tmp_path, "a.csv", content)] == ["Uno.", "Tres.", "Seis.", "Siete."]
    assert errors(tmp_path, "a.csv", content) == [
        "a.csv:3: it has 1 columns where the first line names 2",
        "a.csv:5: not valid CSV: ',' expected after '\"'",
        "a.csv:8: not valid CSV: ',' expected after '\"'",
        "a.csv:11: it has 3 columns where the first line names 2",
    ]


def test_a_quote_that_is_never_closed_costs_one_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = 'text,n\n"Uno.,1\nDos.,2\nTres.,3\n'
    assert [item.id for item in documents(tmp_path, "a.csv", content)] == ["a.csv:3", "a.csv:4"]
    assert errors(tmp_path, "a.csv", content) == ["a.csv:2: not valid CSV: unexpected end of data"]
    monkeypatch.setattr("searchidx.corpus.formats.delimited.MAX_RECORD_BYTES", 14)
    assert errors(tmp_path, "a.csv", content) == [
        "a.csv:2: not valid CSV: the record is too long; is a quote never closed?"
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("título;cuerpo\na;b\n", "a.csv: it has no 'text'; what it has is: título, cuerpo"),
        ('text,"n"x\na,b\n', "a.csv:1: not valid CSV: ',' expected after '\"'"),
        ("text\n", "a.csv: there is no record in it"),
    ],
)
def test_a_table_without_texts_is_an_error(tmp_path: Path, content: str, reason: str) -> None:
    with pytest.raises(CorpusError) as raised:
        read_all(tmp_path, "a.csv", content)
    assert str(raised.value) == reason


@pytest.mark.parametrize(
    ("name", "content"), [("a.jsonl", '{"text": "Uno."}\n' * 100), ("a.csv", "text\n" + "Uno.\n" * 100)]
)
def test_records_are_read_one_by_one_and_the_file_is_closed(tmp_path: Path, name: str, content: str) -> None:
    found = read(source(tmp_path, name, content)).documents
    assert isinstance(found, Generator)
    assert isinstance(next(found), Document)
    found.close()  # an open file would be a ResourceWarning, which is an error here
    assert list(found) == []


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    record = '{"text": "' + "Una oración cualquiera. " * 4000 + '"}\n'
    file = source(tmp_path, "a.jsonl", record * 50)
    tracemalloc.start()
    try:
        assert sum(1 for _ in read(file).documents) == 50
        assert tracemalloc.get_traced_memory()[1] < file.size
    finally:
        tracemalloc.stop()
