"""`searchidx serve`: addresses, settings, access log, and the end of the server."""

from __future__ import annotations

import contextlib
import errno
import http.client
import json
import logging
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.conftest import ROOT, run, spawn, start

_TIMEOUT_S = 60


@pytest.fixture(autouse=True)
def restored_access_log() -> Iterator[None]:
    """The logger of requests as it was before a test that serves in this process."""
    logger = logging.getLogger("searchidx.access")
    handlers, level, propagate = list(logger.handlers), logger.level, logger.propagate
    yield
    logger.handlers, logger.propagate = handlers, propagate
    logger.setLevel(level)


@contextlib.contextmanager
def serving(
    location: Path | None, *args: object, env: Mapping[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """`searchidx serve`, by default on a free port, and its URL."""
    where = ("--port", 0, "--index", location) if location else ()
    process = start("serve", *where, *args, stderr=subprocess.PIPE, env={**os.environ, **(env or {})})
    assert process.stderr is not None
    try:
        line = process.stderr.readline().decode()
        found = re.search(r"http://\S+/", line)
        assert found, line + process.stderr.read().decode()
        yield process, found[0]
    finally:
        process.kill()
        process.wait()
        process.stderr.close()


def later_lines(process: subprocess.Popen[bytes]) -> list[str]:
    """The lines that a server that has ended wrote after its first one."""
    assert process.stderr is not None
    return process.stderr.read().decode().splitlines()


def refuses(port: int) -> None:
    """Come back when nobody listens on the port any more."""
    while True:
        with socket.socket() as knocking:
            knocking.settimeout(_TIMEOUT_S)
            if knocking.connect_ex(("127.0.0.1", port)) == errno.ECONNREFUSED:
                return


def ended(process: subprocess.Popen[bytes]) -> int:
    process.terminate()
    return process.wait(_TIMEOUT_S)


def test_the_server_answers_and_ends_well_on_sigterm(seeds_index: Path) -> None:
    with serving(seeds_index) as (process, url):
        with urlopen(f"{url}api/v1/search?q=gas", timeout=_TIMEOUT_S) as answer:
            assert json.loads(answer.read())["total"] == 3
        assert ended(process) == 0
        assert len(later_lines(process)) == 1


def test_with_quiet_nothing_is_printed(seeds_index: Path) -> None:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    process = start("serve", "--quiet", "--port", port, "--index", seeds_index, stderr=subprocess.PIPE)
    try:
        while process.poll() is None:
            with contextlib.suppress(OSError), urlopen(f"http://127.0.0.1:{port}/health", timeout=_TIMEOUT_S):
                break
        assert (ended(process), later_lines(process)) == (0, [])
    finally:
        process.kill()
        process.communicate()


def test_the_server_stopped_by_ctrl_c_was_interrupted(seeds_index: Path) -> None:
    with serving(seeds_index) as (process, _):
        process.send_signal(signal.SIGINT)
        assert process.wait(_TIMEOUT_S) == 130


def test_a_port_in_use_is_an_error(seeds_index: Path) -> None:
    with socket.socket() as occupied:
        occupied.bind(("127.0.0.1", 0))
        occupied.listen()
        port = occupied.getsockname()[1]
        result = spawn("serve", "--port", port, "--index", seeds_index)
    assert result.returncode == 2
    assert f"cannot listen on 127.0.0.1 port {port}: Address already in use".encode() in result.stderr
    assert b"Traceback" not in result.stderr


def test_each_request_is_a_line(seeds_index: Path) -> None:
    with serving(seeds_index) as (process, url):
        for path in ("?q=a%C3%B1o", "health"):
            urlopen(url + path, timeout=_TIMEOUT_S).close()
        assert ended(process) == 0
        lines = later_lines(process)
    pattern = r'127\.0\.0\.1 \[[-0-9T:+]+\] "GET (\S+)" 200 \d+ [\d.]+ms "Python-urllib/[\d.]+"'
    assert sorted(re.sub(pattern, r"\1", line) for line in lines) == ["/?q=a%C3%B1o", "/health"]


def test_flags_win_over_the_environment_and_that_over_the_file(seeds_index: Path, tmp_path: Path) -> None:
    config = tmp_path / "searchidx.toml"
    config.write_text(f'index = "{seeds_index}"\nport = 0\nurl_prefix = "/archivo"\nmetrics = false', "utf-8")
    environment = {"SEARCHIDX_URL_PREFIX": "/entorno", "SEARCHIDX_METRICS": "yes", "SEARCHIDX_PORT": "0"}
    with serving(None, "--config", config, "--url-prefix", "/bandera", env=environment) as (_, url):
        assert url.endswith("/bandera/")
        with urlopen(f"{url}metrics", timeout=_TIMEOUT_S) as answer:
            assert answer.status == 200
        with urlopen(f"{url}health", timeout=_TIMEOUT_S) as answer:
            assert json.loads(answer.read())["documents"] == 5


@pytest.mark.parametrize(
    ("args", "environment", "message"),
    [
        (("--port", "x"), {}, "--port: 'x' is not a whole number from 0 to 65535"),
        (("--port", "65536"), {}, "--port: '65536' is not a whole number from 0 to 65535"),
        (("--port", "8000\n"), {"SEARCHIDX_THREADS": "0"}, "SEARCHIDX_THREADS: '0' is not a whole number"),
        ((), {"SEARCHIDX_DEADLINE": "nunca"}, "SEARCHIDX_DEADLINE: 'nunca' is not a number of seconds"),
        (("--cors-origin", "*"), {}, "--cors-origin: ('*',) has an origin that is not written https://"),
        (("--cors-origin", "https://a.example/path"), {}, "--cors-origin"),
        (("--config", "/nowhere.toml"), {}, "/nowhere.toml: No such file or directory"),
        ((), {"SEARCHIDX_CONFIG": "/nowhere.toml"}, "/nowhere.toml: No such file or directory"),
        (("--host", "no such host"), {}, "'no such host' is no address"),
        (("--index", "/nowhere"), {}, "/nowhere: found no index"),
    ],
)
def test_a_bad_setting_is_reported_with_where_it_came_from(
    args: tuple[str, ...], environment: dict[str, str], message: str, seeds_index: Path
) -> None:
    given = args if "--index" in args else (*args, "--index", str(seeds_index))
    result = run("serve", *given, env=environment)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_the_index_may_be_named_before_the_command_or_by_the_environment() -> None:
    assert "/before: found no index" in run("--index", "/before", "serve").stderr
    assert "/after: found no index" in run("--index", "/before", "serve", "--index", "/after").stderr
    assert "/variable: found no index" in run("serve", env={"SEARCHIDX_INDEX": "/variable"}).stderr
    assert "/before: found" in run("--index", "/before", "serve", env={"SEARCHIDX_INDEX": "/variable"}).stderr


def test_an_unknown_setting_in_the_file_is_reported_with_those_that_are(tmp_path: Path) -> None:
    config = tmp_path / "searchidx.toml"
    config.write_text("prot = 80", encoding="utf-8")
    result = run("serve", "--config", config)
    assert result.exit_code == 2
    assert f"{config}: prot: there is no such setting; there are index, host, port" in result.stderr


@pytest.mark.parametrize("content", [b"port = ", b"\xff\xfe", b"port = [1]"])
def test_a_file_that_cannot_be_read_is_an_error(tmp_path: Path, content: bytes) -> None:
    config = tmp_path / "searchidx.toml"
    config.write_bytes(content)
    result = run("serve", "--config", config)
    assert result.exit_code == 2
    assert str(config) in result.stderr


def test_it_listens_on_the_loopback_address_unless_set_otherwise(seeds_index: Path) -> None:
    with serving(seeds_index) as (_, url):
        assert url.startswith("http://127.0.0.1:")


_SLOW = """
import sys
from searchidx.cli.graceful_server import GracefulServer

def app(environ, start_response):
    print("begun", flush=True)
    sys.stdin.readline()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "3000000")])
    return [b"x" * 1_000_000] * 3

server = GracefulServer(app, host="127.0.0.1", port=0, threads=2, trusts_proxies=False)
server.run(float(sys.argv[1]), lambda: print(server.addresses[0][1], flush=True))
"""


@contextlib.contextmanager
def slow_server(shutdown_timeout: float) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A server whose one view answers when a line comes, and its port."""
    command = [sys.executable, "-c", _SLOW, str(shutdown_timeout)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as process:  # type: ignore[call-overload]
        try:
            yield process, int(process.stdout.readline())
        finally:
            process.kill()


def test_what_is_under_way_is_finished_and_nothing_new_begun() -> None:
    with slow_server(shutdown_timeout=_TIMEOUT_S) as (process, port):
        assert process.stdout is not None
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)
        connection.request("GET", "/")
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGTERM)
        refuses(port)
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
        assert len(connection.getresponse().read()) == 3_000_000
        assert process.wait(_TIMEOUT_S) == 0
        connection.close()


@pytest.mark.parametrize(("shutdown_timeout", "signals"), [(0, 1), (3_600, 2)])
def test_the_shutdown_timeout_ends_by_itself_and_by_a_second_signal(shutdown_timeout: float, signals: int) -> None:
    with slow_server(shutdown_timeout) as (process, port):
        assert process.stdout is not None
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=_TIMEOUT_S)
        connection.request("GET", "/")
        assert process.stdout.readline() == "begun\n"
        for number in range(signals):
            process.send_signal(signal.SIGTERM)
            if number == 0 and signals == 2:
                refuses(port)
        assert process.wait(_TIMEOUT_S) == 0
        connection.close()
