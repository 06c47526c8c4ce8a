"""The registry: engines that are unknown, not installed, or without their files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from searchidx.engines.registry import is_installed, open_engine
from searchidx.errors import EngineError, EngineMissingError


def test_an_unknown_engine_is_reported_with_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(EngineMissingError, match="whoosh"):
        open_engine("lucene", tmp_path)


def test_a_missing_library_is_reported_with_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "searchidx.engines.whoosh.engine", raising=False)
    monkeypatch.setitem(sys.modules, "whoosh", None)
    monkeypatch.setitem(sys.modules, "whoosh.codec.whoosh3", None)
    with pytest.raises(EngineMissingError) as caught:
        open_engine("whoosh", tmp_path)
    assert (caught.value.name, caught.value.package) == ("whoosh", "whoosh-reloaded")
    assert not is_installed("whoosh")


def test_a_fault_of_our_own_is_not_taken_for_a_missing_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "searchidx.engines.whoosh.engine", raising=False)
    monkeypatch.setitem(sys.modules, "searchidx.engines.whoosh.snapshot", None)
    with pytest.raises(ModuleNotFoundError, match=r"whoosh\.snapshot"):
        open_engine("whoosh", tmp_path)


def test_a_folder_that_is_gone_is_not_made_by_a_reader(tmp_path: Path) -> None:
    with pytest.raises(EngineError, match="folder gone is missing"):
        open_engine("whoosh", tmp_path / "gone", create=False)
    assert not (tmp_path / "gone").exists()
