"""Which engines are there, and how is one opened? Each library is imported when its engine is asked for."""

from __future__ import annotations

import importlib
from pathlib import Path

from searchidx.engines.contract import Engine
from searchidx.errors import EngineError, EngineMissingError

_ENGINES = {
    "whoosh": ("searchidx.engines.whoosh.engine", "WhooshEngine", "pip install whoosh-reloaded"),
    "tantivy": ("searchidx.engines.tantivy.engine", "TantivyEngine", "pip install tantivy"),
}
"""Name → module, class, and how to install what the module imports."""

ENGINES = tuple(_ENGINES)
"""The names, smallest engine first."""


def installed(name: str) -> bool:
    """Whether the library of an engine is there."""
    try:
        importlib.import_module(_ENGINES[name][0])
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("searchidx"):
            raise
        return False
    return True


def open_engine(name: str, folder: Path, *, create: bool = True) -> Engine:
    """The engine `name` with its files below `folder`, which is made when it is missing and `create` is set.

    Raises EngineMissingError when the library is not installed or the name is unknown, EngineError when the
    files cannot be opened.
    """
    if not create and not folder.is_dir():
        raise EngineError(f"the engine's folder {folder.name} is missing; rebuild it: searchidx check --repair")
    if name not in _ENGINES:
        raise EngineMissingError(name, f"choose one of: {', '.join(ENGINES)}")
    module, class_name, install = _ENGINES[name]
    try:
        engine_class = getattr(importlib.import_module(module), class_name)
    except ModuleNotFoundError as error:
        if (error.name or "").startswith("searchidx"):
            raise
        raise EngineMissingError(name, install) from error
    engine: Engine = engine_class(folder)
    return engine
