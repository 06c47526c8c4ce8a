"""Fixtures of the web tests: the site over the seeds, and sites over given documents."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from searchidx.index import Index
from tests.index_support import SEEDS, index_records
from web import create_app

MakeSite = Callable[..., FlaskClient]


@pytest.fixture
def site(seeds: Index) -> FlaskClient:
    """A client of the site over `seeds/`."""
    return create_app(seeds).test_client()


@pytest.fixture
def make_site(tmp_path: Path) -> MakeSite:
    """Makes a client of a site over documents that are given as records."""
    return lambda *records: create_app(index_records(tmp_path, records)).test_client()


_SERVE = """
import sys, waitress, web
from searchidx.index import Index
with Index.open(sys.argv[1]) as index:
    server = waitress.create_server(web.create_app(index), host="127.0.0.1", port=0)
    print(server.effective_port, flush=True)
    server.run()
"""


@pytest.fixture(scope="module")
def origin(seeds: Index) -> Iterator[str]:
    """The origin of the site in a process of its own, on a free port of the loopback address."""
    command = [sys.executable, "-c", _SERVE, str(seeds.stats().location)]
    with subprocess.Popen(
        command, cwd=SEEDS.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        try:
            yield f"http://127.0.0.1:{int(port)}"
        finally:
            server.send_signal(signal.SIGINT)
            try:
                _, errors = server.communicate(timeout=30)
            finally:
                server.kill()  # a server that does not stop fails the test, and does not hold up the others
        assert server.returncode == 0, errors
        assert "Traceback" not in errors
