"""Is this folder an index, and which of its files count? `manifest.json` says so, and nothing is opened before it.

index/
  manifest.json   which engine and generation are live, and for which analyzer
  store.sqlite    the truth
  gen-0001/       the engine's files of that generation
  writer.lock     held while somebody writes
"""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

from searchidx.errors import IndexStateError
from searchidx.runtime.files import write_atomically

FORMAT_VERSION = 2

_OURS = frozenset(
    {"manifest.json", "store.sqlite", "store.sqlite-wal", "store.sqlite-shm", "writer.lock", "writer.json"}
)
_WELCOME = frozenset({"README.md", "README", "README.txt"})


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of an index that readers must agree with."""

    engine: str
    generation: int  # from 1
    analyzer: str  # fingerprint of the analysis that made the terms
    wanted: str = "auto"  # the engine that was asked for, or "auto": whichever fits the size
    format: int = FORMAT_VERSION


@dataclass(frozen=True, slots=True)
class Location:
    """The folder of an index and the names in it."""

    folder: Path

    @property
    def manifest(self) -> Path:
        """Says what the rest is."""
        return self.folder / "manifest.json"

    @property
    def store(self) -> Path:
        """The SQLite file."""
        return self.folder / "store.sqlite"

    @property
    def lock(self) -> Path:
        """The file that the writer holds."""
        return self.folder / "writer.lock"

    def generation(self, number: int) -> Path:
        """The folder of a generation of the engine."""
        return self.folder / f"gen-{number:04}"

    def generations(self) -> list[Path]:
        """The folders of all generations that are on disk."""
        return sorted(path for path in self.folder.glob("gen-[0-9]*") if path.is_dir())

    def strangers(self) -> list[str]:
        """Names in the folder that no index has: somebody keeps other things there."""
        if not self.folder.exists():
            return []
        names = [path.name for path in self.folder.iterdir() if not path.name.startswith((".", "gen-"))]
        return sorted(set(names) - _OURS - _WELCOME)


def location_of(text: str | Path) -> Location:
    """The location that a user named; IndexStateError for a URL, which this version does not know."""
    if "://" in str(text):
        remedy = "Give a folder, for example --index index/."
        raise IndexStateError(str(text), "a URL", "a local folder", remedy)
    return Location(Path(text).expanduser())


def read_manifest(location: Location) -> Manifest:
    """The manifest of an index; IndexStateError when there is none, or it is damaged or of another format."""
    path = location.manifest
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if location.store.exists():
            raise _damaged(location, "no manifest") from error
        remedy = f"Make one with: searchidx index --index {location.folder} FOLDER"
        raise IndexStateError(str(location.folder), "no index", "an index", remedy) from error
    except (OSError, ValueError) as error:
        raise _damaged(location, str(error)) from error
    if not isinstance(told, dict) or told.pop("checksum", None) != _checksum(told):
        raise _damaged(location, "a checksum that does not fit")
    if told.get("format") != FORMAT_VERSION:
        remedy = "Delete the index and index the folders again."
        raise IndexStateError(str(path), f"format {told.get('format')}", f"format {FORMAT_VERSION}", remedy)
    return Manifest(**told)


def write_manifest(location: Location, manifest: Manifest) -> None:
    """Make this the state of the index, at once and for good."""
    told = asdict(manifest)
    write_atomically(location.manifest, json.dumps(told | {"checksum": _checksum(told)}, indent=2) + "\n")


def _checksum(told: dict[str, object]) -> int:
    return zlib.crc32(json.dumps(told, sort_keys=True).encode("utf-8"))


def _damaged(location: Location, found: str) -> IndexStateError:
    remedy = f"Rebuild it from the store: searchidx check --repair --index {location.folder}"
    return IndexStateError(str(location.manifest), found, "a manifest", remedy)
