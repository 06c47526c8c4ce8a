"""The encoding of a file, and the text of its bytes."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from searchidx.corpus import read
from searchidx.errors import CorpusError
from tests.corpus.corpus_support import (
    body,
    document,
    errors,
    read_all,
    source,
)

TEXT = "El señor Muñoz pidió más información sobre la reunión: «ningún desafío»."


@pytest.mark.parametrize(
    ("codec", "mark", "name"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8-sig", b"", "utf-8-sig"),
        ("utf-16", b"", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-32", b"", "utf-32"),
        ("cp1252", b"", "windows-1252"),
        ("cp850", b"", "cp850"),
    ],
)
@pytest.mark.parametrize("extension", ["txt", "jsonl", "csv"])
def test_an_encoding_is_found_and_named(
    tmp_path: Path, codec: str, mark: bytes, name: str, extension: str
) -> None:
    content = {"jsonl": f'{{"text": "{TEXT}"}}\n', "csv": f"text\n{TEXT}\n"}.get(extension, TEXT)
    file = source(tmp_path, f"a.{extension}", mark + content.encode(codec))
    file_content = read(file)
    (found,) = file_content.documents
    assert file_content.encoding == name
    assert not isinstance(found, CorpusError)
    assert found.text == TEXT


@pytest.mark.parametrize("word", ["ción", "España", "Año nuevo", "Precio: 5 €", "ÁRBOL ÑANDÚ", "“sí”, dijo…"])
def test_a_few_letters_of_latin_1_are_no_other_encoding(tmp_path: Path, word: str) -> None:
    assert document(tmp_path, "a.txt", word.encode("cp1252")).text == word


def test_latin_1_after_a_mebibyte_of_ascii_is_found(tmp_path: Path) -> None:
    plain = b'{"text": "' + b"hola " * 1000 + b'"}\n'
    file = source(tmp_path, "a.jsonl", plain * 250 + '{"text": "mañana"}\n'.encode("cp1252"))
    file_content = read(file)
    last = list(file_content.documents)[-1]
    assert file_content.encoding == "windows-1252"
    assert not isinstance(last, CorpusError)
    assert last.text == "mañana"


def test_a_letter_cut_by_the_end_of_the_sample_is_no_error(tmp_path: Path) -> None:
    line = '{"text": "' + "ñ" * 600_000 + '"}\n'
    file_content = read(source(tmp_path, "a.jsonl", line))
    assert file_content.encoding == "utf-8"
    assert [isinstance(item, CorpusError) for item in file_content.documents] == [False]


def test_a_few_damaged_bytes_do_not_make_utf8_another_encoding(tmp_path: Path) -> None:
    first, second = read_all(tmp_path, "a.txt", (TEXT * 3).encode() + b"\xff")
    assert not isinstance(first, CorpusError)
    assert first.text.endswith("\ufffd")
    assert str(second) == "a.txt: 1 character is not valid utf-8 and was replaced"


def test_text_comes_in_nfc_with_one_kind_of_line_end(tmp_path: Path) -> None:
    content = unicodedata.normalize("NFD", "Canción.\r\nAño.\rSé.\u2028Té.\x85Fin.\x0cPágina.")
    assert body(document(tmp_path, "a.txt", content)) == ["Canción.", "Año.", "Sé.", "Té.", "Fin.", "Página."]


def test_stray_control_characters_go_and_the_text_stays(tmp_path: Path) -> None:
    found = document(tmp_path, "a.txt", "Ho\x00la,\x1b mun\x7fdo\ufeff.\x1fAdiós a\x07\u0301.")
    assert found.text == "Hola, mundo. Adiós á."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "there is no text in it"),
        (bytes(range(256)) * 40, "it looks like a binary file"),
        (b"\x00\x01\x02\x03" * 100, "it looks like a binary file"),
        (b"%PDF-1.4 ...", r"it looks like a binary file \(PDF\)"),
        (b"PK\x03\x04 ...", "it looks like a binary file"),
    ],
)
def test_what_is_no_text_is_refused_with_the_reason(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(CorpusError, match=f"a.txt: {reason}"):
        read(source(tmp_path, "a.txt", content))


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv"])
def test_an_empty_file_of_records_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorpusError, match="the file is empty"):
        read(source(tmp_path, name, b""))
    with pytest.raises(CorpusError, match=r"no text|no record"):
        list(read(source(tmp_path, name, b" \n\n")).documents)


def test_undecodable_records_are_named_by_line(tmp_path: Path) -> None:
    rows = ["ñandú,1", "mañana,2", "año,3", "niño,4", "caña,5"]
    content = "text,n\n" + "\n".join(rows) + "\n"
    assert errors(tmp_path, "a.csv", content.encode() + b"\xff,6\n") == [
        "a.csv:7: it has bytes that are not valid in the file's encoding"
    ]
    lines = "".join(f'{{"text": "{row}"}}\n' for row in rows)
    assert errors(tmp_path, "a.jsonl", lines.encode() + b'{"text": "\xff"}\n') == ["a.jsonl:6: not valid utf-8"]
