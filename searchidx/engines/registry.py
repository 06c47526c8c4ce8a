"""The engines by name. The library of an engine is imported when the engine is opened."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

from searchidx.engines.contract import Engine
from searchidx.errors import EngineError, EngineMissingError

_ENGINES = {
    "whoosh": ("searchidx.engines.whoosh.engine", "WhooshEngine", "whoosh-reloaded"),
    "tantivy": ("searchidx.engines.tantivy.engine", "TantivyEngine", "tantivy"),
}
"""Name → module, class, and the package on PyPI that has the library."""

ENGINES = tuple(_ENGINES)
"""The names; the engine for the smallest corpora comes first."""


def is_installed(name: str) -> bool:
    """Whether the library of an engine can be imported."""
    try:
        _engine_class(name)
    except EngineMissingError:
        return False
    return True


def open_engine(name: str, folder: Path, *, create: bool = True) -> Engine:
    """The engine `name` with its files below `folder`, which is made when it is missing and `create` is set.

    Raises EngineMissingError when the library is not installed or the name is unknown, EngineError when the
    files cannot be opened.
    """
    if not create and not folder.is_dir():
        raise EngineError(f"the engine's folder {folder.name} is missing")
    return _engine_class(name)(folder)


def _engine_class(name: str) -> Callable[[Path], Engine]:
    if name not in _ENGINES:
        raise EngineMissingError(name, known=ENGINES)
    module, class_name, package = _ENGINES[name]
    try:
        engine_class: Callable[[Path], Engine] = getattr(importlib.import_module(module), class_name)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("searchidx"):
            raise  # a module of our own is missing, which is a bug
        raise EngineMissingError(name, package) from error
    return engine_class
