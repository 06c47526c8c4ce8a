"""How is the site put together? One factory; every part is handed the index that it answers from."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, Response
from flask import url_for as flask_url_for
from jinja2 import StrictUndefined

from searchidx.index import Index
from web.answers import HealthAnswer
from web.api import search_api
from web.harmless import harmless
from web.links import document_href, outside_link, site_url
from web.marks import marked, snippet_marked
from web.pages import search_pages
from web.problems import register_page_problems
from web.security import protect
from web.spanish import long_date, number, plural

API_PREFIX = "/api/v1"

_ONE_YEAR = 31_536_000  # seconds; static addresses change with their content


def create_app(index: Index) -> Flask:
    """The site over an index: `/`, `/doc/<id>`, `/api/v1/…` and `/health`."""
    app = Flask(__name__)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _ONE_YEAR
    _set_up_templates(app)
    app.register_blueprint(search_pages(index))
    app.register_blueprint(search_api(index, site_url), url_prefix=API_PREFIX)
    app.add_url_rule("/health", "health", lambda: _health(index))
    register_page_problems(app)
    app.after_request(protect)
    return app


def _set_up_templates(app: Flask) -> None:
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.finalize = harmless
    environment.filters |= {
        "marked": marked,
        "snippet_marked": snippet_marked,
        "long_date": long_date,
        "number": number,
        "plural": plural,
        "outside_link": outside_link,
    }
    versions = {path.name: _version(path) for path in sorted(Path(app.static_folder or "").iterdir())}

    def static_url(name: str) -> str:
        return flask_url_for("static", filename=name, v=versions[name])

    environment.globals |= {"static_url": static_url, "document_href": document_href}


def _version(path: Path) -> str:
    """A few digits that change when the file does."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def _health(index: Index) -> Response:
    """Whether the index can be read; a problem document with status 503 otherwise."""
    documents, _ = index.counts()
    return HealthAnswer(status="ok", documents=documents).response()
