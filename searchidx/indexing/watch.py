"""Watching folders for changes, with the operating system's notifications and a look at each root.

The system reports changes below a folder, but not that another folder took its place, nor changes before the watch
began. Of a single file it follows the old one when an editor puts a new one in its place. So each root is also
looked at once a second, and all roots are compared once more after the watch has started.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from searchidx.corpus import READABLE_EXTENSIONS
from searchidx.errors import WatchError

_TICK_MS = 1000
_QUIET_MS = 200  # without a further change, until a burst of changes is considered complete
_MAX_BURST_MS = 3000  # changes that never pause are given in pieces
_POLL_MS = 1000

_Stamp = tuple[int, ...] | None
_Change = tuple[bool, str]  # (whether it was deleted, path)


def changed_roots(roots: Sequence[Path], *, poll: bool = False) -> Iterator[frozenset[Path]]:
    """First all roots (folders or single files, absolute); then, without end, those that changed.

    An empty set comes about once a second while nothing changes, so that a caller can do waiting work. A root that
    vanishes is given once then, and once when it comes back. `poll` looks at the files themselves, for network
    drives, whose changes the system does not report. WatchError when a folder cannot be watched.
    """
    yield frozenset(roots)
    stamps: Mapping[Path, _Stamp] = {}  # empty, so that changes before the watch began are found
    while True:
        watched = {root: _stamp(root) for root in roots if root.is_dir()}
        times_at_start: Mapping[Path, int] | None = {root: _changed_ns(root) for root in watched}
        for changes in _changes(list(watched), poll):
            now = {root: _stamp(root) for root in roots}
            changed = {root for root in roots if now[root] != stamps.get(root, ())}
            changed |= {root for root in watched if any(_matters(change, root) for change in changes)}
            yield frozenset(changed)
            stamps = now
            # A folder that is replaced just while the watch begins may be left unwatched, without an error.
            is_sure = times_at_start in (None, {root: _changed_ns(root) for root in watched})
            if not is_sure or _is_lost(watched, now, changes):
                break
            times_at_start = None
        # Changes between two watches are not reported, so a folder that exists counts as changed.
        stamps = {root: stamp for root, stamp in stamps.items() if not root.is_dir()}


def _stamp(root: Path) -> _Stamp:
    """A value that changes when the root is replaced, or a single file is written to; None when it is missing."""
    try:
        status = root.stat()
    except OSError:
        return None
    identity = (status.st_dev, status.st_ino)
    return identity if root.is_dir() else (*identity, status.st_size, status.st_mtime_ns)


def _changed_ns(folder: Path) -> int:
    """When a name in the folder, or the folder itself, changed last, in nanoseconds; 0 when it is missing."""
    try:
        return folder.stat().st_ctime_ns
    except OSError:
        return 0


def _is_lost(watched: Mapping[Path, _Stamp], now: Mapping[Path, _Stamp], changes: Sequence[_Change]) -> bool:
    """Whether other folders are watched than those that exist now. A new folder may have the old one's inode."""
    deleted = {path for is_deleted, path in changes if is_deleted}
    return watched != {root: now[root] for root in now if root.is_dir()} or any(
        str(root) in deleted for root in watched
    )


def _changes(folders: Sequence[Path], poll: bool) -> Iterator[Sequence[_Change]]:
    """The changes that the system reports of these folders, burst by burst; an empty burst each quiet second."""
    if not folders:
        while True:
            time.sleep(_TICK_MS / 1000)
            yield ()
    from watchfiles import Change, watch  # only watching needs it

    try:
        for burst in watch(
            *folders,
            watch_filter=None,
            debounce=_MAX_BURST_MS,
            step=_QUIET_MS,
            rust_timeout=_TICK_MS,
            yield_on_timeout=True,
            force_polling=poll or None,  # None: as the environment says, WATCHFILES_FORCE_POLLING
            poll_delay_ms=_POLL_MS,
            ignore_permission_denied=True,
        ):
            yield [(kind is Change.deleted, path) for kind, path in burst]
    except FileNotFoundError:
        time.sleep(_TICK_MS / 1000)
        yield ()  # a folder went while the watch began
    except (OSError, RuntimeError) as error:
        names = ", ".join(map(str, folders))
        raise WatchError(names, f"it cannot be followed ({error})") from error


def _matters(change: _Change, root: Path) -> bool:
    """Whether a change may be one of documents, not of temporary files of editors and browsers."""
    is_deleted, path = change
    try:
        parts = Path(path).relative_to(root).parts
    except ValueError:  # of another root
        return False
    if any(part.startswith(".") for part in parts):
        return False
    # A path that was deleted may have been a folder.
    return os.path.splitext(path)[1].lower() in READABLE_EXTENSIONS or is_deleted or os.path.isdir(path)
