"""Fixtures of the browser tests: one headless Chromium, sites on loopback ports, pages that report errors."""

from __future__ import annotations

import logging
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from searchidx.index import Index
from tests.index_support import index_records
from web import create_app

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

_REPORT_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""

expect.set_options(timeout=10_000)  # milliseconds; a loaded machine is slow, and what comes is seen at once

OpenPage = Callable[..., "Watched"]


@dataclass(slots=True)
class Watched:
    """A page of the browser, and what it complained of."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)

    def go(self, address: str) -> Page:
        """Load an address of the site."""
        self.page.goto(f"{self.origin}{address}")
        return self.page


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium; where it is absent the tests are skipped, but in the continuous integration they fail."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        reason = "no Chromium: apt-get install chromium"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        yield launched
        launched.close()


class _Handler(WSGIRequestHandler):
    """Keeps connections open, as servers do."""

    protocol_version = "HTTP/1.1"


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The origin where an application answers, on a free loopback port, in threads that end with it."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def seeds_app(seeds: Index) -> Flask:
    """The site over the seeds."""
    return create_app(seeds)


@pytest.fixture(scope="session")
def origin(seeds_app: Flask) -> Iterator[str]:
    """The origin of the site over the seeds."""
    with served(seeds_app) as address:
        yield address


@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a site over sixty news of three agencies and six months is."""
    first = date(2025, 6, 3)
    records = [
        {
            "title": f"Acuerdo de gas número {number}",
            "text": f"Rusia firma un acuerdo de gas.\n\nEl acuerdo número {number} trata del gas.",
            "date": (first + timedelta(days=3 * number)).isoformat(),
            "source": ("EFE", "Reuters", "TASS")[number % 3],
            "place": ("Moscú", "Astaná")[number % 2],
        }
        for number in range(60)
    ]
    with index_records(tmp_path_factory.mktemp("archive"), records) as index, served(create_app(index)) as address:
        yield address


@pytest.fixture
def open_page(browser: Browser, origin: str) -> Iterator[OpenPage]:
    """What opens a page in a context of its own, with `new_context`'s options; nothing may go wrong in it."""
    contexts: list[BrowserContext] = []
    opened: list[Watched] = []

    def open_page(at: str = origin, **options: Any) -> Watched:
        context = browser.new_context(**{"locale": "es-ES", "viewport": {"width": 1280, "height": 900}, **options})
        context.set_default_timeout(10_000)
        context.add_init_script(_REPORT_VIOLATIONS)
        contexts.append(context)
        watched = Watched(context.new_page(), at)
        watched.page.on("pageerror", lambda error: watched.complaints.append(f"error: {error}"))
        watched.page.on("console", lambda said: _note(watched, said.type, said.text))
        opened.append(watched)
        return watched

    yield open_page
    for context in contexts:
        context.close()
    assert [complaint for watched in opened for complaint in watched.complaints] == []


def _note(watched: Watched, kind: str, text: str) -> None:
    if kind in ("error", "warning"):
        watched.complaints.append(f"{kind}: {text}")
