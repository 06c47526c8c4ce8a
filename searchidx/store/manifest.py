"""The manifest of an index, which is read before anything else is opened, and the names of the files.

index/
  manifest.json   the live engine and generation, and the analyzer and fields that they were built with
  store.sqlite    the source of truth
  gen-0001/       the engine's files of that generation
  writer.lock     held while a process writes
"""

from __future__ import annotations

import json
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

from searchidx.errors import IndexStateError, Remedy
from searchidx.runtime.files import write_atomically
from searchidx.schema import FACETS, KEYWORD_FIELDS, TEXT_FIELDS

FORMAT_VERSION = 4

_ENGINE_FIELDS = (*TEXT_FIELDS, *KEYWORD_FIELDS, *(f"facet:{name}" for name in FACETS))

_INDEX_FILES = frozenset(
    {"manifest.json", "store.sqlite", "store.sqlite-wal", "store.sqlite-shm", "writer.lock", "writer.json"}
)
_ALLOWED_FILES = frozenset({"README.md", "README", "README.txt"})


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a reader must know before it opens the store and the engine."""

    engine: str
    generation: int  # from 1
    analyzer: str  # fingerprint of the analysis that made the terms
    wanted: str = "auto"  # the engine that the user chose, or "auto": whichever fits the size
    format: int = FORMAT_VERSION
    fields: tuple[str, ...] = _ENGINE_FIELDS  # that the engine has; format 2 did not write them

    @property
    def is_current(self) -> bool:
        """Whether this version of searchidx reads such an index."""
        return self.format == FORMAT_VERSION and self.fields == _ENGINE_FIELDS


@dataclass(frozen=True, slots=True)
class Location:
    """The folder of an index, and the paths in it."""

    folder: Path

    @property
    def manifest(self) -> Path:
        """The manifest."""
        return self.folder / "manifest.json"

    @property
    def store(self) -> Path:
        """The SQLite file."""
        return self.folder / "store.sqlite"

    @property
    def lock(self) -> Path:
        """The lock file of the writer."""
        return self.folder / "writer.lock"

    def generation(self, number: int) -> Path:
        """The engine's folder of a generation."""
        return self.folder / f"gen-{number:04}"

    def generations(self) -> list[Path]:
        """The folders of all generations that are on disk."""
        return sorted(path for path in self.folder.glob("gen-[0-9]*") if path.is_dir())

    def foreign_files(self) -> list[str]:
        """Names in the folder that belong to no index, sorted; hidden files and a README are allowed."""
        if not self.folder.exists():
            return []
        names = [path.name for path in self.folder.iterdir() if not path.name.startswith((".", "gen-"))]
        return sorted(set(names) - _INDEX_FILES - _ALLOWED_FILES)


def location_of(text: str | Path) -> Location:
    """The location that a user gave; IndexStateError for a URL, since only folders are supported."""
    if "://" in str(text):
        raise IndexStateError(str(text), "a URL", "a local folder", Remedy.GIVE_LOCAL_FOLDER)
    return Location(Path(text).expanduser())


def read_manifest(location: Location) -> Manifest:
    """The manifest of an index that this version reads.

    Raises IndexStateError when there is no index, or the manifest is missing or damaged, or its format is newer or
    older; the remedy says which.
    """
    manifest = read_any_manifest(location)
    if not manifest.is_current:
        found, wanted = f"format {manifest.format}", f"format {FORMAT_VERSION}"
        if manifest.format == FORMAT_VERSION:
            found, wanted = f"the fields {', '.join(manifest.fields)}", f"the fields {', '.join(_ENGINE_FIELDS)}"
        remedy = Remedy.UPGRADE if manifest.format <= FORMAT_VERSION else Remedy.REINDEX
        raise IndexStateError(str(location.manifest), found, wanted, remedy)
    return manifest


def read_any_manifest(location: Location) -> Manifest:
    """The manifest of an index in any format; of another format only what this version knows is read.

    Raises IndexStateError when there is no index, or the manifest is missing or damaged.
    """
    try:
        values = json.loads(location.manifest.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        if location.store.exists():
            raise _damaged(location, "no manifest") from error
        raise IndexStateError(str(location.folder), "no index", "an index", Remedy.CREATE) from error
    except (OSError, ValueError) as error:
        raise _damaged(location, str(error)) from error
    if not isinstance(values, dict) or values.pop("checksum", None) != _checksum(values):
        raise _damaged(location, "a checksum that does not fit")
    try:
        return Manifest(
            engine=values["engine"],
            generation=values["generation"],
            analyzer=values["analyzer"],
            wanted=values.get("wanted", "auto"),
            format=values["format"],
            fields=tuple(values.get("fields", ())),
        )
    except KeyError as error:
        raise _damaged(location, f"no {error}") from error


def write_manifest(location: Location, manifest: Manifest) -> None:
    """Replace the manifest; when this returns, the new one survives a power cut."""
    values = asdict(manifest)
    text = json.dumps(values | {"checksum": _checksum(values)}, indent=2)
    write_atomically(location.manifest, text + "\n")


def _checksum(values: dict[str, object]) -> int:
    """CRC-32 of the values as JSON with sorted keys."""
    return zlib.crc32(json.dumps(values, sort_keys=True).encode("utf-8"))


def _damaged(location: Location, found: str) -> IndexStateError:
    return IndexStateError(str(location.manifest), found, "a manifest", Remedy.REBUILD)
