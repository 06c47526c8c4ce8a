"""Reading the bytes of a source file, and its hash."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from searchidx.corpus import file_hash, read
from searchidx.errors import CorpusError
from tests.corpus.corpus_support import source


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    file = source(tmp_path, "a.txt", "Hola.")
    assert file_hash(file.path) == hashlib.sha256(b"Hola.").hexdigest()


@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.jsonl", "a.csv"])
def test_a_file_that_vanished_is_named_with_its_reason(tmp_path: Path, name: str) -> None:
    file = source(tmp_path, name, "Hola.")
    file.path.unlink()
    with pytest.raises(CorpusError, match=f"{name}: it is not there"):
        list(read(file).documents)
    with pytest.raises(CorpusError, match=f"sub/{name}: it is not there"):
        file_hash(file.path, f"sub/{name}")


def test_a_file_that_became_a_pipe_does_not_block(tmp_path: Path) -> None:
    file = source(tmp_path, "a.txt", "Hola.")
    file.path.unlink()
    os.mkfifo(file.path)
    with pytest.raises(CorpusError, match="a named pipe"):
        read(file)


def test_a_name_that_no_system_opens_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="its name cannot be opened"):
        file_hash(tmp_path / "a\0b.txt")


def test_a_file_too_large_for_one_document_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("searchidx.corpus.files.MAX_DOCUMENT_BYTES", 10)
    with pytest.raises(CorpusError, match="too large for one document"):
        read(source(tmp_path, "a.txt", "demasiado largo"))
