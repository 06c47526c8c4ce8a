"""The language of the pages: Spanish, or English for readers who choose or prefer it.

The parameter `lang` of the address comes first, then the reader's earlier choice (a cookie), then what the browser
prefers.
"""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Flask, Response, request
from flask_babel import Babel, get_locale

LANGUAGES = {"es": "Español", "en": "English"}
"""Code → the language's own name. The messages in the code are Spanish; each other language has a catalogue."""

_PARAMETER = "lang"

_COOKIE = "searchidx_lang"
_ONE_YEAR = 31_536_000  # seconds
_DEFAULT = "es"


def set_up_languages(app: Flask) -> None:
    """Show each page of the application in its reader's language, and name that language in the headers."""
    Babel(app, default_locale=_DEFAULT, locale_selector=_language_of_request)
    app.after_request(_add_language_headers)


def language() -> str:
    """The code of the language of the current page."""
    return str(get_locale() or _DEFAULT)


def language_parameter() -> list[tuple[str, str]]:
    """The parameter that links must repeat so that the language of this address stays; none without it."""
    return [(_PARAMETER, code)] if (code := _language_of_address()) else []


def language_links() -> list[tuple[str, str, str]]:
    """Code, name and address of this page in each of the other languages."""
    others = {code: name for code, name in LANGUAGES.items() if code != language()}
    return [(code, name, _in_language(code)) for code, name in others.items()]


def _in_language(code: str) -> str:
    arguments = request.args.copy()
    arguments[_PARAMETER] = code
    return f"?{urlencode(list(arguments.items(multi=True)))}"


def _language_of_address() -> str:
    code = request.args.get(_PARAMETER, "")
    return code if code in LANGUAGES else ""


def _language_of_request() -> str:
    cookie = request.cookies.get(_COOKIE, "")
    preferred = request.accept_languages.best_match(LANGUAGES)
    return _language_of_address() or (cookie if cookie in LANGUAGES else "") or preferred or _DEFAULT


def _add_language_headers(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.vary.update(("Accept-Language", "Cookie"))
        response.content_language.add(language())
        if code := _language_of_address():
            response.set_cookie(_COOKIE, code, max_age=_ONE_YEAR, httponly=True, samesite="Lax")
    return response
