"""Does the site work behind a real server, and stop when it is told to?"""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from searchidx.index import Index

_ROOT = Path(__file__).parents[2]

_SERVE = """
import sys, waitress, web
from searchidx.index import Index
with Index.open(sys.argv[1]) as index:
    server = waitress.create_server(web.create_app(index), host="127.0.0.1", port=0)
    print(server.effective_port, flush=True)
    server.run()
"""


@pytest.fixture(scope="module")
def origin(seeds_index: Index) -> Iterator[str]:
    """Where a process of its own serves the site, on a free port of the loopback address."""
    command = [sys.executable, "-c", _SERVE, str(seeds_index.stats().location)]
    with subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        port = server.stdout.readline().strip()
        try:
            yield f"http://127.0.0.1:{int(port)}"
        finally:
            server.send_signal(signal.SIGINT)
            _, said = server.communicate(timeout=30)
        assert server.returncode == 0, said
        assert "Traceback" not in said


def test_pages_and_answers_come_over_http(origin: str) -> None:
    with urlopen(f"{origin}/?q=reuni%C3%B3n") as page:
        assert page.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "<mark>reunión</mark>" in page.read().decode()
    with urlopen(f"{origin}/health") as health:
        assert health.read() == b'{"status":"ok","documents":5}'


def test_many_may_search_at_once(origin: str) -> None:
    answered: list[bool] = []

    def search() -> None:
        for _ in range(5):
            with urlopen(f"{origin}/api/v1/search?q=Putin") as answer:
                answered.append(b'"total":5' in answer.read())

    threads = [threading.Thread(target=search) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert answered == [True] * 40
