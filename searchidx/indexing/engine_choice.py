"""Choosing the engine of an index by the size of its corpus."""

from __future__ import annotations

from dataclasses import dataclass

from searchidx.engines.registry import ENGINES, is_installed
from searchidx.errors import EngineMissingError
from searchidx.model.reports import Notice

AUTO = "auto"
"""Stands for the smallest engine that is fast enough for the corpus."""

CHOICES = (AUTO, *ENGINES)

SMALL, LARGE = "whoosh", "tantivy"

SMALL_UP_TO = 20_000
"""Paragraphs up to which Whoosh serves a corpus: about where the p99 of a page of paragraphs passes 50 ms.

It was 34 ms with 12,148 paragraphs of laws, 39 with 15,939, 70 with 25,375 and 97 with 36,528; of documents 20,
24, 37 and 61 (`searchidx bench --count 500`, two cores). With tantivy it is 17 and 12 ms with 962,077.
"""

BYTES_A_PARAGRAPH = 200
"""Bytes of source text, to estimate the size of a corpus before it is read: 195 in laws, 260 in news."""


def check_choice(wanted: str) -> None:
    """Raise EngineMissingError when `wanted` is neither an engine nor AUTO."""
    if wanted not in CHOICES:
        raise EngineMissingError(wanted, known=CHOICES)


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """The engine of an index, and what the user chose."""

    engine: str
    wanted: str  # an engine, or AUTO

    def size_notice(self, paragraphs: int) -> Notice | None:
        """The notice that the index is too large for its engine; None when it is not."""
        if self.wanted != AUTO or self.engine != SMALL or paragraphs <= SMALL_UP_TO:
            return None
        text = (
            f"{paragraphs:,} paragraphs are many for the engine {SMALL}; with another one installed, the next "
            "run makes searches fast again"
        )
        return Notice(text, package=LARGE)


def choose(wanted: str, paragraphs: int, current: str | None) -> EngineChoice:
    """The engine for an index of so many paragraphs.

    `current` is the engine that the index has. With AUTO an index never goes back to the smaller engine: that
    would cost a rebuild, and searches would not be faster.
    """
    if wanted != AUTO:
        return EngineChoice(wanted, wanted)
    is_large = current == LARGE or paragraphs > SMALL_UP_TO
    return EngineChoice(LARGE if is_large and is_installed(LARGE) else SMALL, AUTO)
