"""Error pages, with a heading and an advice for each code of a problem."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, render_template, request
from flask_babel import gettext, lazy_gettext
from werkzeug.exceptions import HTTPException

from searchidx import MAX_QUERY_LENGTH
from web.http.json_responses import JSON_TYPE, logged_problem, problem_document, with_problem_headers
from web.problems import HANDLED_ERRORS, PROBLEM_TYPE

_TRY_AGAIN = lazy_gettext("Vuelva a intentarlo dentro de un momento.")

_MESSAGES = {
    "query_too_long": (
        lazy_gettext("La consulta es demasiado larga"),
        lazy_gettext("Escriba unas pocas palabras: bastan las que mejor distinguen lo que busca."),
    ),
    "document_not_found": (
        lazy_gettext("Ese documento no está en el archivo"),
        lazy_gettext("Puede que lo hayan retirado o que la dirección esté incompleta. Búsquelo por sus palabras."),
    ),
    "index_not_ready": (
        lazy_gettext("El índice no está disponible"),
        lazy_gettext(
            "Quien administra este servidor puede ver la causa con «searchidx check»; "
            "un índice se crea con «searchidx index CARPETA»."
        ),
    ),
    "deadline_exceeded": (
        lazy_gettext("La búsqueda ha tardado demasiado"),
        lazy_gettext("Pruebe con menos comodines o con palabras más propias de lo que busca."),
    ),
    "engine_unavailable": (lazy_gettext("El buscador no puede responder ahora"), _TRY_AGAIN),
    "engine_failed": (
        lazy_gettext("El buscador no puede responder ahora"),
        lazy_gettext("Quien administra este servidor puede repararlo con «searchidx check --repair»."),
    ),
    "not_found": (
        lazy_gettext("Esta página no existe"),
        lazy_gettext("La dirección puede estar mal escrita. Desde aquí puede buscar."),
    ),
    "method_not_allowed": (
        lazy_gettext("Esta dirección no admite esa petición"),
        lazy_gettext("Las páginas de este sitio solo se leen."),
    ),
    "internal_error": (
        lazy_gettext("Algo ha fallado en el servidor"),
        lazy_gettext("No es culpa de su consulta. Vuelva a intentarlo dentro de un momento."),
    ),
}

_OTHER_CODES = (lazy_gettext("La petición no se puede atender"), lazy_gettext("Empiece por una búsqueda."))

_PARAMETER_ADVICE = {
    "q": lazy_gettext("Escriba unas pocas palabras: bastan las que mejor distinguen lo que busca."),
    "page": lazy_gettext(
        "Las páginas van de la 1 en adelante, hasta los primeros 10.000 resultados. Afine la consulta."
    ),
    "per_page": lazy_gettext("Se pueden pedir de 1 a 100 resultados por página."),
    "level": lazy_gettext("Se puede buscar por documentos («document») o por párrafos («paragraph»)."),
    "sort": lazy_gettext("Se puede ordenar por relevancia («relevance») o por fecha («date», «-date»)."),
    "from": lazy_gettext("Las fechas se escriben 2025-11-12, 2025-11 o 2025."),
    "to": lazy_gettext("Las fechas se escriben 2025-11-12, 2025-11 o 2025."),
    "year": lazy_gettext("Un año se escribe con cuatro cifras: 2025."),
    "month": lazy_gettext("Un mes se escribe 2025-11."),
}


def register_error_pages(app: Flask, pages: Blueprint, api_path: str) -> None:
    """Turn all other errors into pages, or into problem documents for programs.

    The path of a view has the format of its blueprint, whatever the method: pages for `pages` and static files. A
    path without a view is for programs below `api_path`; elsewhere the request decides by what it accepts.
    """

    def respond(error: Exception) -> Response:
        is_json = _prefers_json() or _is_for_programs(app, pages, api_path)
        response = problem_document(error) if is_json else _problem_page(error)
        response.vary.add("Accept")
        return response

    for kind in HANDLED_ERRORS:
        app.register_error_handler(kind, respond)


def _is_for_programs(app: Flask, pages: Blueprint, api_path: str) -> bool:
    adapter = app.create_url_adapter(request)
    assert adapter is not None  # there is a request
    try:
        endpoint, _ = adapter.match(method="GET")
    except HTTPException:
        return f"{request.path}/".startswith(f"{api_path}/")
    blueprint, _, view = str(endpoint).rpartition(".")
    return view != "static" and blueprint != pages.name


def _prefers_json() -> bool:
    accepted = request.accept_mimetypes
    return max(accepted[PROBLEM_TYPE], accepted[JSON_TYPE]) > accepted["text/html"]


def _problem_page(error: Exception) -> Response:
    """The response to a reader for an error; its form repeats the part of the query that the parser reads."""
    problem = logged_problem(error)
    query = request.args.get("q", "")[:MAX_QUERY_LENGTH]
    heading, advice = _error_message(problem.code, problem.parameter)
    page = render_template("error.html", problem=problem, heading=heading, advice=advice, query=query)
    return with_problem_headers(Response(page, problem.status), problem, error)


def _error_message(code: str, parameter: str) -> tuple[str, str]:
    """Heading and advice in the language of the page; `parameter` is the one at fault, "" when none is."""
    if parameter and code not in _MESSAGES:
        advice = _PARAMETER_ADVICE.get(
            parameter, gettext("La dirección pide algo que no existe en «%(parameter)s».", parameter=parameter)
        )
        return gettext("Esa búsqueda no se puede hacer"), str(advice)
    heading, advice = _MESSAGES.get(code, _OTHER_CODES)
    return str(heading), str(advice)
