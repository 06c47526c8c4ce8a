"""The machine of a measurement: processor, memory, operating system, and versions of the libraries."""

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
    """The machine that figures depend on."""

    cpu: str  # name of the model
    cores: int  # usable by this process
    memory_bytes: int | None  # of the whole machine; None where the system does not report it
    load: float | None  # average of the last minute; None where the system does not report it
    system: str
    versions: Mapping[str, str]  # of Python and the installed libraries


def this_machine(libraries: Iterable[str], other_versions: Mapping[str, str]) -> Machine:
    """This machine, with the versions of Python, searchidx, the installed `libraries`, and `other_versions`."""
    versions = {"searchidx": __version__, "Python": platform.python_version(), **other_versions}
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
    """The distribution, where known, and the kernel."""
    kernel = f"{platform.system()} {platform.release()} {platform.machine()}"
    try:
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}, {kernel}"
    except (OSError, KeyError):
        return kernel


def _cpu() -> str:
    try:
        cpu_info = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        cpu_info = ""
    model = re.search(r"^model name\s*:\s*(.+)$", cpu_info, re.MULTILINE)
    return model[1].strip() if model else platform.processor() or platform.machine()


def _memory_bytes() -> int | None:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return None
