"""Settings of the site, from a file, the environment and the command line; the later one wins."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from searchidx import SearchidxError

CONFIG_VARIABLE = "SEARCHIDX_CONFIG"
"""The variable that names the file, unless a flag does."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_RENAMED = {"patience": "shutdown_timeout"}
"""Deprecated name of a setting → its name."""

_YES = ("true", "yes", "on", "1")
_NO = ("false", "no", "off", "0")


class SettingError(SearchidxError):
    """A setting that cannot be used; `where` is the flag, the variable, or the file and the name in it."""

    def __init__(self, where: str, reason: str) -> None:
        self.where = where
        self.reason = reason
        super().__init__(f"{where}: {reason}")


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the site finds its index, how it is served, and what other sites may do; one field a setting."""

    index: str = "index"
    host: str = "127.0.0.1"
    port: int = 8000  # 0: any free one
    threads: int = 8  # requests that are handled at once
    deadline: float = 10.0  # seconds after which a search is stopped; 0: never
    shutdown_timeout: float = 30.0  # seconds that requests under way have when the server stops
    cors_origins: tuple[str, ...] = ()  # whose pages may read the JSON API and frame the search
    synonyms_file: Path | None = None
    url_prefix: str = ""  # before every path, such as /buscar
    proxies: int = 0  # in front of this server, whose X-Forwarded- headers are trusted
    metrics: bool = True  # whether there is /metrics
    access_log: bool = True


def read_settings(
    flags: Mapping[str, object], environment: Mapping[str, str], file: str | Path | None = None
) -> Settings:
    """The settings; SettingError for a value that cannot be used, and for a name that no setting has.

    `flags` are those that were given, by the name of the setting. Paths in the file are relative to it. A
    deprecated name counts where its source does not have the new one.
    """
    path = file or environment.get(CONFIG_VARIABLE)
    values = _from_file(Path(path)) if path else {}
    for name in (*_RENAMED, *_READERS):
        variable = _VARIABLES.get(name, f"SEARCHIDX_{name.upper()}")
        if environment.get(variable):
            values[_current(name)] = _read(name, environment[variable], variable)
    for name in sorted(flags, key=lambda name: name not in _RENAMED):
        flag = _FLAGS.get(name, f"--{name.replace('_', '-')}")
        values[_current(name)] = _read(name, flags[name], flag)
    return Settings(**values)  # type: ignore[arg-type] # each reader gives what its field holds


_VARIABLES = {"synonyms_file": "SEARCHIDX_SYNONYMS"}
_FLAGS = {"cors_origins": "--cors-origin"}


def _current(name: str) -> str:
    return _RENAMED.get(name, name)


def _from_file(path: Path) -> dict[str, object]:
    try:
        with path.expanduser().open("rb") as opened:
            written = tomllib.load(opened)
    except OSError as error:
        raise SettingError(str(path), error.strerror or str(error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingError(str(path), f"is not TOML: {error}") from error
    for name in written:
        if _current(name) not in _READERS:
            raise SettingError(f"{path}: {name}", f"there is no such setting; there are {', '.join(_READERS)}")
    values = {
        _current(name): _read(name, written[name], f"{path}: {name}")
        for name in sorted(written, key=lambda name: name not in _RENAMED)
    }
    folder = path.expanduser().parent
    if isinstance(index := values.get("index"), str) and "://" not in index:
        values["index"] = str(folder / Path(index).expanduser())
    if isinstance(synonyms := values.get("synonyms_file"), Path):
        values["synonyms_file"] = folder / synonyms
    return values


def _read(name: str, value: object, where: str) -> object:
    try:
        return _READERS[_current(name)](value)
    except ValueError as error:
        raise SettingError(where, f"{value!r} {error}") from error


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("is not a text")
    return value.strip()


def _path(value: object) -> Path:
    return Path(str(value) if isinstance(value, Path) else _text(value)).expanduser()


def _whole(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        written = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
        if not re.fullmatch("[0-9]{1,9}", written, re.ASCII) or not least <= int(written) <= most:
            raise ValueError(f"is not a whole number from {least} to {most}")
        return int(written)

    return read


def _seconds(value: object) -> float:
    written = str(value).strip() if not isinstance(value, bool) else ""
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", written, re.ASCII):
        raise ValueError("is not a number of seconds, such as 10 or 0.5")
    return float(written)


def _switch(value: object) -> bool:
    written = str(value).strip().lower()
    if written not in (*_YES, *_NO):
        raise ValueError("is neither true nor false")
    return written in _YES


def _origins(value: object) -> tuple[str, ...]:
    given = re.split(r"[\s,]+", value) if isinstance(value, str) else value
    if not isinstance(given, list | tuple):
        raise ValueError("is not a list of origins")
    return tuple(dict.fromkeys(_origin(each) for each in given if each))


def _origin(value: object) -> str:
    """An origin as a browser writes it: scheme, host and the port where it is not the scheme's own."""
    problem = "has an origin that is not written https://example.org or http://localhost:3000"
    if not isinstance(value, str) or not re.fullmatch(r"[!-~]+", value):
        raise ValueError(problem)
    try:
        parts = urlsplit(value)
        port = parts.port
    except ValueError as error:
        raise ValueError(problem) from error
    not_origin = (parts.path.strip("/"), parts.query, parts.fragment, parts.username, parts.password)
    if (
        parts.scheme not in _DEFAULT_PORTS
        or not parts.hostname
        or any(not_origin)
        or not _host.fullmatch(parts.hostname)
    ):
        raise ValueError(problem)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != _DEFAULT_PORTS[parts.scheme] else "")


_host = re.compile(r"[a-z0-9._:-]+")


def _prefix(value: object) -> str:
    written = str(value).strip().strip("/")
    if not re.fullmatch(r"[A-Za-z0-9._~/-]*", written) or "//" in written:
        raise ValueError("is not a path such as /buscar")
    return f"/{written}" if written else ""


_READERS: dict[str, Callable[[object], object]] = {
    "index": _text,
    "host": _text,
    "port": _whole(0, 65_535),
    "threads": _whole(1, 1_000),
    "deadline": _seconds,
    "shutdown_timeout": _seconds,
    "cors_origins": _origins,
    "synonyms_file": _path,
    "url_prefix": _prefix,
    "proxies": _whole(0, 10),
    "metrics": _switch,
    "access_log": _switch,
}
"""Setting → what reads its value, and raises ValueError with what is wrong with it."""
