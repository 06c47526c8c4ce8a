"""In which language does a reader see the pages? Spanish, or English for who asks for it.

What is asked for in the address counts first, then what was chosen before (a cookie), then what the browser
prefers.
"""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Flask, Response, request
from flask_babel import Babel, get_locale

LANGUAGES = {"es": "Español", "en": "English"}
"""Code → its own name; the messages of the first are what stands in the code, the others have a catalogue."""

_PARAMETER = "lang"

_COOKIE = "searchidx_lang"
_ONE_YEAR = 31_536_000  # seconds
_DEFAULT = "es"


def set_up_languages(app: Flask) -> None:
    """Let every page of the application speak its reader's language, and say which it is."""
    Babel(app, default_locale=_DEFAULT, locale_selector=_language_of_request)
    app.after_request(_tell_language)


def language() -> str:
    """The code of the language that is spoken now."""
    return str(get_locale() or _DEFAULT)


def kept_language() -> list[tuple[str, str]]:
    """What an address must carry along so that the language it asks for stays."""
    return [(_PARAMETER, asked)] if (asked := _asked_language()) else []


def language_links() -> list[tuple[str, str, str]]:
    """Code, name and address of this page in each of the other languages."""
    others = {code: name for code, name in LANGUAGES.items() if code != language()}
    return [(code, name, _in_language(code)) for code, name in others.items()]


def _in_language(code: str) -> str:
    arguments = request.args.copy()
    arguments[_PARAMETER] = code
    return f"?{urlencode(list(arguments.items(multi=True)))}"


def _asked_language() -> str:
    asked = request.args.get(_PARAMETER, "")
    return asked if asked in LANGUAGES else ""


def _language_of_request() -> str:
    kept = request.cookies.get(_COOKIE, "")
    preferred = request.accept_languages.best_match(LANGUAGES)
    return _asked_language() or (kept if kept in LANGUAGES else "") or preferred or _DEFAULT


def _tell_language(response: Response) -> Response:
    if response.mimetype == "text/html":
        response.vary.update(("Accept-Language", "Cookie"))
        response.content_language.add(language())
        if asked := _asked_language():
            response.set_cookie(_COOKIE, asked, max_age=_ONE_YEAR, httponly=True, samesite="Lax")
    return response
