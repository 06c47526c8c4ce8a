"""The engines under test: the oracle, and every engine whose library is installed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from searchidx.engines import registry
from searchidx.engines.contract import Engine
from searchidx.errors import EngineMissingError
from tests.engines.oracle_support import OracleEngine

OpenEngine = Callable[[Path], Engine]


@pytest.fixture(scope="session", params=["oracle", *registry.ENGINES])
def open_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> OpenEngine:
    """What opens an engine in a folder, which it makes when it is missing; the caller closes it."""
    name: str = request.param
    if name == "oracle":
        return OracleEngine
    try:
        registry.open_engine(name, tmp_path_factory.mktemp(name) / "tried").close()
    except EngineMissingError as error:
        pytest.skip(str(error))
    return lambda folder: registry.open_engine(name, folder)


@pytest.fixture
def engine(open_engine: OpenEngine, tmp_path: Path) -> Iterator[Engine]:
    """A fresh engine without entries, its files in `tmp_path / "engine"`."""
    opened = open_engine(tmp_path / "engine")
    yield opened
    opened.close()


@pytest.fixture
def oracle(tmp_path: Path) -> OracleEngine:
    """A fresh oracle to compare the engine with."""
    return OracleEngine(tmp_path / "oracle")
