"""Which facts about the store need not be asked again and again? Those that hold until somebody commits to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from searchidx.store.connection import Connection

T = TypeVar("T")


class VersionedCache(Generic[T]):
    """What `ask` gave, until another connection commits; for readers, since a writer's own commits do not show."""

    def __init__(self, connection: Connection, ask: Callable[[], T]) -> None:
        self._connection = connection
        self._ask = ask
        self._known: tuple[int, T] | None = None

    def value(self) -> T:
        """The value for the newest state."""
        version = self._connection.version()
        known = self._known
        if known is None or known[0] != version:
            known = self._known = version, self._ask()
        return known[1]
