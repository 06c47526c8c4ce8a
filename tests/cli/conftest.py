"""Helpers of the command's tests: the command in this process, and as a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from searchidx.cli import main

SEEDS = Path(__file__).parent.parent.parent / "seeds"
ROOT = SEEDS.parent

QUIET_ENVIRONMENT = {"COLUMNS": "80", "TERM": "xterm", "PYTHONUNBUFFERED": ""}
_UNWANTED = ("NO_COLOR", "FORCE_COLOR", "SEARCHIDX_INDEX", "SEARCHIDX_LANG", "PYTHONIOENCODING")


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test depends on the terminal or the settings of whoever runs it."""
    for name in _UNWANTED:
        monkeypatch.delenv(name, raising=False)
    for name, value in QUIET_ENVIRONMENT.items():
        monkeypatch.setenv(name, value)


def run(*args: object, env: Mapping[str, str] | None = None) -> Result:
    """The command in this process."""
    return CliRunner().invoke(main, [str(arg) for arg in args], env=env)


def process_args(*args: object) -> list[str]:
    return [sys.executable, "-m", "searchidx", *map(str, args)]


def start(*args: object, **options: object) -> subprocess.Popen[bytes]:
    return subprocess.Popen(process_args(*args), cwd=ROOT, **options)  # type: ignore[call-overload, no-any-return]


def spawn(*args: object, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own, run to its end."""
    return subprocess.run(
        process_args(*args),
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        capture_output=True,
        check=False,
        timeout=60,
    )


@pytest.fixture(scope="session")
def seeds_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The five articles, indexed by the command; tests only read it."""
    location = tmp_path_factory.mktemp("cli") / "index"
    result = run("index", SEEDS, "--index", location)
    assert result.exit_code == 0, result.stderr
    return location


Ask = Callable[..., Result]


@pytest.fixture
def ask(seeds_index: Path) -> Ask:
    """`searchidx query … --index <the seeds>`."""
    return lambda *args, env=None: run("query", "--index", seeds_index, *args, env=env)


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    """A folder with these files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder
