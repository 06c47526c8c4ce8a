"""How is the site put together? One factory; every part is handed the index that it answers from."""

from __future__ import annotations

from flask import Flask, request

from searchidx import Index
from web.api.endpoints import search_api
from web.export.blueprint import (
    OUTSIDE_ENDPOINTS,
    outside,
)
from web.http.assets import set_up_assets
from web.http.compression import compress
from web.http.cors import share
from web.http.etags import answer_from_version
from web.http.proxies import put_behind
from web.http.raw_query import read_any_address
from web.http.security_headers import protect
from web.http.timeout import limit_time
from web.i18n import (
    language,
    set_up_languages,
)
from web.ops.health import (
    METRICS_ENDPOINT,
    SERVICE_ENDPOINTS,
    service,
)
from web.ops.metrics import add_metrics
from web.pages.embed import FRAME_ORIGINS
from web.pages.templating import set_up_templates
from web.pages.views import search_pages
from web.problems import register_page_problems
from web.settings import Settings
from web.urls import site_url

API_PREFIX = "/api/v1"

_DEFAULTS = Settings()


def create_app(index: Index, settings: Settings = _DEFAULTS) -> Flask:
    """The site over an index: `/`, `/doc/<id>`, `/api/v1/…`, and what machines ask beside them."""
    app = Flask(__name__)
    app.config[FRAME_ORIGINS] = settings.cors_origins
    read_any_address(app)
    set_up_languages(app)
    set_up_assets(app)
    set_up_templates(app)
    pages = search_pages(index)
    answer_from_version(pages, index, {"search", "frame", "document"}, language)
    app.register_blueprint(pages)
    _add_machine_parts(app, index, settings)
    register_page_problems(app)
    app.after_request(compress)
    app.after_request(protect)
    put_behind(app, settings)
    return app


def _add_machine_parts(app: Flask, index: Index, settings: Settings) -> None:
    """What programs ask for, and what every request is subject to."""
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
