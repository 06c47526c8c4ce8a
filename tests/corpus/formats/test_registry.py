"""The table of file formats."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from searchidx.corpus import READABLE_EXTENSIONS, read
from searchidx.errors import CorpusError
from tests.corpus.corpus_support import document, source


@pytest.mark.parametrize("extension", sorted(READABLE_EXTENSIONS))
def test_every_extension_has_a_reader_whatever_its_case(tmp_path: Path, extension: str) -> None:
    content = {
        ".jsonl": '{"text": "Hola."}',
        ".ndjson": '{"text": "Hola."}',
        ".csv": "text\nHola.",
        ".tsv": "text\nHola.",
    }
    assert document(tmp_path, f"a{extension.upper()}", content.get(extension, "Hola.")).text == "Hola."


def test_another_extension_is_refused(tmp_path: Path) -> None:
    file = source(tmp_path, "a.txt", "Hola.")
    odd = type(file)(tmp_path / "a.png", "a.png", file.size, file.mtime_ns)
    with pytest.raises(CorpusError, match=r"'\.png' cannot be read"):
        read(odd)


def test_reading_utf8_loads_no_library_for_other_formats(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("El señor pidió más.", "utf-8")
    program = (
        "import sys, pathlib; from searchidx.corpus import *\n"
        "[list(read(file).documents) for file in scan(pathlib.Path(sys.argv[1]))]\n"
        "lazy = {'charset_normalizer', 'selectolax', 'markdown_it', 'yaml', 'csv', 'hashlib'}\n"
        "print(sorted(lazy & {*sys.modules}))"
    )
    answer = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert answer.stdout == "[]\n"
