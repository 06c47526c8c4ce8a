"""What the web tests share: a site over the project's own corpus, and sites over made documents."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from searchidx.index import Index
from web import create_app

SEEDS = Path(__file__).parents[2] / "seeds"

MakeSite = Callable[..., FlaskClient]


@pytest.fixture(scope="session")
def seeds_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with Index.create(tmp_path_factory.mktemp("seeds") / "index") as index:
        index.sync(SEEDS)
        yield index


@pytest.fixture
def site(seeds_index: Index) -> FlaskClient:
    """A client of the site over `seeds/`."""
    return create_app(seeds_index).test_client()


@pytest.fixture
def make_site(tmp_path: Path) -> Iterator[MakeSite]:
    """What makes a client of a site over documents, given as records of a JSONL file."""
    opened: list[Index] = []

    def make(*records: dict[str, Any]) -> FlaskClient:
        folder = tmp_path / "documents"
        folder.mkdir(exist_ok=True)
        lines = (json.dumps({"id": f"d{number}", **record}) for number, record in enumerate(records, 1))
        (folder / "made.jsonl").write_text("\n".join(lines), encoding="utf-8")
        index = Index.create(tmp_path / "index")
        opened.append(index)
        report = index.sync(folder)
        assert report.added == len(records), report.problems
        return create_app(index).test_client()

    yield make
    for index in opened:
        index.close()


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
                _, said = server.communicate(timeout=30)
            finally:
                server.kill()  # a server that does not stop fails the test, and does not hold up the others
        assert server.returncode == 0, said
        assert "Traceback" not in said
