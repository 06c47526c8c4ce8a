"""The application factory: settings, blueprints and what every request passes through."""

from __future__ import annotations

from flask import Blueprint, Flask, request

from searchidx import Index
from web.api.endpoints import search_api
from web.export.feed import FEED_ENDPOINT, add_feed
from web.export.files import EXPORT_ENDPOINT, add_export
from web.export.opensearch_description import OPENSEARCH_ENDPOINTS, add_opensearch
from web.http.caching import add_etags, add_versioned_assets
from web.http.compression import compress
from web.http.headers import add_security_headers, cors_policy
from web.http.json_responses import register_json_problems
from web.http.request_handling import apply_proxy_settings, encode_raw_query_strings, limit_time
from web.i18n import language, set_up_languages
from web.ops.health import SERVICE_ENDPOINTS, health_views
from web.ops.metrics import METRICS_ENDPOINT, add_metrics
from web.pages.embed_widget import FRAME_ORIGINS
from web.pages.error_pages import register_error_pages
from web.pages.templating import set_up_templates
from web.pages.views import page_views
from web.settings import Settings
from web.urls import document_url

_API_ROOT = "/api"
_API_PREFIX = f"{_API_ROOT}/v1"

_DEFAULTS = Settings()


def create_app(index: Index, settings: Settings = _DEFAULTS) -> Flask:
    """The site over an index: `/`, `/doc/<id>`, `/api/v1/…`, feeds and files, health and metrics."""
    app = Flask(__name__)
    app.config[FRAME_ORIGINS] = settings.cors_origins
    encode_raw_query_strings(app)
    set_up_languages(app)
    add_versioned_assets(app)
    set_up_templates(app)
    limit_time(app, settings.deadline or None)
    pages = page_views(index)
    add_etags(pages, index, {"search", "frame", "document"}, language)
    app.register_blueprint(pages)
    _add_views_for_programs(app, index, settings)
    register_error_pages(app, pages, _API_ROOT)
    app.after_request(compress)
    app.after_request(add_security_headers)
    apply_proxy_settings(app, settings.url_prefix, settings.proxies)
    return app


def _add_views_for_programs(app: Flask, index: Index, settings: Settings) -> None:
    deadline = settings.deadline or None
    others = [*SERVICE_ENDPOINTS, FEED_ENDPOINT, EXPORT_ENDPOINT, *OPENSEARCH_ENDPOINTS]
    if settings.metrics:
        add_metrics(app, index)
        others.append(METRICS_ENDPOINT)
    api = search_api(index, document_url, deadline=None, extra_endpoints=others)
    app.register_blueprint(api, url_prefix=_API_PREFIX)
    app.add_url_rule("/openapi.json", "openapi", app.view_functions["searchidx_api.openapi"])
    app.register_blueprint(health_views(index))
    app.register_blueprint(_export_views(index, deadline))
    add_cors_headers = cors_policy(settings.cors_origins)
    # Also below the prefix where there is no view: a page must be able to read that the address is wrong.
    app.after_request(lambda response: add_cors_headers(response) if _is_api(request.path) else response)


def _is_api(path: str) -> bool:
    return f"{path}/".startswith(f"{_API_PREFIX}/")


def _export_views(index: Index, deadline: float | None) -> Blueprint:
    """`/feed`, `/export`, `/opensearch.xml` and `/suggestions`; `deadline` in seconds."""
    blueprint = Blueprint("searchidx_exports", __name__)
    add_feed(blueprint, index)
    add_export(blueprint, index, deadline)
    add_opensearch(blueprint, index)
    add_etags(blueprint, index, {"feed", "suggestions"})
    register_json_problems(blueprint)  # its clients are programs
    return blueprint
