"""The web front end: the search page, the document page and the JSON API.

`create_app(index)` is a whole site; `search_api(index)` is only the JSON API, as a blueprint that any Flask
application can mount: `app.register_blueprint(web.search_api(index), url_prefix="/buscar")`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from web.api.endpoints import search_api as search_api
    from web.app import create_app as create_app

_EXPORTS = {"create_app": "web.app", "search_api": "web.api.endpoints"}

__all__ = ["create_app", "search_api"]


def __getattr__(name: str) -> object:
    """Import Flask only for those who serve pages."""
    if name not in _EXPORTS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_EXPORTS[name]), name)
