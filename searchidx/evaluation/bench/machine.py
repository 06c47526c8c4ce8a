"""On what was it measured? The machine, the system, and the versions of what is compared."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from searchidx import __version__
from searchidx.runtime.processes import usable_cores


@dataclass(frozen=True, slots=True)
class Machine:
    """What figures depend on."""

    cpu: str  # the model's name
    cores: int  # that this process may use
    memory_bytes: int | None  # of the whole machine; None where the system does not say
    load: float | None  # processes that ran or waited to, the minute before; None where the system does not say
    system: str
    versions: Mapping[str, str]  # of Python and libraries; those that are not installed are left out


def this_machine(libraries: Iterable[str], also: Mapping[str, str]) -> Machine:
    """This machine, with the versions of Python, searchidx and the installed `libraries`, and what `also` says."""
    versions = {"searchidx": __version__, "Python": platform.python_version(), **also}
    for name in libraries:
        try:
            versions[name] = version(name)
        except PackageNotFoundError:
            continue
    return Machine(_cpu(), usable_cores(), _memory_bytes(), _load(), _system(), versions)


def _load() -> float | None:
    try:
        return os.getloadavg()[0]
    except (AttributeError, OSError):
        return None


def _system() -> str:
    """The distribution where there is one, and the kernel."""
    kernel = f"{platform.system()} {platform.release()} {platform.machine()}"
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {kernel}"
    except (OSError, KeyError):
        return kernel


def _cpu() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        told = ""
    named = re.search(r"^model name\s*:\s*(.+)$", told, re.MULTILINE)
    return named[1].strip() if named else platform.processor() or platform.machine()


def _memory_bytes() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
