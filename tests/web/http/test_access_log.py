"""The access log: one safe line for each request."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest
from werkzeug.test import Client, TestResponse

from searchidx.index import Index
from web import create_app
from web.http.access_log import logged

ENVIRONMENT = {"REMOTE_ADDR": "10.0.0.7", "HTTP_USER_AGENT": "Navegador/1.0"}


class Buffered(Client):
    """A client that takes every answer to its end, as a server does."""

    def get(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().get(*args, buffered=True, **kwargs)


@pytest.fixture
def client(seeds: Index, caplog: pytest.LogCaptureFixture) -> Client:
    caplog.set_level(logging.INFO, logger="searchidx.access")
    return Buffered(logged(create_app(seeds)))


def test_a_line_has_client_address_status_and_bytes(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    sent = client.get("/health", environ_overrides=ENVIRONMENT)
    (line,) = caplog.messages

    assert re.fullmatch(
        rf'10\.0\.0\.7 \[\d{{4}}-\d\d-\d\dT[\d:+-]+\] "GET /health" 200 {len(sent.data)} [\d.]+ms "Navegador.*"',
        line,
    )


def test_an_error_and_a_stream_are_lines_too(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/nada")
    exported = client.get("/export?q=Putin&format=json")

    assert '"GET /nada" 404 ' in caplog.messages[0]
    assert f'"GET /export?q=Putin&format=json" 200 {len(exported.data)} ' in caplog.messages[1]


@pytest.mark.parametrize(
    ("agent", "shown"),
    [
        ("a\x1b[31mb", r"a\x1b[31mb"),
        ("a\r\nb", r"a\r\nb"),
        ('a"b\\c', r"a\"b\\c"),
        ("a\x85b\x9bc", r"a\x85b\x9bc"),
        ("", ""),
    ],
)
def test_nothing_in_a_line_ends_it_or_commands_a_terminal(
    client: Client, caplog: pytest.LogCaptureFixture, agent: str, shown: str
) -> None:
    client.get("/health/live", environ_overrides={"HTTP_USER_AGENT": agent})
    (line,) = caplog.messages

    assert line.isprintable()
    assert line.endswith(f'"{shown}"')


def test_control_characters_in_an_address_stay_encoded(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/nada", environ_overrides={"PATH_INFO": "/\x1b[31m\r\n", "QUERY_STRING": "q=\x07"})
    (line,) = caplog.messages

    assert line.isprintable()
    assert '"GET /%1B%5B31m%0D%0A?q=\\x07"' in line


def test_what_is_endless_is_cut(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    client.get("/?q=" + "a" * 100_000, headers={"User-Agent": "b" * 100_000})

    assert len(caplog.messages[0]) < 5_000


def test_an_answer_is_closed_whoever_made_it(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO, logger="searchidx.access")
    closed: list[bool] = []

    class Parts(list[bytes]):
        def close(self) -> None:
            closed.append(True)

    def answer(_: object, start_response: Any) -> Parts:
        start_response("200 OK", [])
        return Parts([b"a", b"bc"])

    assert Buffered(logged(answer)).get("/").data == b"abc"
    assert closed == [True]
    assert '"GET /" 200 3 ' in caplog.text
