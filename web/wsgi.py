"""The site for another WSGI server, set up by the environment: `gunicorn 'web.wsgi:app()'`."""

from __future__ import annotations

import os

from flask import Flask

from searchidx import Index
from web.app import create_app
from web.settings import read_settings


def app() -> Flask:
    """The site as `SEARCHIDX_CONFIG` and the other variables set it up; its index stays open."""
    settings = read_settings({}, os.environ)
    index = Index.open(settings.index, synonyms=settings.synonyms_file)
    return create_app(index, settings)
