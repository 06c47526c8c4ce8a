"""How is the site put together? One factory; every part is handed the index that it answers from."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, request
from flask import url_for as flask_url_for
from jinja2 import StrictUndefined

from searchidx.index import Index
from web.api import search_api
from web.behind import put_behind
from web.compression import compress
from web.cross_origin import share
from web.harmless import harmless
from web.links import document_href, outside_link, site_url
from web.marks import marked, snippet_marked
from web.metrics import add_metrics
from web.outside import OUTSIDE_ENDPOINTS, outside
from web.pages import search_pages
from web.problems import register_page_problems
from web.security import protect
from web.service import METRICS_ENDPOINT, SERVICE_ENDPOINTS, service
from web.settings import Settings
from web.spanish import long_date, number, plural
from web.timing import limit_time

API_PREFIX = "/api/v1"

_DEFAULTS = Settings()

_ONE_YEAR = 31_536_000  # seconds; static addresses change with their content


def create_app(index: Index, settings: Settings = _DEFAULTS) -> Flask:
    """The site over an index: `/`, `/doc/<id>`, `/api/v1/…`, and what machines ask beside them."""
    app = Flask(__name__)
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _ONE_YEAR
    _set_up_templates(app)
    app.register_blueprint(search_pages(index))
    _add_machine_parts(app, index, settings)
    register_page_problems(app)
    app.after_request(compress)
    app.after_request(protect)
    put_behind(app, settings)
    return app


def _add_machine_parts(app: Flask, index: Index, settings: Settings) -> None:
    """What programs ask for, and what every request is subject to."""
    app.config["CORS_ORIGINS"] = settings.cors_origins
    deadline = settings.deadline or None
    beside = [*SERVICE_ENDPOINTS, *OUTSIDE_ENDPOINTS]
    if settings.metrics:
        add_metrics(app, index)
        beside.append(METRICS_ENDPOINT)
    limit_time(app, deadline)
    app.register_blueprint(search_api(index, site_url, deadline=None, beside=beside), url_prefix=API_PREFIX)
    app.add_url_rule("/openapi.json", "openapi", app.view_functions["searchidx_api.openapi"])
    app.register_blueprint(service(index))
    app.register_blueprint(outside(index, deadline))
    allow = share(settings.cors_origins)
    # Also where no view was found: a page must be able to read that it asked in vain.
    app.after_request(lambda response: allow(response) if _is_api(request.path) else response)


def _is_api(path: str) -> bool:
    return f"{path}/".startswith(f"{API_PREFIX}/")


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
