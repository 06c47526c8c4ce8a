"""How is the site put together? One factory; every part is handed the index that it answers from."""

from __future__ import annotations

from flask import Flask, Response

from searchidx.index import Index
from web.answers import HealthAnswer
from web.api import search_api
from web.assets import set_up_assets
from web.languages import set_up_languages
from web.links import site_url
from web.pages import search_pages
from web.problems import register_page_problems
from web.security import protect
from web.templating import set_up_templates

API_PREFIX = "/api/v1"


def create_app(index: Index) -> Flask:
    """The site over an index: `/`, `/doc/<id>`, `/api/v1/…` and `/health`."""
    app = Flask(__name__)
    set_up_languages(app)
    set_up_assets(app)
    set_up_templates(app)
    app.register_blueprint(search_pages(index))
    app.register_blueprint(search_api(index, site_url), url_prefix=API_PREFIX)
    app.add_url_rule("/health", "health", lambda: _health(index))
    register_page_problems(app)
    app.after_request(protect)
    return app


def _health(index: Index) -> Response:
    """Whether the index can be read; a problem document with status 503 otherwise."""
    documents, _ = index.counts()
    return HealthAnswer(status="ok", documents=documents).response()
