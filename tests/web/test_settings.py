"""Settings: their sources, bad values, and what they change."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from searchidx.index import Index
from web import create_app
from web.settings import SettingError, Settings, read_settings
from web.wsgi import app


def write(folder: Path, content: str) -> Path:
    path = folder / "searchidx.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_without_anything_there_are_defaults() -> None:
    assert read_settings({}, {}) == Settings()
    assert (Settings().host, Settings().port, Settings().cors_origins) == ("127.0.0.1", 8000, ())


def test_settings_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1  # type: ignore[misc]


def test_the_later_source_wins(tmp_path: Path) -> None:
    file = write(tmp_path, 'port = 1\nthreads = 2\ndeadline = 3.5\nhost = "::1"')
    settings = read_settings({"port": "10"}, {"SEARCHIDX_PORT": "20", "SEARCHIDX_THREADS": "30"}, file)

    assert (settings.port, settings.threads, settings.deadline, settings.host) == (10, 30, 3.5, "::1")


def test_the_environment_may_name_the_file(tmp_path: Path) -> None:
    file = write(tmp_path, "port = 1")
    other = tmp_path / "other.toml"
    other.write_text("port = 2", encoding="utf-8")

    assert read_settings({}, {"SEARCHIDX_CONFIG": str(file)}).port == 1
    assert read_settings({}, {"SEARCHIDX_CONFIG": str(file)}, other).port == 2
    assert read_settings({}, {"SEARCHIDX_CONFIG": "", "SEARCHIDX_PORT": ""}).port == 8000


def test_paths_in_a_file_are_relative_to_it_and_others_are_not(tmp_path: Path) -> None:
    file = write(tmp_path, 'index = "índice"\nsynonyms_file = "nombres.txt"')
    settings = read_settings({}, {}, file)

    assert (settings.index, settings.synonyms_file) == (str(tmp_path / "índice"), tmp_path / "nombres.txt")
    assert read_settings({"index": "aquí"}, {}, file).index == "aquí"
    assert read_settings({}, {}, write(tmp_path, 'index = "/srv/a"')).index == "/srv/a"
    assert read_settings({}, {}, write(tmp_path, 'index = "opensearch://a/b"')).index == "opensearch://a/b"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://a.example", ("https://a.example",)),
        ("https://a.example, http://localhost:3000", ("https://a.example", "http://localhost:3000")),
        ("https://A.Example:443/ https://a.example", ("https://a.example",)),
        ("http://[::1]:8080", ("http://[::1]:8080",)),
        ("  ", ()),
    ],
)
def test_origins_are_read_as_browsers_write_them(written: str, read: tuple[str, ...]) -> None:
    assert read_settings({"cors_origins": written}, {}).cors_origins == read
    assert read_settings({"cors_origins": tuple(written.replace(",", "").split())}, {}).cors_origins == read


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "null",
        "a.example",
        "https://a.example/ruta",
        "https://a.example?q",
        "https://user@a.example",
        "ftp://a.example",
        "https://a.example:99999",
        "https://",
        "https://a.example;script-src",
        "https://a.example'",
        "https://*.example",
        "https://ñ.example",
    ],
)
def test_what_is_no_origin_is_refused(origin: str) -> None:
    with pytest.raises(SettingError, match="--cors-origin"):
        read_settings({"cors_origins": (origin,)}, {})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "-1"),
        ("port", "٨٠"),
        ("port", "9" * 100),
        ("port", True),
        ("port", 80.5),
        ("threads", 0),
        ("deadline", "-1"),
        ("deadline", "inf"),
        ("deadline", True),
        ("shutdown_timeout", "1e3"),
        ("patience", "1e3"),
        ("url_prefix", "/con espacio"),
        ("url_prefix", "/a//b"),
        ("url_prefix", "/a?b"),
        ("proxies", 11),
        ("metrics", "quizás"),
        ("index", ""),
        ("index", 7),
        ("host", ["a"]),
        ("cors_origins", 7),
    ],
)
def test_an_error_names_the_source_of_a_bad_value(name: str, value: object) -> None:
    with pytest.raises(SettingError) as refused:
        read_settings({name: value}, {})
    assert refused.value.where.startswith("--")
    assert str(refused.value).startswith(refused.value.where)
    if isinstance(value, str) and value:
        with pytest.raises(SettingError, match=f"SEARCHIDX_{name.upper()}: "):
            read_settings({}, {f"SEARCHIDX_{name.upper()}": value})


def test_the_deprecated_name_of_a_setting_is_read_where_the_new_one_is_not_given(tmp_path: Path) -> None:
    assert read_settings({"patience": "3"}, {}).shutdown_timeout == 3
    assert read_settings({}, {"SEARCHIDX_PATIENCE": "4"}).shutdown_timeout == 4
    assert read_settings({}, {}, write(tmp_path, "patience = 5")).shutdown_timeout == 5
    both = write(tmp_path, "shutdown_timeout = 2\npatience = 1")
    assert read_settings({}, {}, both).shutdown_timeout == 2
    assert read_settings({"shutdown_timeout": "6", "patience": "7"}, {}).shutdown_timeout == 6
    assert read_settings({}, {"SEARCHIDX_SHUTDOWN_TIMEOUT": "8", "SEARCHIDX_PATIENCE": "9"}).shutdown_timeout == 8


@pytest.mark.parametrize("written", ["/buscar", "buscar", "/buscar/", " buscar "])
def test_a_prefix_may_be_written_in_any_way(written: str) -> None:
    assert read_settings({"url_prefix": written}, {}).url_prefix == "/buscar"


def client_of(index: Index, **settings: object) -> FlaskClient:
    return create_app(index, Settings(**settings)).test_client()  # type: ignore[arg-type]


def test_under_a_prefix_all_links_have_it_and_nothing_else_is_there(seeds: Index) -> None:
    client = client_of(seeds, url_prefix="/archivo")
    hit = client.get("/archivo/api/v1/search?q=gas").get_json()["hits"][0]

    assert hit["url"].startswith("/archivo/doc/")
    assert client.get(hit["url"]).status_code == 200
    assert 'action="/archivo/' in client.get("/archivo/").text
    assert client.get("/").status_code == 404
    assert client.get("/archivos/").status_code == 404


@pytest.mark.parametrize("proxies", [0, 1])
def test_only_configured_proxies_are_trusted(seeds: Index, proxies: int) -> None:
    forwarded = {"X-Forwarded-Host": "a.example", "X-Forwarded-Proto": "https", "X-Forwarded-Prefix": "/buscar"}
    feed = client_of(seeds, proxies=proxies).get("/feed?q=gas", headers=forwarded).text

    assert ("https://a.example/buscar/feed?q=gas" in feed) == bool(proxies)


def test_a_deadline_is_a_problem_of_its_own(seeds: Index, caplog: pytest.LogCaptureFixture) -> None:
    client = client_of(seeds, deadline=0.000_001)
    document = "/api/v1/documents/001_b6d178efe64e1b6c.txt"
    for address in (
        "/api/v1/search?q=gas",
        "/api/v1/suggest?q=kaz",
        f"{document}/similar",
        "/feed?q=gas",
        "/export?q=a",
    ):
        response = client.get(address)
        assert (response.status_code, response.content_type) == (503, "application/problem+json"), address
        assert response.get_json()["code"] == "deadline_exceeded"
    page = client.get("/?q=gas")
    assert (page.status_code, "La búsqueda ha tardado demasiado" in page.text) == (503, True)
    assert client.get("/health").status_code == 200
    assert len(caplog.records) == 6


def test_without_a_deadline_there_is_none(seeds: Index) -> None:
    assert client_of(seeds, deadline=0.0).get("/api/v1/search?q=gas").status_code == 200


def test_another_server_runs_what_the_environment_says(
    seeds: Index, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    synonyms = tmp_path / "nombres.txt"
    synonyms.write_text("gas = carburante\n", encoding="utf-8")
    monkeypatch.setenv("SEARCHIDX_CONFIG", str(write(tmp_path, 'url_prefix = "/archivo"')))
    monkeypatch.setenv("SEARCHIDX_INDEX", str(seeds.stats().location))
    monkeypatch.setenv("SEARCHIDX_SYNONYMS", str(synonyms))
    found = app().test_client().get("/archivo/api/v1/search?q=carburante").get_json()

    assert found["total"] == 3


def test_without_synonyms_the_built_in_ones_are_used(seeds: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCHIDX_INDEX", str(seeds.stats().location))
    monkeypatch.delenv("SEARCHIDX_SYNONYMS", raising=False)

    assert app().test_client().get("/api/v1/search?q=EEUU").get_json()["total"] > 0
