"""The web front end: the search page, the document page and the JSON endpoint.

`create_app(index)` is a whole site; `search_api(index)` is only the JSON endpoint, as a blueprint that any Flask
application can mount: `app.register_blueprint(web.search_api(index), url_prefix="/buscar")`.
"""

from __future__ import annotations

from web.api.endpoints import search_api
from web.app import create_app

__all__ = ["create_app", "search_api"]
